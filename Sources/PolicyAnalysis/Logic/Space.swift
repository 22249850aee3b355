/// The facts that conditions speak of: what each may be, what it stands for, and what always holds between them.
internal import PolicyRuntime
internal import PolicySource

/// A fact: a value of a request, the day, or a result that the analysis carries as a whole.
struct Fact {
  /// What its numbers mean.
  enum Scale: Hashable {
    case truth, number, percent, date, month, time
    /// In a currency; nil when the policy has none.
    case money(String?)
    /// Codes of names: the members of an enumeration, posts, texts, persons.
    case names(Family)

    /// Whether one value is more than another.
    var isMeasured: Bool {
      switch self {
      case .truth, .names: false
      case .number, .percent, .date, .month, .time, .money: true
      }
    }
  }

  /// Which names a code stands for.
  enum Family: Hashable {
    case enumeration(String), posts, texts, persons
  }

  /// What it is of.
  enum Role: Hashable {
    /// A value of the request by its path, as `order.lines[1].stock`.
    case input(String)
    /// Whether the value of a path is left out although it must be known, or absent although it may be.
    case unknown(String), absent(String)
    /// How many items a list has.
    case count(String)
    case asOf, today
    /// Whether the request brings a history.
    case history
    /// Whether a reason has been cleared, and whether an approval has been approved.
    case cleared(String), approved(String), refused(String)
    /// A result that is not made of facts by addition alone.
    case result(String)
  }

  let role: Role
  let scale: Scale
  var domain: Stretches
  /// What people call it.
  let label: String
  /// What a text must look like.
  var pattern: TextPattern?
}

/// A result that is carried as a whole: how it follows from the facts, for a witness.
struct Definition {
  /// Where it stands.
  let range: SourceRange
  /// Whether lists are cut to a number of items, so that a proof cannot rest on it.
  let isOfList: Bool
  /// The facts that it is made of, when it is a function of them.
  let arguments: [Linear]
  /// The result for values of the arguments; nil when there is none.
  let value: ([Int128]) -> Int128?
  /// The result as a term of the other argument when one, by its place, has a value; for products and quotients.
  var slice: ((Int, Int128) -> Linear?)?
  /// Values of the only open argument that give a result, or may.
  var wishes: ((Int128) -> [Int128])?
  /// What else holds when lists have at most so many items.
  let axioms: (Int) -> [Formula]
}

/// All facts of an analysis.
final class Space {
  private(set) var facts: [Fact] = []
  private var known: [Fact.Role: FactID] = [:]
  private var codes: [Fact.Family: [String: Int128]] = [:]
  private var names: [Fact.Family: [Int128: String]] = [:]
  private var axiomsByFact: [FactID: [Formula]] = [:]
  private(set) var definitions: [FactID: Definition] = [:]
  /// Facts that rise with one other: `5% of the amount`, `the end of the month of a day`.
  private(set) var rising: [FactID: (of: FactID, value: (Int128) -> Int128)] = [:]

  /// Texts that no policy names have codes from here.
  static let otherNames: Int128 = 1_000_000
  /// Texts of blanks alone, beside the empty one.
  static let blank: Int128 = -1
  /// Amounts and numbers are looked at up to 10²⁰.
  static let greatest: Int128 = 10_000_000_000_000_000_000_000_000_000

  subscript(fact: FactID) -> Fact { facts[fact.index] }

  func domain(of fact: FactID) -> Stretches { facts[fact.index].domain }

  /// The fact of a role; a second declaration leaves what both allow.
  func fact(
    _ role: Fact.Role, _ scale: Fact.Scale, _ domain: Stretches, label: String,
    pattern: TextPattern? = nil
  ) -> FactID {
    if let id = known[role] {
      facts[id.index].domain = facts[id.index].domain.intersection(domain)
      return id
    }
    let id = FactID(index: facts.count)
    facts.append(
      Fact(role: role, scale: scale, domain: domain, label: label, pattern: pattern))
    known[role] = id
    return id
  }

  /// The fact of a role that has been declared.
  func existing(_ role: Fact.Role) -> FactID? { known[role] }

  // MARK: Names

  /// The code of a name.
  func code(_ name: String, in family: Fact.Family) -> Int128 {
    if let code = codes[family]?[name] { return code }
    let code = Int128(codes[family]?.count ?? 0)
    codes[family, default: [:]][name] = code
    names[family, default: [:]][code] = name
    return code
  }

  /// The name of a code; nil for a text that no policy names.
  func name(_ code: Int128, in family: Fact.Family) -> String? {
    if code == Self.blank, family == .texts { return " " }
    return names[family]?[code]
  }

  /// The codes that have names.
  func named(_ family: Fact.Family) -> [Int128] { (names[family] ?? [:]).keys.sorted() }

  // MARK: What always holds

  /// Something that holds of facts, whatever is asked.
  func add(axiom: Formula, _ formulas: Formulas) {
    if axiom == .yes { return }
    for fact in formulas.facts(of: axiom) { axiomsByFact[fact, default: []].append(axiom) }
  }

  func define(_ fact: FactID, _ definition: Definition) {
    if definitions[fact] == nil { definitions[fact] = definition }
  }

  func setRising(_ fact: FactID, with other: FactID, _ value: @escaping (Int128) -> Int128) {
    rising[fact] = (other, value)
  }

  /// What holds of the facts that formulas ask about, and of those that this brings in.
  func axioms(for goals: [Formula], _ formulas: Formulas) -> [Formula] {
    var result: [Formula] = []
    var taken: Set<Formula> = []
    var seen: Set<FactID> = []
    var open = Array(Set(goals.flatMap { formulas.facts(of: $0) }))
    while let fact = open.popLast() {
      guard seen.insert(fact).inserted else { continue }
      for axiom in axiomsByFact[fact] ?? [] where taken.insert(axiom).inserted {
        result.append(axiom)
        open += formulas.facts(of: axiom)
      }
    }
    // The same order each time: a search goes by it.
    return result.sorted { $0.code < $1.code }
  }

  // MARK: Values to show

  /// The value of a set that a person would write: few digits, a near day, a name that is known.
  func plainest(_ fact: FactID, _ set: Stretches) -> Int128 {
    guard let ends = set.ends else { return 0 }
    switch facts[fact.index].scale {
    case .truth, .time: return set.contains(0) ? 0 : ends.low
    case .month: return Self.nearest(set, to: 2026 * 12 + 10)
    case .number, .percent, .money:
      let wish: Int128 = facts[fact.index].scale == .percent ? 0 : 100 * Decimal.one
      return Self.roundest(set, near: wish)
    case .date:
      let day = Int128(Day(year: 2026, month: 11, day: 20)?.number ?? 20_000)
      return Self.nearest(set, to: day)
    case .names(let family):
      if case .enumeration = family { return ends.low }
      if family == .posts { return ends.low }
      let other = Self.otherNames + Int128(fact.index)
      return set.contains(other) ? other : Self.nearest(set, to: other)
    }
  }

  private static func nearest(_ set: Stretches, to wish: Int128) -> Int128 {
    let ends = set.parts.map { min(max(wish, $0.low), $0.high) }
    return ends.min { abs($0 - wish) < abs($1 - wish) } ?? wish
  }

  /// Of the stretch nearest to a wish, the number that ends in the most zeros, of those the nearest.
  private static func roundest(_ set: Stretches, near wish: Int128) -> Int128 {
    let value = nearest(set, to: wish)
    if value == wish { return wish }
    guard let part = set.parts.first(where: { $0.low <= value && value <= $0.high }) else {
      return value
    }
    if part.low <= 0, part.high >= 0, wish == 0 { return 0 }
    // As far as twice the distance: 50,000.00000001 up to 80,000 gives 60,000.
    let reach = max(abs(value), Decimal.one)
    let low = value == part.low ? value : max(part.low, value - reach)
    let high = value == part.low ? min(part.high, value + reach) : value
    var best = value
    var step: Int128 = 1
    while step <= Decimal.bound / 1_000 {
      let multiple =
        value == part.low
        ? Fraction(low, over: step)?.ceiling ?? 0 : Fraction(high, over: step)?.floor ?? 0
      let candidate = multiple * step
      guard low <= candidate, candidate <= high else { break }
      best = candidate
      step *= 10
    }
    return best
  }
}
