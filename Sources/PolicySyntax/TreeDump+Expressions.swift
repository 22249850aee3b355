/// How expressions and texts are written down for tests: `(operator left right)`.

extension Dump {
  /// A label, or nothing.
  func label(_ label: TextTree?) -> String { label.map { text($0) } ?? "" }

  func text(_ source: SourceNoteTree) -> String {
    [label(source.document), label(source.clause)].filter { !$0.isEmpty }.joined(separator: " / ")
  }

  func text(_ tree: TextTree) -> String {
    let parts = tree.parts.map { part in
      switch part {
      case .letters(let letters):
        return letters.split(separator: "\n", omittingEmptySubsequences: false)
          .joined(separator: "\\n")
      case .hole(let hole): return "{\(text(hole))}"
      }
    }
    return "\"\(parts.joined())\""
  }

  private func form(_ word: String, _ parts: [String]) -> String {
    "(\(([word] + parts).joined(separator: " ")))"
  }

  private func form(_ word: String, _ parts: ExpressionTree...) -> String {
    form(word, parts.map { text($0) })
  }

  func text(_ tree: ExpressionTree) -> String {
    switch tree.kind {
    case .number(let digits): return digits
    case .percent(let digits): return "\(digits)%"
    case .money(let digits, let currency): return "(money \(digits) \(currency.text))"
    case .date(let date): return "(date \(date))"
    case .month(let month): return "(month \(month))"
    case .time(let time): return "(time \(time))"
    case .text(let tree): return text(tree)
    case .bool(let value): return value ? "true" : "false"
    case .name(let name): return name.text
    case .field(let base, let name): return "(. \(text(base)) \(name.text))"
    case .index(let base, let keys): return form("[]", ([base] + keys).map { text($0) })
    case .call(let name, let arguments):
      return form("call", [name.text] + arguments.map { text($0) })
    case .not(let inner): return form("not", inner)
    case .negate(let inner): return form("-", inner)
    case .binary(let binary, let left, let right): return form(binary.rawValue, left, right)
    case .test(let left, let negated, let test):
      return form(negated ? "is not" : "is", [text(left), text(test)])
    case .membership(let left, let negated, let collection):
      return form(negated ? "not in" : "in", [text(left), text(collection)])
    case .conditional(let condition, let yes, let no): return form("if", condition, yes, no)
    case .quantifier(let quantifier, let variable, let list, let condition):
      return form(quantifier.rawValue, [variable.text, text(list), text(condition)])
    case .aggregate(let tree): return text(tree)
    case .fallback(let first, let second): return form("else", first, second)
    case .duration(let count, let unit): return form(unit.rawValue, count)
    case .daysBetween(let from, let to): return form("days from", from, to)
    case .businessDaysBetween(let from, let to, let calendar):
      return form(
        "business days", [calendar?.text ?? "", text(from), text(to)].filter { !$0.isEmpty })
    case .businessDuration(let count, let calendar):
      return form("business", [calendar?.text ?? "", text(count)].filter { !$0.isEmpty })
    case .convert(let tree): return text(tree)
    case .patternPart(let part, let inner): return form(part.rawValue, inner)
    case .monthsBetween(let from, let to): return form("months from", from, to)
    case .dayOfMonth(let day, let month): return form("day", day, month)
    case .datePart(let part, let date): return form(part.rawValue, date)
    case .today: return "today"
    case .list(let items): return form("list", items.map { text($0) })
    case .record(let fields):
      return form("record", fields.map { "\($0.name.text): \(text($0.value))" })
    case .comprehension(let element, let variable, let list, let condition):
      return form(
        "for",
        [text(element), variable.text, text(list)] + [condition.map { text($0) }].compactMap(\.self)
      )
    case .the(let variable, let list, let condition, let otherwise):
      return form(
        "the",
        [variable.text, text(list), text(condition)]
          + [otherwise.map { "(else \(text($0)))" }].compactMap(\.self))
    case .allocate(let tree):
      return form(
        "allocate",
        [text(tree.amount), tree.variable.text, text(tree.list)]
          + [tree.condition.map { "(where \(text($0)))" }].compactMap(\.self)
          + ["(taking \(text(tree.taking)))", "(by \(text(tree.key)))"])
    case .missing: return "(missing)"
    }
  }

  private func text(_ test: ExpressionTree.IsTest) -> String {
    switch test {
    case .present: return "(present)"
    case .businessDay(let calendar): return "(business day\(calendar.map { " " + $0.text } ?? ""))"
    case .absent: return "(absent)"
    case .word(let name): return name.text
    case .betterThan(let name): return "(better than \(name.text))"
    case .noWorseThan(let name): return "(no worse than \(name.text))"
    case .value(let value): return "(value \(text(value)))"
    }
  }

  private func text(_ tree: ConversionTree) -> String {
    var parts = [text(tree.amount), tree.currency.text]
    if let rates = tree.rates { parts.append("at \(rates.text)") }
    if let day = tree.on { parts.append("on \(text(day))") }
    if let rounding = tree.rounding {
      parts.append("(\(rounding.function) \(text(rounding.places)))")
    }
    return form("convert", parts)
  }

  private func text(_ collection: ExpressionTree.Collection) -> String {
    switch collection {
    case .members(let items): return form("members", items.map { text($0) })
    case .range(let low, let high, let inclusive): return form(inclusive ? ".." : "..<", low, high)
    case .list(let list): return form("list", list)
    }
  }

  private func text(_ tree: ExpressionTree.AggregateTree) -> String {
    var parts: [String] = []
    if let element = tree.element { parts.append(text(element)) }
    if let variable = tree.variable { parts.append("for \(variable.text)") }
    parts.append("in \(text(tree.list))")
    if let condition = tree.condition { parts.append("where \(text(condition))") }
    return form(tree.function.rawValue, parts)
  }
}
