/// Rates of currencies, amounts converted by them, and what is taken out of patterned texts.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Checks the rates of all policies.
  func checkRates() {
    for (policy, tree) in trees.enumerated() {
      var index = 0
      for declaration in tree.declarations {
        guard case .rates(var rates) = declaration else { continue }
        if let sheet = rates.sheet { rates.lines += rateLines(sheet, of: rates.name, in: policy) }
        checkRates(rates, &set.policies[policy].rates[index], in: policy)
        index += 1
      }
    }
  }

  private func checkRates(_ tree: RatesTree, _ rates: inout TypedRates, in policy: Int) {
    if rates.currency.isEmpty { report(.ratesWithoutCurrency(tree.name)) }
    var lines: [(line: TypedRates.Line, isOpen: Bool, range: SourceRange)] = []
    for line in tree.lines {
      if line.currency.text == rates.currency {
        report(.rateOfOwnCurrency(line.currency))
        continue
      }
      guard let (from, until) = days(line.from, line.until),
        case .number(let rate) = constant(line.rate, .number, in: policy)
      else { continue }
      guard rate > .zero else {
        report(.rateNotPositive(line.rate.range))
        continue
      }
      let isOpen = line.until == nil
      lines.append(
        (
          TypedRates.Line(
            currency: line.currency.text, from: from, until: isOpen ? .last : until, rate: rate),
          isOpen, line.range
        ))
    }
    lines.sort { ($0.line.currency, $0.line.from) < ($1.line.currency, $1.line.from) }
    for (index, entry) in lines.enumerated() {
      var until = entry.line.until
      if index + 1 < lines.count, lines[index + 1].line.currency == entry.line.currency {
        let next = lines[index + 1]
        if next.line.from == entry.line.from || !entry.isOpen && next.line.from <= until {
          report(.ratesOverlap(next.range, entry.line.currency, first: entry.range))
        } else if entry.isOpen {
          until = Day(number: next.line.from.number - 1)
        }
      }
      rates.lines.append(
        TypedRates.Line(
          currency: entry.line.currency, from: entry.line.from, until: until,
          rate: entry.line.rate))
    }
  }

  /// Reports a conversion that makes an amount of more than cents and is not rounded.
  func requireRounded(_ figure: TypedExpression?) {
    guard let figure, figure.type.unwrapped == .money, let place = unrounded(figure) else { return }
    report(.unroundedConversion(place))
  }

  /// The first conversion whose unrounded amount becomes part of an expression.
  private func unrounded(_ expression: TypedExpression) -> SourceRange? {
    switch expression.kind {
    case .convert: return expression.range
    case .round: return nil
    case .lookup(_, _, _, let fallback): return fallback.flatMap(unrounded)
    case .call(let reference, _):
      let defines = set.policies[reference.policy].defines
      guard defines.indices.contains(reference.index) else { return nil }
      return unrounded(defines[reference.index].body) == nil ? nil : expression.range
    default: break
    }
    var found: SourceRange?
    expression.visitChildren { child in
      if found == nil, child.type.unwrapped == .money { found = unrounded(child) }
    }
    return found
  }
}

extension ExpressionChecker {
  /// `amount in CNY …`.
  func conversion(_ tree: ConversionTree, _ range: SourceRange) -> TypedExpression? {
    let amount = typed(tree.amount, .money)
    let day = tree.on.flatMap { typed($0, .date) }
    let rates = owner.dated(tree.rates, in: policy, at: range, what: .rates)
    let rounding = tree.rounding.flatMap(self.rounding)
    guard let rates else { return nil }
    let known = owner.set.policies[rates.policy].rates[rates.index]
    guard known.currency == tree.currency.text || known.currency.isEmpty else {
      report(.wrongConversion(tree.currency, rates: known.name, currency: known.currency))
      return nil
    }
    guard let amount, tree.on == nil || day != nil else { return nil }
    let converted = TypedExpression(.convert(amount, rates: rates, on: day), .money, range)
    guard tree.rounding != nil else { return converted }
    return rounding.map {
      TypedExpression(.round(converted, places: $0.places, $0.direction), .money, range)
    }
  }

  private func rounding(
    _ tree: ConversionTree.Rounding
  ) -> (places: Int, direction: Decimal.Rounding)? {
    guard case .number(let digits) = tree.places.kind, let places = Int(digits),
      (0...8).contains(places), let direction = Self.roundings[tree.function]
    else {
      if case .missing = tree.places.kind { return nil }
      report(.badPlaces(tree.places.range))
      return nil
    }
    return (places, direction)
  }

  // MARK: Patterned texts

  /// `date of order.number`, `serial of order.number`.
  func patternPart(
    _ part: ExpressionTree.PatternPart, _ inner: ExpressionTree, _ range: SourceRange
  ) -> TypedExpression? {
    guard let text = typed(inner, .text) else { return nil }
    let wanted = constraints(of: text).compactMap { constraint in
      if case .pattern(let pattern) = constraint { pattern } else { nil }
    }.first { part == .date ? $0.hasDate : $0.hasSerial }
    guard let pattern = wanted else {
      report(.noPattern(range, source(text.range), part))
      return nil
    }
    return part == .date
      ? TypedExpression(.patternPart(.date, text, pattern), .date, range)
      : TypedExpression(.patternPart(.serial, text, pattern), .number, range)
  }

  /// What a fact must satisfy by its declaration; nothing for what is computed.
  private func constraints(of fact: TypedExpression) -> [Constraint] {
    switch fact.kind {
    case .input(let at): return owner.set.policies[at.policy].inputs[at.index].field.constraints
    case .field(let record, let index):
      guard case .record(let id) = record.type.unwrapped else { return [] }
      return owner.set.types.records[id.index].fields[index].constraints
    default: return []
    }
  }
}
