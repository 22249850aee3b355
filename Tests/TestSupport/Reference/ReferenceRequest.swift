/// A request of the reference, and how its facts become values with the paths of what is missing.
public import PolicyRuntime

/// A JSON-like tree; numbers stay text, so that nothing is lost.
public indirect enum RequestValue: Sendable, Equatable {
  case object([(name: String, value: RequestValue)])
  case array([RequestValue])
  case text(String)
  /// As it stands in the JSON text.
  case number(String)
  case bool(Bool)
  case null

  /// The member of an object, nil when there is none.
  public subscript(name: String) -> RequestValue? {
    if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil }
  }

  /// Equal member by member, in the same order.
  public static func == (a: RequestValue, b: RequestValue) -> Bool {
    switch (a, b) {
    case (.object(let x), .object(let y)):
      x.count == y.count && zip(x, y).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    case (.array(let x), .array(let y)): x == y
    case (.text(let x), .text(let y)), (.number(let x), .number(let y)): x == y
    case (.bool(let x), .bool(let y)): x == y
    case (.null, .null): true
    default: false
    }
  }
}

/// That somebody has cleared a reason.
public struct ReferenceClearance: Sendable {
  /// `policy.decision`.
  public var decision: String
  /// The code of the clause.
  public var code: String
  /// The item of a `for each` clause, from 1.
  public var item: Int?
  /// The post that cleared it.
  public var by: String
  /// Who it was.
  public var person: String
  /// The day on which it was cleared.
  public var on: Day
  /// Up to which amount: text (`5000 CNY`) or a number.
  public var amount: RequestValue?
  /// The facts for which it was given, by path; nil when it does not say.
  public var facts: [(name: String, value: RequestValue)]?

  /// Makes a clearance.
  public init(
    decision: String, code: String, item: Int?, by: String, person: String, on: Day,
    amount: RequestValue?
  ) {
    self.decision = decision
    self.code = code
    self.item = item
    self.by = by
    self.person = person
    self.on = on
    self.amount = amount
  }
}

/// An act of a history.
public struct ReferenceAct: Sendable {
  /// `policy.decision`.
  public var decision: String
  /// The step, or `requester`.
  public var step: String
  /// Who it was.
  public var person: String
  /// As which post; nil for the requester.
  public var post: String?
  /// Whether the person stood in for the post.
  public var isDelegate = false
  /// What was done, such as `passes`.
  public var result: String
  /// The day.
  public var on: Day
  /// The criteria found met, from 1.
  public var criteria: [Int]?
  /// The facts for which it was given, by path; nil when it does not say.
  public var facts: [(name: String, value: RequestValue)]?

  /// Makes an act.
  public init(
    decision: String, step: String, person: String, post: String?, result: String, on: Day,
    criteria: [Int]? = nil
  ) {
    self.decision = decision
    self.step = step
    self.person = person
    self.post = post
    self.result = result
    self.on = on
    self.criteria = criteria
  }
}

/// One request.
public struct ReferenceRequest: Sendable {
  /// The facts by the name of the input.
  public var inputs: [String: RequestValue]
  /// Paths that the request declares to be unknown, such as `order.lines[2].stock`.
  public var unknown: [String]
  /// What has been cleared.
  public var clearances: [ReferenceClearance]
  /// The acts so far; nil when the request brings no history.
  public var history: [ReferenceAct]?
  /// The day whose parameters count.
  public var asOf: Day
  /// The day whose clearances count.
  public var today: Day

  /// Makes a request.
  public init(
    inputs: [String: RequestValue], unknown: [String] = [],
    clearances: [ReferenceClearance] = [], history: [ReferenceAct]? = nil, asOf: Day, today: Day
  ) {
    self.inputs = inputs
    self.unknown = unknown
    self.clearances = clearances
    self.history = history
    self.asOf = asOf
    self.today = today
  }
}

/// A fact that has not the form that its type demands: the request is refused.
struct MalformedFact: Error {
  let path: String
}

/// Reads facts; `currency` is what a bare amount counts in.
struct ReferenceReader {
  let types: TypeTable
  let unknown: Set<String>
  let currency: String?

  /// The value of a field or input; nil is "left out".
  func read(_ given: RequestValue?, _ field: RecordType.Field, _ path: String)
    throws -> ReferenceValue
  {
    if unknown.contains(path) { return Self.unknown(field.type, path, types) }
    if field.type.isOptional, given == nil || given == .null { return .absent }
    guard let given else { return missing(field.type, path) }
    let value = try read(given, field.type.unwrapped, path)
    for constraint in field.constraints where !Self.holds(constraint, value) {
      throw MalformedFact(path: path)
    }
    return value
  }

  /// A field that was left out: a record is unknown leaf by leaf.
  private func missing(_ type: ValueType, _ path: String) -> ReferenceValue {
    Self.unknown(type, path, types)
  }

  static func unknown(_ type: ValueType, _ path: String, _ types: TypeTable) -> ReferenceValue {
    guard case .record(let id) = type else { return .unknown([path]) }
    return .record(types[id].fields.map { unknown($0.type, "\(path).\($0.name)", types) })
  }

  private func read(_ given: RequestValue, _ type: ValueType, _ path: String)
    throws -> ReferenceValue
  {
    let malformed = MalformedFact(path: path)
    switch (type, given) {
    case (.record(let id), .object(let members)):
      let fields = types[id].fields
      for member in members where !fields.contains(where: { $0.name == member.name }) {
        throw MalformedFact(path: "\(path).\(member.name)")
      }
      return .record(try fields.map { try read(given[$0.name], $0, "\(path).\($0.name)") })
    case (.list(let item), .array(let items)):
      return .list(
        try items.enumerated().map { index, value in
          let element = RecordType.Field(name: "", label: "", type: item, constraints: [])
          return try read(value, element, "\(path)[\(index + 1)]")
        })
    case (.bool, .bool(let value)): return .bool(value)
    case (.text, .text(let value)): return .text(value)
    case (.person, .text(let value)): return .person(value)
    case (.number, .number(let text)), (.number, .text(let text)):
      return .number(try BigDecimal(text: text) ?? { throw malformed }())
    case (.percent, .text(let text)):
      guard text.last == "%", let value = BigDecimal(text: String(text.dropLast())),
        let fraction = value.divided(by: BigDecimal(100)),
        fraction.times(BigDecimal(100)) == value
      else { throw malformed }
      return .number(fraction)
    case (.money, .text(let text)), (.money, .number(let text)):
      return try Self.money(text, currency) ?? { throw malformed }()
    case (.date, .text(let text)):
      return .date(try ReferenceDate(text: text) ?? { throw malformed }())
    case (.month, .text(let text)):
      return .month(try ReferenceMonth(text: text) ?? { throw malformed }())
    case (.time, .text(let text)):
      return .time(try ReferenceTime(text: text) ?? { throw malformed }())
    case (.post, .text(let name)):
      guard let index = types.posts.firstIndex(where: { $0.name == name }) else { throw malformed }
      return .post(index)
    case (.enumeration(let id), .text(let name)):
      guard let index = types[id].members.firstIndex(where: { $0.name == name }) else {
        throw malformed
      }
      return .member(index)
    default: throw malformed
    }
  }

  /// `12000.50 CNY`, or an amount in the policy's currency; without one only a currency in the text will do.
  static func money(_ text: String, _ currency: String?) -> ReferenceValue? {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard let amount = BigDecimal(text: String(words[0])), words.count <= 2 else { return nil }
    if words.count == 1 { return currency.map { .money(amount, $0) } }
    let isCode = words[1].utf8.count == 3 && words[1].utf8.allSatisfy { (0x41...0x5A).contains($0) }
    return isCode ? .money(amount, String(words[1])) : nil
  }

  private static func sign<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : a == b ? 0 : 1 }

  private static func holds(_ constraint: Constraint, _ value: ReferenceValue) -> Bool {
    func order(_ bound: Int128) -> Int? {
      switch value {
      case .number(let x), .money(let x, _):
        let limit = BigDecimal(literal: Decimal(units: bound))
        return x < limit ? -1 : x == limit ? 0 : 1
      case .date(let x):
        let limit = ReferenceDate(literal: Day(number: Int(bound)))
        return x < limit ? -1 : x == limit ? 0 : 1
      case .month(let x):
        return Self.sign(x, ReferenceMonth(literal: Month(number: Int(bound))))
      case .time(let x):
        return Self.sign(x, ReferenceTime(literal: TimeOfDay(minutes: Int(bound))))
      default: return nil
      }
    }
    switch constraint {
    case .lower(let bound, let inclusive):
      return order(bound).map { $0 > (inclusive ? -1 : 0) } ?? true
    case .upper(let bound, let inclusive):
      return order(bound).map { $0 < (inclusive ? 1 : 0) } ?? true
    case .items(let count):
      guard case .list(let items) = value else { return true }
      return items.count <= count
    case .pattern(let pattern):
      guard case .text(let text) = value else { return true }
      return ReferencePattern(pattern).matches(text)
    }
  }
}
