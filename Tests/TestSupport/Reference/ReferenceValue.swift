/// Values of the reference: known, absent, unknown or an error, and how operators treat the last three.
import PolicyRuntime

/// The paths of facts that must be given before an answer can be known.
typealias Needs = Set<String>

/// What an expression can give.
indirect enum ReferenceValue: Equatable {
  case bool(Bool)
  /// Number and Percent.
  case number(BigDecimal)
  /// The currency is nil for a bare `0`, which fits every currency.
  case money(BigDecimal, String?)
  case text(String)
  case date(ReferenceDate)
  case month(ReferenceMonth)
  case time(ReferenceTime)
  /// The index of a post.
  case post(Int)
  case person(String)
  /// The index of a member of an enumeration.
  case member(Int)
  /// The fields in order.
  case record([ReferenceValue])
  case list([ReferenceValue])
  /// A `T?` that was not given.
  case absent
  /// Not given: the paths that would help.
  case unknown(Needs)
  /// The name of the trap.
  case error(String)

  /// An error as an operand: the value of an absent `T?` cannot be used.
  var used: ReferenceValue { self == .absent ? .error("absent_value") : self }

  var isError: Bool { if case .error = self { true } else { false } }
  var isUnknown: Bool { if case .unknown = self { true } else { false } }
  var needs: Needs { if case .unknown(let needs) = self { needs } else { [] } }

  init(_ constant: Constant) {
    switch constant {
    case .bool(let value): self = .bool(value)
    case .number(let value), .percent(let value): self = .number(BigDecimal(literal: value))
    case .money(let value, let currency): self = .money(BigDecimal(literal: value), currency)
    case .text(let value): self = .text(value)
    case .date(let value): self = .date(ReferenceDate(literal: value))
    case .month(let value): self = .month(ReferenceMonth(literal: value))
    case .time(let value): self = .time(ReferenceTime(literal: value))
    case .post(let value): self = .post(value)
    case .person(let value): self = .person(value)
    case .member(_, let value): self = .member(value)
    }
  }
}

extension ReferenceValue {
  /// What an operator says of known operands.
  ///
  /// The first error wins over everything; else one unknown makes the result unknown, with all that the
  /// operands need.
  static func strict(
    _ operands: [ReferenceValue], _ operation: ([ReferenceValue]) -> ReferenceValue
  ) -> ReferenceValue {
    let operands = operands.map(\.used)
    if let error = operands.first(where: \.isError) { return error }
    if operands.contains(where: \.isUnknown) {
      return .unknown(operands.reduce(into: []) { $0.formUnion($1.needs) })
    }
    return operation(operands)
  }

  /// False wins over everything, then errors (the first), then unknown.
  static func and(_ a: ReferenceValue, _ b: ReferenceValue) -> ReferenceValue {
    if a == .bool(false) || b == .bool(false) { return .bool(false) }
    return strict([a, b]) { _ in .bool(true) }
  }

  /// True wins over everything, then errors (the first), then unknown.
  static func or(_ a: ReferenceValue, _ b: ReferenceValue) -> ReferenceValue {
    not(and(not(a), not(b)))
  }

  static func not(_ a: ReferenceValue) -> ReferenceValue {
    strict([a]) { $0[0] == .bool(true) ? .bool(false) : .bool(true) }
  }
}

extension ReferenceValue {
  /// Less, equal or greater of two known values of one type; errors for two currencies.
  static func order(
    _ a: ReferenceValue, _ b: ReferenceValue, _ holds: (Int) -> Bool
  ) -> ReferenceValue {
    strict([a, b]) { operands in
      switch (operands[0], operands[1]) {
      case (.money(let x, let first), .money(let y, let second)):
        if let first, let second, first != second { return .error("two_currencies") }
        return .bool(holds(sign(x, y)))
      case (.number(let x), .number(let y)): return .bool(holds(sign(x, y)))
      case (.date(let x), .date(let y)): return .bool(holds(sign(x, y)))
      case (.month(let x), .month(let y)): return .bool(holds(sign(x, y)))
      case (.time(let x), .time(let y)): return .bool(holds(sign(x, y)))
      case (.member(let x), .member(let y)), (.post(let x), .post(let y)):
        return .bool(holds(sign(x, y)))
      case (.text(let x), .text(let y)), (.person(let x), .person(let y)):
        // Texts are equal only when they are the same scalars.
        return .bool(holds(Array(x.utf8) == Array(y.utf8) ? 0 : 1))
      case (.bool(let x), .bool(let y)): return .bool(holds(x == y ? 0 : 1))
      default: return .error("incomparable")
      }
    }
  }

  static func equal(_ a: ReferenceValue, _ b: ReferenceValue) -> ReferenceValue {
    order(a, b) { $0 == 0 }
  }

  private static func sign<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : a == b ? 0 : 1 }
}

extension ReferenceValue {
  static func add(_ a: ReferenceValue, _ b: ReferenceValue) -> ReferenceValue {
    arithmetic(a, b) { $0.plus($1) }
  }

  static func subtract(_ a: ReferenceValue, _ b: ReferenceValue) -> ReferenceValue {
    arithmetic(a, b) { $0.minus($1) }
  }

  private static func arithmetic(
    _ a: ReferenceValue, _ b: ReferenceValue, _ operation: (BigDecimal, BigDecimal) -> BigDecimal?
  ) -> ReferenceValue {
    strict([a, b]) { operands in
      switch (operands[0], operands[1]) {
      case (.money(let x, let first), .money(let y, let second)):
        if let first, let second, first != second { return .error("two_currencies") }
        return money(operation(x, y), first ?? second)
      case (.number(let x), .number(let y)): return number(operation(x, y))
      default: return .error("not_a_number")
      }
    }
  }

  static func multiply(_ a: ReferenceValue, _ b: ReferenceValue) -> ReferenceValue {
    strict([a, b]) { operands in
      switch (operands[0], operands[1]) {
      case (.money(let x, let currency), .number(let y)),
        (.number(let y), .money(let x, let currency)):
        return money(x.times(y), currency)
      case (.number(let x), .number(let y)): return number(x.times(y))
      default: return .error("not_a_number")
      }
    }
  }

  static func divide(_ a: ReferenceValue, _ b: ReferenceValue) -> ReferenceValue {
    strict([a, b]) { operands in
      switch (operands[0], operands[1]) {
      case (.money(let x, let first), .money(let y, let second)):
        if let first, let second, first != second { return .error("two_currencies") }
        return y == .zero ? .error("division_by_zero") : number(x.divided(by: y))
      case (.money(let x, let currency), .number(let y)):
        return y == .zero ? .error("division_by_zero") : money(x.divided(by: y), currency)
      case (.number(let x), .number(let y)):
        return y == .zero ? .error("division_by_zero") : number(x.divided(by: y))
      default: return .error("not_a_number")
      }
    }
  }

  /// The same operation on a Number, a Percent or the amount of a Money.
  static func mapAmount(
    _ a: ReferenceValue, _ operation: (BigDecimal) -> BigDecimal?
  ) -> ReferenceValue {
    strict([a]) { operands in
      switch operands[0] {
      case .money(let x, let currency): return money(operation(x), currency)
      case .number(let x): return number(operation(x))
      default: return .error("not_a_number")
      }
    }
  }

  private static func number(_ result: BigDecimal?) -> ReferenceValue {
    result.map { .number($0) } ?? .error("overflow")
  }

  private static func money(_ result: BigDecimal?, _ currency: String?) -> ReferenceValue {
    result.map { .money($0, currency) } ?? .error("overflow")
  }
}

extension ReferenceValue {
  private func set(_ id: RecordID, _ types: TypeTable) -> [RecordType.Field] { types[id].fields }

  /// The text of a part of a record or list: a zero has no currency there.
  private func part(_ type: ValueType, _ types: TypeTable) -> String {
    if case .money(.zero, _) = self { return "0" }
    return text(type, types)
  }

  /// The canonical text in answers: `12000.5 CNY`, `6` (a Percent as its fraction), `2026-11-21`, names
  /// of members and posts.
  func text(_ type: ValueType, _ types: TypeTable) -> String {
    switch self {
    case .bool(let value): return value ? "true" : "false"
    case .number(let value): return value.text
    case .money(let value, let currency): return value.text + (currency.map { " " + $0 } ?? "")
    case .text(let value), .person(let value): return "\"" + value + "\""
    case .date(let value): return value.text
    case .month(let value): return value.text
    case .time(let value): return value.text
    case .post(let index): return types.posts[index].name
    case .member(let index):
      guard case .enumeration(let id) = type.unwrapped else { return "#\(index)" }
      return types[id].members[index].name
    case .record(let fields):
      guard case .record(let id) = type.unwrapped else { return "…" }
      let parts = zip(set(id, types), fields).map { "\($0.name): \($1.part($0.type, types))" }
      return "{" + parts.joined(separator: ", ") + "}"
    case .list(let items):
      guard case .list(let item) = type.unwrapped else { return "…" }
      return "[" + items.map { $0.part(item, types) }.joined(separator: ", ") + "]"
    case .absent: return "absent"
    case .unknown: return "unknown"
    case .error(let trap): return "error:" + trap
    }
  }
}
