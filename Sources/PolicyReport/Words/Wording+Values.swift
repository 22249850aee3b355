/// Expressions in words: formulas with the signs that people read aloud, everything else as a turn of phrase.
import PolicyCompiler
import PolicyRuntime
import PolicySource

extension Wording {
  /// How tightly an expression holds together; a looser one within a tighter one stands in parentheses.
  private enum Hold: Int { case loose, sum, product, whole }

  /// An expression that is a value.
  func value(_ expression: TypedExpression) -> Prose { value(expression, in: .loose) }

  private func value(_ expression: TypedExpression, in hold: Hold) -> Prose {
    let (prose, own) = formed(expression)
    return own.rawValue < hold.rawValue ? ProseMessages.parenthesised(prose) : prose
  }

  private func formed(_ expression: TypedExpression) -> (Prose, Hold) {
    if let path = path(expression) { return (path, .whole) }
    switch expression.kind {
    case .arithmetic(let operation, let left, let right):
      return arithmetic(operation, left, right)
    case .negate(let inner): return (ProseMessages.negative(value(inner, in: .whole)), .product)
    case .conditional(let test, let then, let otherwise):
      let words = ProseMessages.ifElse(
        condition(test).inline, value(then), value(otherwise))
      return (words, .loose)
    case .not, .logical, .compare, .oneOf, .contains, .isPresent, .isBlank, .quantifier,
      .textTest, .matches, .decisionIs:
      return (condition(expression).inline, .loose)
    case .business(.isBusinessDay, _, _, _): return (condition(expression).inline, .loose)
    default: return (single(expression), .whole)
    }
  }

  private func arithmetic(
    _ operation: TypedExpression.Arithmetic, _ left: TypedExpression, _ right: TypedExpression
  ) -> (Prose, Hold) {
    switch operation {
    case .add: ("\(value(left, in: .sum)) + \(value(right, in: .sum))", .sum)
    case .subtract: ("\(value(left, in: .sum)) − \(value(right, in: .product))", .sum)
    case .multiply: ("\(value(left, in: .product)) × \(value(right, in: .product))", .product)
    case .divide: ("\(value(left, in: .product)) ÷ \(value(right, in: .whole))", .product)
    }
  }

  /// What is no formula.
  private func single(_ expression: TypedExpression) -> Prose {
    switch expression.kind {
    case .constant(let constant): return self.constant(constant)
    case .parameter(let reference): return parameter(reference)
    case .call(let reference, let arguments):
      if arguments.isEmpty { return define(reference) }
      return ProseMessages.term(define(reference), of: arguments.map(value).and)
    case .lookup(let reference, let keys, let column, let fallback):
      let words = lookup(reference, keys, column)
      return fallback.map { ProseMessages.orElse(words, value($0)) } ?? words
    case .field(let base, let index):
      guard let label = partLabel(base, index) else { return value(base) }
      return ProseMessages.of(label, value(base))
    case .round(let inner, let places, let rounding):
      return ProseMessages.rounded(value(inner), places: places, rounding)
    case .aggregate(let aggregate, let variable, let list, let element, let test, let fallback):
      let words = self.aggregate(aggregate, variable, list, element, test)
      return fallback.map { ProseMessages.orElse(words, value($0)) } ?? words
    case .decisionValue(let reference): return decision(reference)
    case .decisionIs: return condition(expression).inline
    case .pointsTotal: return ProseMessages.points
    case .today: return ProseMessages.today
    case .asOf: return ProseMessages.asOf
    case .absent: return ProseMessages.nothing
    case .convert(let amount, let reference, let day):
      let words = ProseMessages.converted(value(amount), by: rates(reference))
      return day.map { ProseMessages.onDay(words, value($0)) } ?? words
    default: return lists(expression) ?? dates(expression)
    }
  }

  /// A field of something computed.
  private func partLabel(_ base: TypedExpression, _ index: Int) -> Prose? {
    guard case .record(let id) = base.type.unwrapped,
      set.types[id].fields.indices.contains(index)
    else { return nil }
    let field = set.types[id].fields[index]
    return .name(label(field.label, or: field.name))
  }

  private func lookup(
    _ reference: Reference, _ keys: [TypedExpression], _ column: Int
  ) -> Prose {
    let table = set.policies[reference.policy].tables[reference.index]
    let asked = table.isDated ? Array(keys.dropLast()) : keys
    let keys = asked.map(value).and
    guard table.columns.count > 1 else {
      return asked.isEmpty
        ? self.table(reference) : ProseMessages.byTable(self.table(reference), for: keys)
    }
    let name = Prose.name(columnLabel(table, column))
    return asked.isEmpty
      ? ProseMessages.of(name, self.table(reference))
      : ProseMessages.byTable(name, self.table(reference), for: keys)
  }

  /// What a column is called; a heading in Chinese alone is none for an English page.
  func columnLabel(_ table: TypedTable, _ column: Int) -> String {
    heading(table.columnLabels, column, table.columns[column].name)
  }

  /// What a key is called.
  func keyLabel(_ table: TypedTable, _ key: Int) -> String {
    if table.isDated, key == table.keys.count - 1 { return say(ProseMessages.asOf) }
    let name = table.keys[key].name
    if language == .chinese, case .enumeration(let id) = table.keys[key].type.unwrapped,
      !table.keyLabels.indices.contains(key) || table.keyLabels[key] == name
    {
      let kind = label(set.types[id].label)
      if kind.contains(where: BilingualLabel.isHan) { return kind }
    }
    return heading(table.keyLabels, key, name)
  }

  private func heading(_ labels: [String], _ index: Int, _ name: String) -> String {
    guard labels.indices.contains(index) else { return Self.words(name) }
    let heading = label(labels[index], or: name)
    let isForeign = language == .english && heading.contains(where: BilingualLabel.isHan)
    return isForeign ? Self.words(name) : heading
  }

  // MARK: Lists

  private func aggregate(
    _ aggregate: TypedExpression.Aggregate, _ variable: Variable?, _ list: TypedExpression,
    _ element: TypedExpression?, _ test: TypedExpression?
  ) -> Prose {
    var from = value(list)
    let inner = inside(variable)
    if let test { from = ProseMessages.whereHolds(from, inner.condition(test).inline) }
    guard let element else { return ProseMessages.number(of: from) }
    return ProseMessages.aggregate(aggregate, of: inner.value(element), over: from)
  }

  private func lists(_ expression: TypedExpression) -> Prose? {
    switch expression.kind {
    case .list(let items):
      return items.isEmpty ? ProseMessages.emptyList : items.map(value).and
    case .record(let fields):
      guard case .record(let id) = expression.type.unwrapped else { return nil }
      let parts = zip(set.types[id].fields, fields).compactMap { field, value -> Prose? in
        if case .absent = value.kind { return nil }
        return ProseMessages.titled(
          .name(label(field.label, or: field.name)), self.value(value))
      }
      return parts.apart
    case .comprehension(let variable, let list, let element, let test):
      var from = value(list)
      let inner = inside(variable)
      if let test { from = ProseMessages.whereHolds(from, inner.condition(test).inline) }
      return ProseMessages.forEachItem(inner.value(element), of: from)
    case .the(let variable, let list, let test, let otherwise):
      let words = ProseMessages.theOne(of: value(list), inside(variable).condition(test).inline)
      return otherwise.map { ProseMessages.orElse(words, value($0)) } ?? words
    case .allocate(let allocation):
      var from = value(allocation.list)
      let inner = inside(allocation.variable)
      if let test = allocation.condition {
        from = ProseMessages.whereHolds(from, inner.condition(test).inline)
      }
      return ProseMessages.allocated(
        value(allocation.amount), over: from, taking: inner.value(allocation.taking),
        by: inner.value(allocation.key))
    default: return nil
    }
  }

  // MARK: Dates

  /// Units of time.
  enum Unit { case days, businessDays, months }

  /// So many days or months; what is called a number of days already is not called so twice.
  func count(_ number: TypedExpression, of unit: Unit) -> Prose {
    let words = value(number, in: .product)
    switch unit {
    case .businessDays: return ProseMessages.businessDays(words)
    case .days, .months: break
    }
    if case .constant = number.kind {
    } else {
      let said = say(words)
      let names = unit == .days ? ["day", "天", "日"] : ["month", "月"]
      if names.contains(where: said.contains) { return words }
    }
    return unit == .days ? ProseMessages.days(words) : ProseMessages.months(words)
  }

  private func dates(_ expression: TypedExpression) -> Prose {
    switch expression.kind {
    case .addDays(let day, let count, let negated):
      let days = self.count(count, of: .days)
      return negated
        ? ProseMessages.before(value(day), days) : ProseMessages.after(value(day), days)
    case .addMonths(let day, let count, let negated):
      let months = self.count(count, of: .months)
      return negated
        ? ProseMessages.before(value(day), months) : ProseMessages.after(value(day), months)
    case .daysBetween(let first, let last):
      return ProseMessages.daysBetween(value(first), value(last))
    case .datePart(let part, let day): return ProseMessages.part(part, of: value(day))
    case .patternPart(let part, let text, _):
      return part == .date
        ? ProseMessages.dayIn(value(text)) : ProseMessages.serialIn(value(text))
    case .dateFunction(let function, let first, let second):
      return ProseMessages.function(function, value(first), value(second))
    case .business(let function, let reference, let first, let second):
      let other = second.map(value) ?? ""
      switch function {
      case .between:
        return ProseMessages.businessDaysBetween(value(first), other, calendar(reference))
      case .add:
        return ProseMessages.after(value(first), second.map { count($0, of: .businessDays) } ?? "")
      case .subtract:
        return ProseMessages.before(value(first), second.map { count($0, of: .businessDays) } ?? "")
      case .isBusinessDay: return condition(expression).inline
      }
    default:
      return .code(set.files[expression.range.file].text(in: expression.range))
    }
  }
}
