/// Reads literals as constants of a wanted type: parameters, cells, bounds, values of sample cases.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// The constant of a literal, or nil when it was reported; words are looked up in the type alone.
  func constant(_ tree: ExpressionTree, _ type: ValueType, in policy: Int) -> Constant? {
    switch (tree.kind, type.unwrapped) {
    case (.missing, _): return nil
    case (.bool(let value), .bool): return .bool(value)
    case (.number(let digits), .number): return decimal(digits, tree.range).map { .number($0) }
    case (.number(let digits), .money): return bareMoney(digits, tree.range, in: policy)
    case (.percent(let digits), .percent): return percent(digits, tree.range).map { .percent($0) }
    case (.money(let digits, let currency), .money):
      return decimal(digits, tree.range).flatMap { money($0, currency) }
    case (.negate(let inner), .number), (.negate(let inner), .money),
      (.negate(let inner), .percent):
      return constant(inner, type, in: policy).flatMap(negated)
    case (.date, .date): return day(tree).map { .date($0) }
    case (.month(let text), .month): return month(text, tree.range).map { .month($0) }
    case (.time(let text), .time): return time(text, tree.range).map { .time($0) }
    case (.text(let text), .text): return plainText(text).map { .text($0) }
    case (.text(let text), .person): return plainText(text).map { .person($0) }
    case (.name(let name), .enumeration(let id)): return member(name, of: id)
    case (.name(let name), .post): return post(name)
    default: break
    }
    if let found = literalType(tree) {
      report(.typeMismatch(tree.range, expected: words(type), found: words(found)))
    } else {
      report(.notALiteral(tree.range, words(type)))
    }
    return nil
  }

  /// The type of a literal by its form alone.
  func literalType(_ tree: ExpressionTree) -> ValueType? {
    switch tree.kind {
    case .bool: .bool
    case .number: .number
    case .percent: .percent
    case .money: .money
    case .date: .date
    case .month: .month
    case .time: .time
    case .text: .text
    case .negate(let inner): literalType(inner)
    default: nil
    }
  }

  /// A number literal, or nil when it was reported.
  func decimal(_ digits: String, _ range: SourceRange) -> Decimal? {
    do throws(Decimal.Refusal) {
      return try Decimal(text: digits.utf8)
    } catch {
      report(.numberTooLarge(range))
      return nil
    }
  }

  /// `6%` as 0.06.
  func percent(_ digits: String, _ range: SourceRange) -> Decimal? {
    guard let value = decimal(digits, range) else { return nil }
    guard value.units % 100 == 0 else {
      report(.numberTooLarge(range))
      return nil
    }
    return Decimal(units: value.units / 100)
  }

  /// An amount with its currency.
  func money(_ value: Decimal, _ currency: Name) -> Constant? {
    if currency.text.isEmpty { return nil }
    guard isCurrency(currency.text) else {
      report(.badCurrency(currency))
      return nil
    }
    return .money(value, currency: currency.text)
  }

  /// An amount without a currency: the header's, and none for zero.
  func bareMoney(_ digits: String, _ range: SourceRange, in policy: Int) -> Constant? {
    guard let value = decimal(digits, range) else { return nil }
    if value == .zero { return .money(value, currency: nil) }
    guard let currency = set.policies[policy].currency else {
      report(.moneyWithoutCurrency(range))
      return nil
    }
    return .money(value, currency: currency)
  }

  private func negated(_ constant: Constant) -> Constant? {
    switch constant {
    case .number(let value): .number(Decimal(units: -value.units))
    case .percent(let value): .percent(Decimal(units: -value.units))
    case .money(let value, let currency): .money(Decimal(units: -value.units), currency: currency)
    default: nil
    }
  }

  /// The day of a date literal, or nil when it was reported.
  func day(_ tree: ExpressionTree) -> Day? {
    switch tree.kind {
    case .missing: return nil
    case .date(let text):
      if let day = Day(text: text.utf8) { return day }
      report(.impossibleDate(text, tree.range))
      return nil
    default:
      if let found = literalType(tree) {
        report(.typeMismatch(tree.range, expected: "`Date`", found: words(found)))
      } else {
        report(.notALiteral(tree.range, "`Date`"))
      }
      return nil
    }
  }

  /// A member of an enumeration by name, or nil when it was reported.
  func member(_ name: Name, of id: EnumerationID) -> Constant? {
    if name.text.isEmpty { return nil }
    if let index = memberIndex[id.index][name.text] { return .member(id, index) }
    let members = set.types[id].members.map(\.name)
    report(
      .unknownMember(
        name, of: set.types[id].name, nearest: nearest(name.text, members), all: members))
    return nil
  }

  /// A post by name, or nil when it was reported.
  func post(_ name: Name) -> Constant? {
    if name.text.isEmpty { return nil }
    if let index = postIndex[name.text] { return .post(index) }
    report(.unknownPost(name, nearest: nearest(name.text, set.types.posts.map(\.name))))
    return nil
  }

  /// Three capital letters.
  func isCurrency(_ text: String) -> Bool {
    text.utf8.count == 3 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }

  /// A text without holes, or nil when it was reported.
  func plainText(_ text: TextTree) -> String? {
    if let plain = text.plain { return plain }
    report(.holeNotPossible(text.range))
    return nil
  }

  /// A label or title, which has no holes; nil when none is written.
  func plain(_ text: TextTree?) -> String? { text.flatMap(plainText) }
}
