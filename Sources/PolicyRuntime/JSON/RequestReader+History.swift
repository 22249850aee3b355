/// Histories: the acts of approvals that come with a request.

extension RequestReader {
  static let actNames = [
    "decision", "step", "person", "post", "result", "on", "criteria", "delegate", "facts",
  ]
  private static let actTable = SymbolTable(actNames)
  static let resultNames = ActResult.allCases.map(\.rawValue)
  private static let resultTable = SymbolTable(resultNames)

  /// The criteria of an act as they stand: numbers from 1, or the texts themselves.
  private struct Criteria {
    var mask: UInt64 = 0
    var texts: [String] = []
    var isStrange = false
  }

  /// Reads the history of a request.
  mutating func history(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame
  ) throws(JSONFault) {
    frame.history.given = true
    frame.incomplete = true
    guard scanner.opens(body, empty: 0x5D) else { return }
    repeat {
      guard scanner.byte(body) == 0x7B else { throw mistype(body, detail: .act, depth: 2) }
      guard frame.history.acts.count < History.limit else {
        throw JSONFault(
          code: .badAct, offset: scanner.at, detail: EnvelopeForm.acts.rawValue)
      }
      frame.history.acts.append(try act(body, program, &frame))
    } while try !scanner.ends(body, with: 0x5D)
  }

  private mutating func act(
    _ body: Span<UInt8>, _ program: Program, _ frame: inout Frame
  ) throws(JSONFault) -> Act {
    let start = scanner.at
    var act = Act()
    var decision = JSONScanner.Piece(start: 0, end: 0, escaped: false)
    var step = decision
    var criteria: Criteria?
    var seen: UInt16 = 0
    var factsAt = -1
    if scanner.opens(body, empty: 0x7D) {
      repeat {
        switch try member(of: .act, Self.actTable, body, &seen) {
        case 0: decision = try plain(body)
        case 1: step = try plain(body)
        case 2: act.person = try word(body, program, &frame)
        case 3: act.post = Int32(Self.post(body, program, try plain(body)))
        case 4: act.result = try result(body)
        case 5: act.on = try date(body)
        case 6: criteria = try self.criteria(body)
        case 7: act.isDelegate = try flag(body)
        default:
          guard scanner.byte(body) == 0x7B else {
            throw mistype(body, detail: .facts, depth: 3)
          }
          factsAt = scanner.at
          try scanner.skip(body, depth: 3)
        }
      } while try !scanner.ends(body, with: 0x7D)
    }
    let name = Self.string(body, step)
    // decision, step, person, result and on must be there; the post too, but of the requester.
    let needed: UInt16 = name == "requester" ? 0b11_0111 : 0b11_1111
    guard seen & needed == needed else {
      throw JSONFault(code: .badAct, offset: start, detail: EnvelopeForm.act.rawValue)
    }
    guard let plan = Self.plan(named: Self.string(body, decision), program) else { return act }
    act.plan = Int32(plan)
    if name == "requester" {
      act.step = Act.requester
    } else if let clause = program.plans[plan].clauses.first(where: {
      program.clauses[$0].role == .step && program.clauses[$0].code == name
    }) {
      act.step = Int32(clause)
      if let criteria { Self.settle(criteria, program.clauses[clause].criteria, &act) }
    }
    if factsAt >= 0 {
      let end = scanner.at
      scanner.at = factsAt
      act.facts = try clearedFacts(body, program, &frame, program.plans[plan].facts)
      scanner.at = end
    }
    return act
  }

  /// The plan of a decision, by its full or its short name; nil when this program does not hold it.
  static func plan(named name: String, _ program: Program) -> Int? {
    let own = program.plans.count - 1
    guard own >= 0 else { return nil }
    return program.plans.indices.first { program.plans[$0].name == name }
      ?? (program.plans[own].shortName == name ? own : nil)
      ?? program.plans.indices.first { program.plans[$0].shortName == name }
  }

  /// Finds the criteria of an act among those of its step.
  private static func settle(_ criteria: Criteria, _ known: [String], _ act: inout Act) {
    var mask = criteria.mask
    act.strangeCriterion = criteria.isStrange
    for text in criteria.texts {
      if let place = known.firstIndex(of: text), place < 64 {
        mask |= 1 << UInt64(place)
      } else {
        act.strangeCriterion = true
      }
    }
    act.criteria = mask
  }

  private mutating func flag(_ body: Span<UInt8>) throws(JSONFault) -> Bool {
    switch scanner.byte(body) {
    case 0x74:
      try scanner.literal(body, "true")
      return true
    case 0x66:
      try scanner.literal(body, "false")
      return false
    default: throw mistype(body, detail: .flag, depth: 3)
    }
  }

  private mutating func result(_ body: Span<UInt8>) throws(JSONFault) -> ActResult {
    let piece = try plain(body)
    let number = Self.resultTable.find(body, piece.start, piece.end)
    guard number >= 0 else {
      throw JSONFault(
        code: .badAct, offset: piece.start - 1, end: piece.end + 1,
        detail: EnvelopeForm.result.rawValue)
    }
    return ActResult.allCases[number]
  }

  /// `[1, 2]`, or the texts of the criteria.
  private mutating func criteria(_ body: Span<UInt8>) throws(JSONFault) -> Criteria {
    var criteria = Criteria()
    guard scanner.byte(body) == 0x5B else { throw mistype(body, detail: .list, depth: 3) }
    guard scanner.opens(body, empty: 0x5D) else { return criteria }
    repeat {
      let start = scanner.at
      if scanner.byte(body) == 0x22 {
        criteria.texts.append(Self.string(body, try scanner.string(body)))
        continue
      }
      var at = start
      guard (0x31...0x39).contains(scanner.byte(body)), let value = try? Decimal.scan(body, &at),
        value.units % Decimal.one == 0
      else {
        throw mistype(body, detail: .criterion, depth: 4)
      }
      scanner.at = at
      let number = value.units / Decimal.one
      if number <= 64 {
        criteria.mask |= 1 << UInt64(number - 1)
      } else {
        criteria.isStrange = true
      }
    } while try !scanner.ends(body, with: 0x5D)
    return criteria
  }
}
