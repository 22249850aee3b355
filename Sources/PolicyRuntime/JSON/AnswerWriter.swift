/// Writes the answer of a decision as JSON: the envelope that every kind shares.
///
/// Amounts, numbers and percentages are strings in canonical form, so that no client rounds them.
public import PolicySource

/// Writes one answer; the bytes go straight to the output.
public struct AnswerWriter: ~Copyable {
  var out = Output()
  /// Whether texts are escaped for JSON; they are not where people read them.
  var escapes = true
  let explains: Bool
  /// The language of the words that are not the policy's.
  let language: Language

  init(explains: Bool, language: Language = .english) {
    self.explains = explains
    self.language = language
  }

  /// Appends the answer that a run has left in the frame; not for an answer that is an error.
  ///
  /// - Parameters:
  ///   - seal: the day and the digest of the policy set.
  ///   - requestID: plain ASCII; empty when there is none.
  ///   - decisionID: plain ASCII.
  ///   - language: of the words that are not the policy's; codes are the same in all.
  public static func write(
    _ program: Program, _ frame: inout Frame, body: Span<UInt8>, options: RequestOptions,
    seal: inout AnswerSeal, requestID: Span<UInt8>, decisionID: Span<UInt8>,
    language: Language = .english, into out: inout [UInt8]
  ) {
    var writer = AnswerWriter(explains: options.explain != .none, language: language)
    writer.out.exchange(&out)
    writer.answer(program, &frame, body)
    seal.date(frame.asOf)
    writer.out.append(seal.bytes.span)
    writer.escape(requestID)
    writer.put(program.pieces.decisionID, program)
    writer.out.append(decisionID)
    writer.out.append(0x22)
    if options.explain == .trace { writer.trace(program, &frame, body) }
    writer.out.append(0x7D)
    writer.out.exchange(&out)
  }

  /// All up to the day, whose member is begun.
  private mutating func answer(
    _ program: Program, _ frame: inout Frame, _ body: Span<UInt8>
  ) {
    put(program.pieces.opening(of: frame.found.answer.outcome, frame.found.answer.status), program)
    if frame.found.answer.outcome != .notApplicable {
      switch program.plans[program.plans.count - 1].kind {
      case .release: release(program, &frame, body)
      case .approval: approval(program, &frame, body)
      case .limit: limit(program, &frame, body)
      case .grade: grade(program, &frame, body)
      case .check: reasons(program, &frame, body)
      case .value: figure(program, &frame, body)
      }
    } else if explains {
      scopes(program, &frame, body)
    }
    guard frame.found.answer.need >= 0 || tells(program, frame) else {
      return put(program.pieces.quiet, program)
    }
    needs(program, frame)
    duties(program, &frame, body)
    copies(program, &frame, body)
    put(",\"asOf\":\"")
  }

  /// Whether a duty or copy may have to be listed.
  private func tells(_ program: Program, _ frame: borrowing Frame) -> Bool {
    for index in frame.found.answer.entries {
      let role = program.clauses[Int(frame.found.entries[index].clause)].role
      if role == .duty || role == .copy { return true }
    }
    return false
  }

  private mutating func needs(_ program: Program, _ frame: borrowing Frame) {
    put(",\"needs\":[")
    if frame.found.answer.need >= 0 {
      var first = true
      for path in frame.paths(of: frame.found.answer.need, program) {
        separate(&first)
        string(path)
      }
    }
    put("]")
  }

  /// Loads the item of an entry of `for each` into the slots that its texts read; an entry without an
  /// item stands for a list that is not known, and then nothing of an earlier item may show.
  func load(_ program: Program, _ frame: inout Frame, _ entry: Entry) {
    let loop = program.clauses[Int(entry.clause)].loop
    guard loop >= 0 else { return }
    if entry.item >= 0 {
      Machine.load(program, &frame, loop: loop, item: Int(entry.item))
    } else {
      Machine.forgetItem(program, &frame, loop: loop)
    }
  }
}

extension Frame {
  /// Whether an entry is a duty that belongs to the outcome of the answer.
  func lists(duty entry: Entry, _ program: Program) -> Bool {
    guard entry.state == .holds || entry.state == .unknown else { return false }
    let number = Int(entry.clause)
    return program.clauses[number].role == .duty
      && program.clauses[number].outcomes & answer.status.rawValue != 0
  }

  /// The facts that a need names, as sorted paths: `order.lines[2].stock`.
  public func paths(of need: Int, _ program: Program) -> [String] {
    var found: Set<String> = []
    var open = [need]
    var seen: Set<Int> = []
    while let index = open.popLast() {
      guard index >= 0, index < needs.count, seen.insert(index).inserted else { continue }
      let need = needs[index]
      if need.node == Need.history {
        found.insert("history")
      } else if need.node >= 0 {
        found.insert(path(of: index, program))
      } else {
        open.append(Int(need.left))
        open.append(Int(need.right))
      }
    }
    return found.sorted { Self.precedes($0, $1) }
  }

  /// By bytes, with numbers of items by size: `lines[2]` before `lines[10]`.
  private static func precedes(_ a: String, _ b: String) -> Bool {
    let left = a.split(separator: "[", omittingEmptySubsequences: false)
    let right = b.split(separator: "[", omittingEmptySubsequences: false)
    for (x, y) in zip(left, right) where x != y {
      let (m, n) = (x.prefix { $0 != "]" }, y.prefix { $0 != "]" })
      if let m = Int(m), let n = Int(n), m != n { return m < n }
      return x.utf8.lexicographicallyPrecedes(y.utf8)
    }
    return left.count < right.count
  }

  private func path(of index: Int, _ program: Program) -> String {
    let need = needs[index]
    let whole = program.schema.path(of: Int(need.node))
    guard need.left >= 0, Int(need.left) < needs.count else { return whole }
    let list = program.schema.path(of: Int(needs[Int(need.left)].node))
    return path(of: Int(need.left), program) + "[\(need.right + 1)]"
      + whole.dropFirst(list.utf8.count)
  }

  /// The name of a currency by its number.
  func currencyName(_ number: Int, _ program: Program) -> String {
    let known = max(program.schema.currencies.count, 1)
    if number >= known && number - known < foreignCurrencies.count {
      return foreignCurrencies[number - known]
    }
    let index = number == 0 ? 1 : number
    return index < program.schema.currencies.count ? program.schema.currencies[index] : ""
  }

  /// The name of the currency of a slot.
  func currency(of slot: Int, _ program: Program) -> String {
    currencyName(currencies.isEmpty || slot < 0 ? 1 : Int(currencies[slot]), program)
  }
}
