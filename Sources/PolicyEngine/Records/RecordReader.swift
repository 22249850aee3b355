/// What a condition says of one record: its paths are looked up, and values compared as what they are.
internal import PolicyRuntime
internal import PolicySyntax

struct RecordReader {
  private let record: JSONTree
  private(set) var masked: Set<String> = []

  init(_ record: JSONTree) { self.record = record }

  /// A value of a record or of the condition.
  private enum Value {
    case amount(Decimal, currency: String?)
    /// A text of the record, which may also be an amount or a date, or a text, date or word of the condition.
    case text(String)
    case bool(Bool)
    case other(JSONTree)

    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The amount that this is or that its text says: `12000.00 CNY`, `6%`, `12`.
    var amount: (value: Decimal, currency: String?)? {
      switch self {
      case .amount(let value, let currency): return (value, currency)
      case .text(let text):
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        if parts.count == 2, parts[1].utf8.count == 3,
          parts[1].utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
          let value = try? Decimal(text: parts[0].utf8)
        {
          return (value, String(parts[1]))
        }
        if text.hasSuffix("%") { return RecordReader.percent(text.dropLast()).map { ($0, nil) } }
        return (try? Decimal(text: text.utf8)).map { ($0, nil) }
      case .bool, .other: return nil
      }
    }
  }

  /// The share that some digits in front of `%` are.
  private static func percent(_ digits: some StringProtocol) -> Decimal? {
    (try? Decimal(text: digits.utf8))?.divided(by: Decimal(100))
  }

  /// Whether an expression holds; nil when that is not known.
  mutating func truth(of tree: ExpressionTree) -> Bool? {
    switch tree.kind {
    case .bool(let value): return value
    case .not(let inner): return truth(of: inner).map { !$0 }
    case .binary(let op, let left, let right):
      switch op {
      case .and: return and(truth(of: left), truth(of: right))
      case .or: return or(truth(of: left), truth(of: right))
      case .implies: return or(truth(of: left).map { !$0 }, truth(of: right))
      default: return compare(op, value(of: left), value(of: right))
      }
    case .test(let left, let negated, let test):
      return result(of: test, left).map { $0 != negated }
    case .membership(let left, let negated, let collection):
      return isMember(left, collection).map { $0 != negated }
    default:
      if case .bool(let value)? = value(of: tree) { return value }
      return nil
    }
  }

  private func and(_ one: Bool?, _ other: Bool?) -> Bool? {
    if one == false || other == false { return false }
    return one == nil || other == nil ? nil : true
  }

  private func or(_ one: Bool?, _ other: Bool?) -> Bool? {
    if one == true || other == true { return true }
    return one == nil || other == nil ? nil : false
  }

  private mutating func result(
    of test: ExpressionTree.IsTest, _ left: ExpressionTree
  ) -> Bool? {
    switch test {
    case .present, .absent:
      let found = find(left)
      let isThere = found != nil && found != .null
      if case .present = test { return isThere }
      return !isThere
    case .word(let word): return value(of: left).map { $0.text == word.text }
    case .value(let right): return compare(.equal, value(of: left), value(of: right))
    case .businessDay, .betterThan, .noWorseThan: return nil
    }
  }

  private mutating func isMember(
    _ left: ExpressionTree, _ collection: ExpressionTree.Collection
  ) -> Bool? {
    guard let value = value(of: left) else { return nil }
    switch collection {
    case .members(let members):
      var result: Bool? = false
      for member in members { result = or(result, equals(value, wordOrValue(member))) }
      return result
    case .range(let low, let high, let inclusive):
      return and(
        compare(.greaterOrEqual, value, self.value(of: low)),
        compare(inclusive ? .lessOrEqual : .less, value, self.value(of: high)))
    case .list(let list):
      guard let found = find(list) else { return nil }
      var result: Bool? = false
      for item in found.items { result = or(result, equals(value, convert(item, ""))) }
      return result
    }
  }

  /// A name in a list is a word: `order.kind in [retail, trial]`.
  private mutating func wordOrValue(_ tree: ExpressionTree) -> Value? {
    if case .name(let name) = tree.kind { return .text(name.text) }
    return value(of: tree)
  }

  private func equals(_ left: Value?, _ right: Value?) -> Bool? { compare(.equal, left, right) }

  private func compare(
    _ op: ExpressionTree.BinaryOperator, _ left: Value?, _ right: Value?
  ) -> Bool? {
    guard let left, let right else { return nil }
    if case .bool(let one) = left, case .bool(let other) = right {
      switch op {
      case .equal: return one == other
      case .notEqual: return one != other
      default: return nil
      }
    }
    if let one = left.text, let other = right.text {
      switch op {
      case .startsWith: return one.utf8.starts(with: other.utf8)
      case .endsWith: return one.utf8.reversed().starts(with: other.utf8.reversed())
      case .contains: return one.contains(other)
      default: break
      }
    }
    if let one = left.amount, let other = right.amount {
      if let first = one.currency, let second = other.currency, first != second { return nil }
      return holds(op, one.value == other.value, one.value < other.value)
    }
    guard let one = left.text, let other = right.text else { return nil }
    let isBefore = one.unicodeScalars.lexicographicallyPrecedes(other.unicodeScalars)
    let isSame = one.unicodeScalars.elementsEqual(other.unicodeScalars)
    if op == .equal || op == .notEqual { return holds(op, isSame, isBefore) }
    // Of texts, only dates, months and times have an order; they are written alike.
    guard Self.isCalendar(one), Self.isCalendar(other), one.utf8.count == other.utf8.count else {
      return nil
    }
    return holds(op, isSame, isBefore)
  }

  private static func isCalendar(_ text: String) -> Bool {
    text.wholeMatch(of: /\d{4}-\d{2}(-\d{2}.*)?|\d{2}:\d{2}/) != nil
  }

  private func holds(
    _ op: ExpressionTree.BinaryOperator, _ isSame: Bool, _ isLess: Bool
  ) -> Bool? {
    switch op {
    case .equal: isSame
    case .notEqual: !isSame
    case .less: isLess
    case .lessOrEqual: isLess || isSame
    case .greater: !isLess && !isSame
    case .greaterOrEqual: !isLess
    default: nil
    }
  }

  /// The value of an expression; nil when it is not in the record, or a secret.
  private mutating func value(of tree: ExpressionTree) -> Value? {
    switch tree.kind {
    case .number(let text): return amount(text, nil)
    case .percent(let text): return Self.percent(text).map { .amount($0, currency: nil) }
    case .money(let text, let currency): return amount(text, currency.text)
    case .date(let text), .month(let text), .time(let text): return .text(text)
    case .text(let text):
      let letters = text.parts.map { part in
        if case .letters(let letters) = part { letters } else { "" }
      }
      return .text(letters.joined())
    case .bool(let value): return .bool(value)
    case .negate(let inner): return combine(.subtract, amount("0", nil), value(of: inner))
    case .binary(let op, let left, let right):
      return combine(op, value(of: left), value(of: right))
    default:
      guard let found = find(tree) else { return nil }
      return convert(found, path(of: tree).map(\.text).joined(separator: "."))
    }
  }

  private func amount(_ text: String, _ currency: String?) -> Value? {
    (try? Decimal(text: text.utf8)).map { .amount($0, currency: currency) }
  }

  private func combine(
    _ op: ExpressionTree.BinaryOperator, _ left: Value?, _ right: Value?
  ) -> Value? {
    guard let one = left?.amount, let other = right?.amount else { return nil }
    if let first = one.currency, let second = other.currency, first != second { return nil }
    let result =
      op == .add ? one.value.adding(other.value) : one.value.subtracting(other.value)
    return result.map { .amount($0, currency: one.currency ?? other.currency) }
  }

  private mutating func convert(_ found: JSONTree, _ path: String) -> Value? {
    switch found {
    case .null: return nil
    case .bool(let value): return .bool(value)
    case .number(let text): return amount(text, nil)
    case .string(let text): return .text(text)
    case .array: return .other(found)
    case .object(let members):
      if members.count == 1, members[0].name == "masked" {
        masked.insert(path)
        return nil
      }
      return .other(found)
    }
  }

  /// A step of a path.
  private struct Step {
    let text: String
    var index: Int?
  }

  private func path(of tree: ExpressionTree) -> [Step] {
    switch tree.kind {
    case .name(let name): return [Step(text: name.text)]
    case .field(let base, let name): return path(of: base) + [Step(text: name.text)]
    case .index(let base, let keys):
      guard case .number(let text)? = keys.first?.kind, let index = Int(text) else { return [] }
      return path(of: base) + [Step(text: text, index: index)]
    default: return []
    }
  }

  private func find(_ tree: ExpressionTree) -> JSONTree? {
    var steps = path(of: tree)[...]
    guard let first = steps.first else { return nil }
    var place: JSONTree?
    switch first.text {
    case "answer", "request": place = record
    case "record":
      place = record
      steps.removeFirst()
    default: place = record["request"]?["input"]
    }
    for step in steps {
      if let index = step.index {
        let items = place?.items ?? []
        place = items.indices.contains(index - 1) ? items[index - 1] : nil
      } else {
        place = place?[step.text]
      }
    }
    return place
  }
}
