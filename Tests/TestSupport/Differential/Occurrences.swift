/// What the generated programs and their answers show, each thing counted among what it belongs to.
import PolicyRuntime

/// The table of a run: constructs by program, answers by kind of decision, errors by answer that is one.
public struct Occurrences: Sendable {
  /// Things that are counted among the same runs.
  public struct Section: Sendable {
    /// What the runs are.
    public let of: String
    /// The counts.
    public fileprivate(set) var counts: Frequencies
  }

  /// The sections in order.
  public private(set) var sections: [Section] = []
  private var places: [String: Int] = [:]

  /// No runs; what is awaited is shown even if it never occurs.
  public init(expecting awaited: [(of: String, names: [String])]) {
    for (of, names) in awaited {
      places[of] = sections.count
      sections.append(Section(of: of, counts: Frequencies(expecting: names)))
    }
  }

  /// Adds what occurred in one run of a section.
  mutating func add(_ found: Counters, of: String) {
    if let place = places[of] {
      sections[place].counts.add(found)
    } else {
      places[of] = sections.count
      var counts = Frequencies()
      counts.add(found)
      sections.append(Section(of: of, counts: counts))
    }
  }

  /// What occurred in less than one run of a hundred of its section.
  public var seldom: [String] {
    sections.flatMap { section in section.counts.seldom.map { "\($0), of \(section.of)" } }
  }

  /// The section of a name.
  public func counts(of name: String) -> Frequencies? { places[name].map { sections[$0].counts } }

  /// One table below the other.
  public var text: String {
    sections.map { section in
      "OF \(section.counts.runs) \(section.of)\n\(section.counts.text)\n"
    }.joined(separator: "\n")
  }
}

// MARK: What is counted where

extension Occurrences {
  static let programs = "programs"
  private static let states = "histories of a chain"
  private static let violations = "histories with a violation"
  private static let errors = "answers that are an error"
  private static let answers = "answers"

  private static func kind(_ kind: String) -> String { "answers of a \(kind)" }

  /// Errors that no checked program of this size can make.
  ///
  /// The checker proves that an absent value is never used and that rows of a `unique` table do not
  /// overlap; the most items that lists may hold is a limit of the machine, of which the reference knows
  /// nothing. All three have cases of their own in the corpus of expressions or of the machine's tests.
  static let unreachable: Set<Trap.Kind> = [.absentValue, .severalRows, .tooManyItems]

  /// The tables of a run of generated programs.
  static var generated: Occurrences {
    let answers: [(String, [String])] = [
      ("release", ["allow", "hold", "deny"]), ("approval", ["chain", "invalid", "needs"]),
      ("limit", ["within", "exceeded", "needs"]), ("grade", ["grade", "needs"]),
      ("check", ["valid", "invalid", "needs"]), ("value", ["value", "needs"]),
    ]
    let codes =
      Instruction.Operation.allCases.map { "straight: \($0)" }
      + CarefulInstruction.Operation.allCases.map { "careful: \($0)" }
    return Occurrences(
      expecting: [(Self.programs, codes)]
        + answers.map { (kind($0), $1 + ["not_applicable", "error"]) }
        + [
          (Self.answers, ["an unknown"]),
          (errors, Trap.Kind.allCases.filter { !unreachable.contains($0) }.map(\.code)),
          (states, ["open", "approved", "refused", "returned", "overdue", "escalated"]),
          (violations, Violation.Code.allCases.map(\.rawValue)),
        ])
  }

  /// Counts an answer of the reference.
  mutating func add(_ answer: ReferenceAnswer, kind: String) {
    var own = Counters()
    own.add(answer.outcome)
    if answer.cleared.contains(where: \.isUnknown) { own.add("cleared: an unknown") }
    if answer.cleared.contains(where: { $0.item != nil }) { own.add("cleared: an item") }
    if answer.cleared.contains(where: { $0.item == nil }) { own.add("cleared: a clause") }
    if answer.reasons.contains(where: { $0.item != nil }) { own.add("reason of an item") }
    if answer.reasons.contains(where: \.isUnknown) { own.add("reason that is unknown") }
    if answer.limit?.isWarning ?? false { own.add("warning") }
    if !answer.duties.isEmpty { own.add("duty") }
    if !answer.copies.isEmpty { own.add("copy") }
    add(own, of: Self.kind(kind))
    var any = Counters()
    if !answer.needs.isEmpty { any.add("an unknown") }
    add(any, of: Self.answers)
    if let trap = answer.trap, answer.outcome == "error" {
      var found = Counters()
      found.add(trap)
      add(found, of: Self.errors)
    }
    guard let state = answer.state else { return }
    var found = Counters()
    found.add(state.status)
    if state.returnedTo != nil { found.add("returned") }
    if state.next.contains(where: { $0.contains("overdue") }) { found.add("overdue") }
    if state.next.contains(where: { $0.contains("escalated") }) { found.add("escalated") }
    add(found, of: Self.states)
    guard !state.violations.isEmpty else { return }
    var codes = Counters()
    for violation in state.violations { codes.add(violation.code) }
    add(codes, of: Self.violations)
  }
}
