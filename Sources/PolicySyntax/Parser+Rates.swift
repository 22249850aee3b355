/// Business calendars, rates, and what expressions ask of them.
import PolicySource

extension Parser {
  // MARK: Declarations

  /// `calendar name ["label"] { … }`.
  mutating func parseCalendarDeclaration() -> CalendarTree {
    advance()
    var tree = CalendarTree(
      name: parseName("the calendar"), label: parseLabelIfPresent())
    if take(.from) { tree.sheet = parseSheetClause() }
    if recovering { return tree }
    parseBraced("calendar", commas: false) { $0.parseCalendarLine(&tree) }
    return tree
  }

  private mutating func parseCalendarLine(_ tree: inout CalendarTree) {
    let start = raw.lower
    let line = word
    switch line {
    case .covers:
      if tree.covers != nil { report(SyntaxMessages.repeatedLine("covers", at: here)) }
      advance()
      let from = parseDate()
      expect(.until, in: "covers DATE until DATE")
      tree.covers = (from, recovering ? from : parseDate())
    case .weekend:
      if tree.weekend != nil { report(SyntaxMessages.repeatedLine("weekend", at: here)) }
      advance()
      var days = [parseName("a weekday")]
      while take(.comma) { days.append(parseName("a weekday")) }
      tree.weekend = days
    case .holiday, .workday:
      advance()
      let from = parseDate()
      let until = take(.until) ? parseDate() : nil
      let label = parseLabelIfPresent()
      if recovering { return }
      tree.lines.append(
        CalendarTree.Line(
          isHoliday: line == .holiday, from: from, until: until, label: label,
          range: range(from: start)))
    default:
      let known = [Word.covers, .weekend, .holiday, .workday].map(\.rawValue)
      let spelling = kind == .name ? text(of: raw) : ""
      fail(
        SyntaxMessages.unknownCalendarLine(
          found, nearest: Suggestion.nearest(to: spelling, in: known), at: here))
    }
  }

  /// `rates name ["label"] [illustrative] { … }`.
  mutating func parseRates() -> RatesTree {
    advance()
    let name = parseName("the rates")
    let label = parseLabelIfPresent()
    var tree = RatesTree(name: name, label: label, illustrative: take(.illustrative))
    if take(.from) { tree.sheet = parseSheetClause() }
    if recovering || tree.sheet != nil && kind != .leftBrace { return tree }
    parseBraced("list of rates", commas: false) { parser in
      let start = parser.raw.lower
      let isCode = parser.isCurrency(parser.raw)
      let currency = parser.parseName("a currency")
      if !isCode, !parser.recovering {
        parser.fail(SyntaxMessages.badCurrency(currency.text, at: currency.range))
      }
      parser.expect(.from, in: "USD from DATE: RATE")
      let from = parser.parseDate()
      let until = parser.take(.until) ? parser.parseDate() : nil
      if !parser.recovering, !parser.take(.colon) {
        parser.fail(
          SyntaxMessages.expectedMark(
            ":", form: "USD from DATE: RATE", found: parser.foundInGap, at: parser.gap))
      }
      if parser.recovering { return }
      let rate = parser.parseExpression()
      tree.lines.append(
        RatesTree.Line(
          currency: currency, from: from, until: until, rate: rate,
          range: parser.range(from: start)))
    }
    return tree
  }

  // MARK: Expressions

  /// Whether `business days` or `business day` stands at the cursor, on the line of what is before it.
  var isAtBusinessDays: Bool {
    word == .business && !raw.startsLine && (peek().word == .days || peek().word == .day)
  }

  /// `business days [of CALENDAR] from a to b`.
  mutating func parseBusinessDaysBetween() -> ExpressionTree {
    let start = raw.lower
    advance()
    advance()
    let calendar = parseCalendarNameIfPresent()
    expect(.from, in: "business days from A to B")
    let from = parseBinary(Precedence.sum)
    expect(.to, in: "business days from A to B")
    let to = parseBinary(Precedence.sum)
    return ExpressionTree(
      .businessDaysBetween(from, to, calendar: calendar), range(from: start))
  }

  /// `of CALENDAR`.
  mutating func parseCalendarNameIfPresent() -> Name? {
    take(.of) ? parseName("the calendar") : nil
  }

  /// Behind an amount: `in CNY [at RATES] [on DATE] [rounded [up | down] to N places]`.
  mutating func parseConversion(_ amount: ExpressionTree) -> ExpressionTree {
    advance()
    var tree = ConversionTree(amount: amount, currency: takeName())
    if word == .at, peek().kind == .name, peek().word != .most {
      advance()
      tree.rates = parseName("the rates")
    }
    if word == .on {
      advance()
      tree.on = parseBinary(Precedence.unary)
    }
    if take(.rounded) {
      let function = take(.up) ? "round_up" : take(.down) ? "round_down" : "round"
      expect(.to, in: "rounded to 2 places")
      let places = parseBinary(Precedence.unary)
      expect(.places, in: "rounded to 2 places")
      tree.rounding = .init(function: function, places: places)
    }
    return ExpressionTree(.convert(tree), range(from: amount.range))
  }
}
