/// Days, months and times: literals, parts, moving them, and the words for weekdays and months.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// The month of a literal, or nil when it was reported.
  func month(_ text: String, _ range: SourceRange) -> Month? {
    if let month = Month(text: text.utf8) { return month }
    report(.impossibleMonth(text, range))
    return nil
  }

  /// The time of a literal, or nil when it was reported.
  func time(_ text: String, _ range: SourceRange) -> TimeOfDay? {
    if let time = TimeOfDay(text: text.utf8) { return time }
    report(.impossibleTime(text, range))
    return nil
  }
}

extension ExpressionChecker {
  /// `d + 30 days`, `d - 1 month`, `m + 2 months`.
  func shift(
    _ start: ExpressionTree, by count: ExpressionTree, _ unit: ExpressionTree.DurationUnit,
    negated: Bool, _ range: SourceRange
  ) -> TypedExpression? {
    let (left, number) = (scalar(start), typed(count, .number))
    guard let left else { return nil }
    if unit == .months, left.type.unwrapped == .month {
      return number.map {
        TypedExpression(
          .dateFunction(negated ? .subtractFromMonth : .addToMonth, left, $0), .month, range)
      }
    }
    guard left.type.unwrapped == .date else {
      report(.typeMismatch(left.range, expected: "`Date`", found: words(left.type.unwrapped)))
      return nil
    }
    guard let number else { return nil }
    return TypedExpression(
      unit == .days
        ? .addDays(left, number, negated: negated) : .addMonths(left, number, negated: negated),
      .date, range)
  }

  /// `day 25 of m`.
  func dayOfMonth(
    _ day: ExpressionTree, _ month: ExpressionTree, _ range: SourceRange
  ) -> TypedExpression? {
    if case .number(let digits) = day.kind, Int(digits).map({ !(1...31).contains($0) }) ?? true {
      report(.impossibleDay(day.range, digits))
      return nil
    }
    let (number, of) = (typed(day, .number), typed(month, .month))
    guard let number, let of else { return nil }
    return TypedExpression(.dateFunction(.dayOfMonth, number, of), .date, range)
  }

  /// `day of d` and its like.
  func datePart(
    _ part: ExpressionTree.DatePart, _ inner: ExpressionTree, _ range: SourceRange
  ) -> TypedExpression? {
    guard let value = scalar(inner) else { return nil }
    let (typedPart, type) = Self.part(part)
    let expected: [ValueType] =
      switch part {
      case .month, .year, .quarter, .halfYear: [.date, .month]
      case .firstDay, .lastDay: [.month]
      case .day, .weekday, .endOfMonth, .endOfQuarter, .monthOf: [.date]
      }
    guard expected.contains(value.type.unwrapped) else {
      report(
        .typeMismatch(
          value.range, oneOf: expected.map(words),
          found: words(value.type.unwrapped), help: Self.help(part, value.type.unwrapped)))
      return nil
    }
    return TypedExpression(.datePart(typedPart, value), type, range)
  }

  private static func part(
    _ part: ExpressionTree.DatePart
  ) -> (TypedExpression.DatePart, ValueType) {
    switch part {
    case .day: (.day, .number)
    case .month: (.month, .number)
    case .year: (.year, .number)
    case .weekday: (.weekday, .number)
    case .endOfMonth: (.endOfMonth, .date)
    case .monthOf: (.monthOf, .month)
    case .quarter: (.quarter, .number)
    case .halfYear: (.halfYear, .number)
    case .endOfQuarter: (.endOfQuarter, .date)
    case .firstDay: (.firstDay, .date)
    case .lastDay: (.lastDay, .date)
    }
  }

  private static func help(_ part: ExpressionTree.DatePart, _ found: ValueType) -> Phrase? {
    switch (part, found) {
    case (.firstDay, .date), (.lastDay, .date): "write `\(part.rawValue) month of …`"
    case (.endOfMonth, .month): "write `last day of …`"
    default: nil
    }
  }

  // MARK: Words for numbers

  static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// The words that stand for numbers beside an expression: those of weekdays or of months.
  func numberWords(beside expression: TypedExpression) -> [String] {
    switch expression.kind {
    case .datePart(.weekday, _): Self.weekdays
    case .datePart(.month, _): Self.months
    default: []
    }
  }

  /// Checks what stands beside an expression: the names of weekdays or months are numbers there.
  func beside<Result>(_ expression: TypedExpression, _ body: () -> Result) -> Result {
    let before = numberWords
    numberWords = numberWords(beside: expression)
    defer { numberWords = before }
    return body()
  }

  /// The number of a weekday or month that is named where one is expected.
  func namedNumber(_ name: Name) -> TypedExpression? {
    guard let index = numberWords.firstIndex(of: name.text) else { return nil }
    return TypedExpression(.constant(.number(Decimal(index + 1))), .number, name.range)
  }
}
