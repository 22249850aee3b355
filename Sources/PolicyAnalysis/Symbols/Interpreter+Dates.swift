/// Dates and texts of open values: days are numbers, parts of a day rise with it or are results of their own.
internal import PolicyCompiler
internal import PolicyRuntime

extension Interpreter {
  func dateOperation(_ expression: TypedExpression, _ names: Names) -> Symbol? {
    switch expression.kind {
    case .addDays(let date, let count, let negated):
      return .scalar(addDays(date, count, negated, expression, names))
    case .addMonths(let date, let count, let negated):
      return .scalar(
        function("addMonths\(negated)", [date, count], expression, names) { operands in
          guard let months = Self.whole(operands[1]) else { return nil }
          return Self.day(operands[0]).adding(months: negated ? -months : months).map {
            Int128($0.number)
          }
        })
    case .daysBetween(let from, let to):
      return .scalar(
        join(scalar(to, names), scalar(from, names), expression) { x, y in
          x.subtracting(y)?.multiplied(by: Fraction(Decimal.one)).map { Scalar($0) }
        })
    case .datePart(let part, let operand):
      let isMonth = operand.type.unwrapped == .month
      return .scalar(
        function("\(part)\(isMonth)", [operand], expression, names) { operands in
          Self.part(part, operands[0], isMonth)
        })
    case .dateFunction(.monthsBetween, let from, let to):
      return .scalar(
        join(scalar(to, names), scalar(from, names), expression) { x, y in
          x.subtracting(y)?.multiplied(by: Fraction(Decimal.one)).map { Scalar($0) }
        })
    case .dateFunction(.addToMonth, let month, let count):
      return .scalar(addDays(month, count, false, expression, names))
    case .dateFunction(.subtractFromMonth, let month, let count):
      return .scalar(addDays(month, count, true, expression, names))
    case .dateFunction(let kind, let a, let b):
      return .scalar(
        function("\(kind)", [a, b], expression, names) { Self.apply(kind, $0[0], $0[1]) })
    case .business(let kind, let reference, let a, let b):
      return business(kind, reference, [a] + (b.map { [$0] } ?? []), expression, names)
    case .convert(let amount, let rates, _):
      return convert(amount, rates, expression, names)
    default: return nil
    }
  }

  // MARK: Functions of numbers

  /// A function of values: a literal, something that rises with one operand, or a result of its own.
  ///
  /// Nil is an error.
  func function(
    _ name: String, _ operands: [TypedExpression], _ expression: TypedExpression, _ names: Names,
    _ value: @escaping ([Int128]) -> Int128?
  ) -> Scalar {
    let first = scalar(operands[0], names)
    guard operands.count > 1 else {
      return map(first) { self.applied(name, [$0], expression, value) }
    }
    return join(first, scalar(operands[1], names), expression) { a, b in
      guard let term = self.applied(name, [a, b], expression, value) else { return nil }
      // With an open count or day there may be no such day.
      return b.value == nil ? self.mayFail(term, expression) : Scalar(term)
    }
  }

  /// A result that may be an error instead.
  private func mayFail(_ term: Linear, _ expression: TypedExpression) -> Scalar {
    let fact = result("error(\(key(of: term)))", .truth, Stretches(0, 1), expression)
    let fails = formulas.inside(fact, Stretches(1))
    var scalar = Scalar([.init(when: fails.negated, term: term)])
    scalar.error = fails
    return scalar
  }

  private func applied(
    _ name: String, _ terms: [Linear], _ expression: TypedExpression,
    _ value: @escaping ([Int128]) -> Int128?
  ) -> Linear? {
    let literals = terms.compactMap(\.value)
    if literals.count == terms.count {
      return value(literals.map(\.floor)).map { Linear($0) }
    }
    let key = "\(name)(\(terms.map { self.key(of: $0) }.joined(separator: ",")))"
    let fact = result(
      key, scale(of: expression.type, currency: nil), resultLine(of: expression.type), expression)
    space.define(
      fact,
      Definition(
        range: expression.range, isOfList: false, arguments: terms, value: value,
        axioms: { _ in [] }))
    let open = terms.indices.filter { terms[$0].value == nil }
    if Self.risingFunctions.contains(where: name.hasPrefix), open == [0],
      let single = terms[0].fact
    {
      space.setRising(fact, with: single) { number in
        var operands = terms.map { $0.value?.floor ?? 0 }
        operands[open[0]] = number
        return value(operands) ?? Stretches.infinity
      }
    } else if let few = Self.fewValues(of: expression) {
      _ = space.fact(
        .result(key), scale(of: expression.type, currency: nil), few, label: "")
    }
    return Linear(fact)
  }

  /// Functions that never fall while their first operand rises, and have a value for each.
  private static let risingFunctions = [
    "addMonths", "endOfMonth", "monthOf", "endOfQuarter", "firstDay", "lastDay", "year",
  ]

  private static func fewValues(of expression: TypedExpression) -> Stretches? {
    guard case .datePart(let part, _) = expression.kind else { return nil }
    let range: ClosedRange<Int>
    switch part {
    case .day: range = 1...31
    case .month: range = 1...12
    case .weekday: range = 1...7
    case .quarter: range = 1...4
    case .halfYear: range = 1...2
    default: return nil
    }
    return Stretches(values: range.map { Decimal($0).units })
  }

  private static func day(_ number: Int128) -> Day { Day(number: Int(clamping: number)) }

  /// A number without a fraction, in its units.
  static func whole(_ units: Int128) -> Int? {
    units % Decimal.one == 0 ? Int(exactly: units / Decimal.one) : nil
  }

  /// A day or month so many later or earlier.
  private func addDays(
    _ date: TypedExpression, _ count: TypedExpression, _ negated: Bool,
    _ expression: TypedExpression, _ names: Names
  ) -> Scalar {
    let sign = Fraction(negated ? -1 : 1, over: Decimal.one)
    return join(scalar(date, names), scalar(count, names), expression) { day, number in
      if let value = number.value, value.numerator % Decimal.one != 0 { return .failure }
      guard let sign, let days = number.multiplied(by: sign) else { return nil }
      if days.isWhole { return day.adding(days).map { Scalar($0) } }
      // A count that may have a fraction, which is an error.
      return self.applied("addDays\(negated)", [day, number], expression) { operands in
        guard let count = Self.whole(operands[1]) else { return nil }
        let day = operands[0] + Int128(negated ? -count : count)
        return self.resultLine(of: expression.type).contains(day) ? day : nil
      }.map { self.mayFail($0, expression) }
    }
  }

  private static func part(
    _ part: TypedExpression.DatePart, _ number: Int128, _ isMonth: Bool
  ) -> Int128? {
    let month = isMonth ? Month(number: Int(clamping: number)) : Month(of: day(number))
    switch part {
    case .day: return Decimal(day(number).parts.day).units
    case .weekday: return Decimal(day(number).weekday).units
    case .endOfMonth: return Int128(day(number).endOfMonth.number)
    case .monthOf: return Int128(month.number)
    case .month: return Decimal(month.month).units
    case .year: return Decimal(month.year).units
    case .quarter: return Decimal((month.month + 2) / 3).units
    case .halfYear: return Decimal((month.month + 5) / 6).units
    case .firstDay: return Int128(month.firstDay.number)
    case .lastDay: return Int128(month.lastDay.number)
    case .endOfQuarter:
      let last = (month.month + 2) / 3 * 3
      return Month(year: month.year, month: last).map { Int128($0.lastDay.number) }
    }
  }

  private static func apply(_ function: DateFunction, _ a: Int128, _ b: Int128) -> Int128? {
    switch function {
    case .addToMonth, .subtractFromMonth, .monthsBetween: return nil
    case .dayOfMonth:
      guard let day = whole(a) else { return nil }
      return Month(number: Int(clamping: b)).day(day).map { Int128($0.number) }
    }
  }

  // MARK: Calendars and rates

  private func business(
    _ kind: BusinessFunction, _ reference: Reference, _ operands: [TypedExpression],
    _ expression: TypedExpression, _ names: Names
  ) -> Symbol {
    let calendar = set.policies[reference.policy].calendars[reference.index]
    let name =
      "\(kind)@\(set.policies[reference.policy].name).\(calendar.name)\(Self.print(calendar))"
    let days = calendar.days
    let result = function(name, operands, expression, names) { numbers in
      let first = Self.day(numbers[0])
      switch kind {
      case .isBusinessDay: return days.isBusinessDay(first).map { $0 ? 1 : 0 }
      case .between:
        return days.businessDays(from: first, to: Self.day(numbers[1])).map { Decimal($0).units }
      case .add, .subtract:
        guard let count = Self.whole(numbers[1]) else { return nil }
        return days.adding(kind == .add ? count : -count, to: first).map { Int128($0.number) }
      }
    }
    // A day that the calendar does not know is an error.
    var scalar = result
    let failure = self.result(
      "\(name)!\(key(of: .scalar(result)))", .truth, Stretches(0, 1), expression)
    var fails = outside(calendar, operands[0], names)
    switch kind {
    case .isBusinessDay: break
    case .between: fails = formulas.or(fails, outside(calendar, operands[1], names))
    // So many days later may lie outside too.
    case .add, .subtract: fails = formulas.or(fails, formulas.inside(failure, Stretches(1)))
    }
    // Where an operand is not known, no day is looked up.
    fails = formulas.and(fails, formulas.any(scalar.cases.map(\.when)))
    scalar.error = formulas.or(scalar.error, fails)
    scalar.cases = merged(
      scalar.cases.map { .init(when: formulas.and($0.when, fails.negated), term: $0.term) })
    guard kind == .isBusinessDay else { return .scalar(scalar) }
    let yes = formulas.any(
      scalar.cases.map { formulas.and($0.when, equal($0.term, Linear(1))) })
    let no = formulas.any(scalar.cases.map { formulas.and($0.when, equal($0.term, Linear(0))) })
    return .truth(Truth(yes: yes, no: no, error: scalar.error))
  }

  /// What tells two calendars of one name apart.
  private static func print(_ calendar: TypedCalendar) -> String {
    let lines = calendar.lines.map { "\($0.isHoliday)\($0.from.number)-\($0.until.number)" }
    return
      "[\(calendar.from.number)-\(calendar.until.number)|\(calendar.weekend.sorted())|\(lines)]"
  }

  /// When a day lies outside the calendar.
  private func outside(
    _ calendar: TypedCalendar, _ day: TypedExpression, _ names: Names
  ) -> Formula {
    let value = scalar(day, names)
    let first = Linear(Int128(calendar.from.number))
    let last = Linear(Int128(calendar.until.number))
    return formulas.any(
      value.cases.map { one in
        formulas.and(
          one.when,
          formulas.or(
            order(one.term, first, isStrict: true), order(last, one.term, isStrict: true)))
      })
  }

  /// An amount in the policy's currency stays what it is; one in another becomes something that is not known.
  private func convert(
    _ amount: TypedExpression, _ reference: Reference, _ expression: TypedExpression,
    _ names: Names
  ) -> Symbol {
    let owner = set.policies[reference.policy]
    let rates = owner.rates[reference.index]
    let foreign = opaque(expression, names)
    guard owner.currency == rates.currency else { return foreign }
    let own = scalar(amount, names)
    let isForeign = formulas.inside(
      result("foreign(\(key(of: .scalar(own))))", .truth, Stretches(0, 1), expression),
      Stretches(1))
    return choose(
      Truth(yes: isForeign, no: isForeign.negated), .scalar(foreign.scalar), .scalar(own))
  }

  // MARK: Texts

  func textOperation(_ expression: TypedExpression, _ names: Names) -> Symbol? {
    switch expression.kind {
    case .matches(let text, let pattern):
      let wishes = { (wanted: Int128) -> [String] in
        wanted == 1 ? pattern.examples(on: nil) : [pattern.example(0) + "-", "-"]
      }
      return .truth(
        textTruth("matches(\(pattern.text))", [text], expression, names, wishes) { texts in
          let bytes = texts[0]
          return pattern.matches(bytes.span)
        })
    case .patternPart(let part, let text, let pattern):
      return patternPart(part, text, pattern, expression, names)
    case .textTest(let test, let a, let b):
      return .truth(
        textTruth("\(test)", [a, b], expression, names, nil) { texts in
          switch test {
          case .startsWith: texts[0].starts(with: texts[1])
          case .endsWith: texts[0].reversed().starts(with: texts[1].reversed())
          case .contains: Self.contains(texts[0], texts[1])
          }
        })
    default: return nil
    }
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= text.count else { return false }
    return (0...text.count - part.count).contains {
      text[$0..<$0 + part.count].elementsEqual(part)
    }
  }

  /// A test of texts: decided for the texts that a policy names, open for all others.
  private func textTruth(
    _ name: String, _ operands: [TypedExpression], _ expression: TypedExpression, _ names: Names,
    _ wishes: ((Int128) -> [String])?, _ test: @escaping ([[UInt8]]) -> Bool
  ) -> Truth {
    let values = operands.map { scalar($0, names) }
    let key = "\(name)(\(values.map { self.key(of: .scalar($0)) }.joined(separator: ",")))"
    let fact = result(key, .truth, Stretches(0, 1), expression)
    if let wishes, values.count == 1 {
      defineByText(fact, values[0], expression, wishes) { test([Array($0.utf8)]) ? 1 : 0 }
    }
    let error = formulas.any(values.map(\.error))
    let unknown = formulas.and(formulas.any(values.map(\.unknown)), error.negated)
    let known = formulas.and(error.negated, unknown.negated)
    let yes = formulas.inside(fact, Stretches(1))
    // Every case that is a literal is decided.
    var decided: [(when: Formula, holds: Bool)] = []
    for first in values[0].cases {
      let others = values.count > 1 ? values[1].cases : [Scalar.Case(when: .yes, term: Linear(0))]
      for second in others {
        let terms = values.count > 1 ? [first.term, second.term] : [first.term]
        let texts = terms.compactMap { term in
          term.value.flatMap { self.space.name($0.floor, in: .texts) }.map { Array($0.utf8) }
        }
        guard texts.count == terms.count else { continue }
        decided.append((formulas.and(first.when, second.when), test(texts)))
      }
    }
    for (when, holds) in decided {
      space.add(
        axiom: formulas.implies(when, holds ? yes : yes.negated), formulas)
    }
    return Truth(
      yes: formulas.and(known, yes), no: formulas.and(known, yes.negated), error: error)
  }

  /// The day or the serial in a text: a result of its own, an error where the text does not match.
  private func patternPart(
    _ part: TypedExpression.PatternPart, _ text: TypedExpression, _ pattern: TextPattern,
    _ expression: TypedExpression, _ names: Names
  ) -> Symbol {
    let operand = scalar(text, names)
    let key = "\(expression.formName)(\(key(of: .scalar(operand))))"
    let found = opaque(expression.type, key: key, expression, of: [.scalar(operand)])
    let read = { (text: String) -> Int128? in
      let bytes = Array(text.utf8)
      guard let reading = pattern.read(bytes.span) else { return nil }
      switch part {
      case .date: return reading.date.map { Int128($0.number) }
      case .serial: return reading.serial.map { Decimal($0).units }
      }
    }
    guard let fact = space.existing(.result(key)) else { return found }
    defineByText(
      fact, operand, expression,
      { wanted in
        part == .date
          ? pattern.examples(on: Day(number: Int(clamping: wanted))) : pattern.examples(on: nil)
      }, read)
    if let failure = space.existing(.result("\(key)!")) {
      defineByText(
        failure, operand, expression,
        { $0 == 0 ? pattern.examples(on: nil) : [pattern.example(0) + "-", "-"] },
        { read($0) == nil ? 1 : 0 })
    }
    return found
  }

  /// Says how a result follows from a text, and which texts give it.
  private func defineByText(
    _ fact: FactID, _ operand: Scalar, _ expression: TypedExpression,
    _ wishes: @escaping (Int128) -> [String], _ value: @escaping (String) -> Int128?
  ) {
    guard operand.cases.count == 1, let term = operand.cases.first?.term, let text = term.fact
    else {
      return
    }
    let space = space
    space.define(
      fact,
      Definition(
        range: expression.range, isOfList: false, arguments: [term],
        value: { value(space.text($0[0], of: text)) },
        wishes: { wanted in wishes(wanted).map { space.code($0, in: .texts) } },
        axioms: { _ in [] }))
  }

  func isBlank(_ value: Symbol, _ type: ValueType) -> Truth {
    guard type.unwrapped == .text || type.unwrapped == .person else {
      let (absent, unknown, error) = standing(value)
      return Truth(
        yes: absent, no: formulas.all([absent.negated, unknown.negated, error.negated]),
        error: error)
    }
    let a = value.scalar
    let family: Fact.Family = type.unwrapped == .person ? .persons : .texts
    let blank = Stretches(values: [Space.blank, space.code("", in: family)])
    let yes = formulas.any(
      a.cases.map { one in
        if let value = one.term.value { return blank.contains(value.floor) ? one.when : .no }
        guard let fact = one.term.fact else { return .no }
        return formulas.and(one.when, formulas.inside(fact, blank))
      } + [a.absent])
    return Truth(
      yes: yes, no: formulas.all([yes.negated, a.unknown.negated, a.error.negated]), error: a.error)
  }
}
