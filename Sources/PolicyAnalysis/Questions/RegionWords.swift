/// Regions in words: `grade is B, order.amount above 50,000.00 CNY up to 80,000.00 CNY`.
internal import PolicyEngine
internal import PolicyRuntime
internal import PolicySource

/// Says what a region is.
struct RegionWords {
  let context: Context
  private var space: Space { context.space }
  private var formulas: Formulas { context.formulas }

  /// The conditions of a region, facts of the request first.
  func words(_ cube: Cube, _ finder: RegionFinder) -> [Phrase] {
    let (sets, others) = finder.sets(of: cube)
    let told = sets.keys + others.flatMap { formulas.facts(of: $0) }
    let values = Set(
      told.compactMap { if case .input(let path) = space[$0].role { path } else { nil } })
    var result: [Phrase] = []
    for (fact, set) in sets.sorted(by: { $0.key < $1.key }) {
      // What has a value is known.
      if case .unknown(let path) = space[fact].role, !set.contains(1), values.contains(path) {
        continue
      }
      result.append(words(fact, set))
    }
    for literal in others.sorted(by: { $0.code < $1.code }) { result.append(words(literal)) }
    return result
  }

  // MARK: One fact

  func words(_ fact: FactID, _ set: Stretches) -> Phrase {
    let about = space[fact]
    let name = Phrase.verbatim(name(of: fact))
    switch about.role {
    case .unknown:
      return set.contains(1) ? AnalysisMessages.isUnknown(name) : AnalysisMessages.isKnown(name)
    case .absent:
      return set.contains(1) ? AnalysisMessages.isAbsent(name) : AnalysisMessages.isPresent(name)
    case .count: return count(name, set)
    case .cleared:
      return set.contains(1)
        ? AnalysisMessages.isCleared(name) : AnalysisMessages.isNotCleared(name)
    case .approved:
      return set.contains(1)
        ? AnalysisMessages.isApproved(name) : AnalysisMessages.isNotApproved(name)
    case .refused:
      return set.contains(1)
        ? AnalysisMessages.isRefused(name) : AnalysisMessages.isNotRefused(name)
    case .history:
      return set.contains(1) ? AnalysisMessages.hasHistory : AnalysisMessages.hasNoHistory
    case .asOf: if let days = days(fact, set) { return days }
    case .input, .today, .result: break
    }
    if let state = state(name, about.role, set) { return state }
    if about.scale == .truth {
      // Facts of the request have names, other conditions are expressions.
      let isFact = if case .input = about.role { true } else { false }
      if set == Stretches(1) {
        return isFact ? AnalysisMessages.isTrue(name) : AnalysisMessages.holds(name)
      }
      if set == Stretches(0) {
        return isFact ? AnalysisMessages.isFalse(name) : AnalysisMessages.holdsNot(name)
      }
      if set == Stretches(3) { return AnalysisMessages.fails(name) }
      // A test over a list may also be unknown or an error: what is left of yes and no counts.
      return set.contains(1) ? AnalysisMessages.holds(name) : AnalysisMessages.holdsNot(name)
    }
    if case .names(let family) = about.scale { return names(name, fact, set, family) }
    let whole = space.domain(of: fact)
    let parts = set.parts.map { part in stretch(name, fact, part, whole) }
    return parts.dropFirst().reduce(parts.first ?? name) { AnalysisMessages.or($0, $1) }
  }

  /// Whether a result is known and no error; nil when it is its value that is asked for.
  private func state(_ name: Phrase, _ role: Fact.Role, _ set: Stretches) -> Phrase? {
    guard case .result(let key) = role, let mark = key.last else { return nil }
    switch mark {
    case "?":
      return set.contains(0) ? AnalysisMessages.isKnown(name) : AnalysisMessages.isUnknown(name)
    case "!":
      if !set.contains(0) {
        return set == Stretches(2) ? AnalysisMessages.isUnknown(name) : AnalysisMessages.fails(name)
      }
      return set.contains(2) ? AnalysisMessages.failsNot(name) : AnalysisMessages.isKnown(name)
    default: return nil
    }
  }

  /// The days on which a case is decided: `from 2027-01-01`; nil for several stretches.
  private func days(_ fact: FactID, _ set: Stretches) -> Phrase? {
    guard set.parts.count == 1, let part = set.parts.first,
      let ends = space.domain(of: fact).ends
    else { return nil }
    let (low, high) = (value(part.low, .date), value(part.high, .date))
    if part.low == part.high { return AnalysisMessages.onDay(low) }
    switch (part.low <= ends.low, part.high >= ends.high) {
    case (true, true): return nil
    case (false, true): return AnalysisMessages.fromDay(low)
    case (true, false): return AnalysisMessages.untilDay(high)
    case (false, false): return AnalysisMessages.fromDayUntil(low, high)
    }
  }

  /// What a fact is called: its path, or the expression that it is the result of.
  func name(of fact: FactID) -> String {
    switch space[fact].role {
    case .input(let path), .unknown(let path), .absent(let path), .count(let path),
      .cleared(let path), .approved(let path), .refused(let path):
      // An item that stands for any.
      path.replacing(/\[\*[0-9]+\]/, with: "[…]")
    case .asOf: "as of"
    case .today: "today"
    case .history: "history"
    case .result:
      space[fact].label.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        + (context.side(of: fact).map { " (\($0.rawValue))" } ?? "")
    }
  }

  private func count(_ name: Phrase, _ set: Stretches) -> Phrase {
    guard let ends = set.ends else { return name }
    if ends.high == 0 { return AnalysisMessages.isEmpty(name) }
    return AnalysisMessages.hasItems(name, "\(ends.low)")
  }

  private func names(
    _ name: Phrase, _ fact: FactID, _ set: Stretches, _ family: Fact.Family
  ) -> Phrase {
    let known = space.named(family).filter { space.domain(of: fact).contains($0) }
    let inside = known.filter(set.contains).compactMap { space.name($0, in: family) }
    let outside = known.filter { !set.contains($0) }.compactMap { space.name($0, in: family) }
    let isOpen = family == .texts || family == .persons
    let quoted = { (names: [String]) -> Phrase in
      let shown = isOpen ? names.map { "\"\($0)\"" } : names
      let phrases = shown.map { Phrase.verbatim($0) }
      return phrases.dropFirst().reduce(phrases.first ?? "") { AnalysisMessages.or($0, $1) }
    }
    if isOpen, set.count(limit: 1_000) >= 1_000 || inside.isEmpty {
      return outside.isEmpty
        ? AnalysisMessages.isOneOf(name, AnalysisMessages.other)
        : AnalysisMessages.isNoneOf(name, quoted(outside))
    }
    if inside.count > 3, outside.count < inside.count {
      return AnalysisMessages.isNoneOf(name, quoted(outside))
    }
    return AnalysisMessages.isOneOf(name, quoted(inside))
  }

  private func stretch(
    _ name: Phrase, _ fact: FactID, _ part: Stretch, _ whole: Stretches
  ) -> Phrase {
    let scale = space[fact].scale
    let isDay = scale == .date || scale == .month || scale == .time
    let ends = whole.ends ?? (part.low, part.high)
    let (opens, closes) = (part.low <= ends.low, part.high >= ends.high)
    if part.low == part.high {
      return AnalysisMessages.equals(name, value(part.low, scale))
    }
    if opens, closes { return AnalysisMessages.anything(name) }
    let isOver = !isDay && !Self.isRound(part.low) && Self.isRound(part.low - 1)
    let isUnder = !isDay && !Self.isRound(part.high) && Self.isRound(part.high + 1)
    let low = value(isOver ? part.low - 1 : part.low, scale)
    let high = value(isUnder ? part.high + 1 : part.high, scale)
    if closes {
      return isOver ? AnalysisMessages.above(name, low) : AnalysisMessages.from(name, low)
    }
    if opens {
      return isUnder ? AnalysisMessages.below(name, high) : AnalysisMessages.upTo(name, high)
    }
    switch (isOver, isUnder) {
    case (true, false): return AnalysisMessages.aboveUpTo(name, low, high)
    case (true, true): return AnalysisMessages.aboveBelow(name, low, high)
    case (false, false): return AnalysisMessages.fromUpTo(name, low, high)
    case (false, true): return AnalysisMessages.fromBelow(name, low, high)
    }
  }

  /// Whether a number is written with fewer digits than its neighbours.
  private static func isRound(_ value: Int128) -> Bool { value % 10 == 0 }

  /// A value as people write it.
  func value(_ value: Int128, _ scale: Fact.Scale) -> String {
    switch scale {
    case .truth: return value == 1 ? "true" : "false"
    case .number: return Decimal(units: value).text()
    case .percent:
      return Decimal(units: value).multiplied(by: Decimal(100)).map { $0.text() + "%" } ?? "?"
    case .money(let currency):
      let text = Decimal(units: value).text(minimum: 2)
      return currency.map { Self.grouped("\(text) \($0)") } ?? text
    case .date: return Day(number: Int(clamping: value)).text
    case .month: return Month(number: Int(clamping: value)).text
    case .time: return TimeOfDay(minutes: Int(clamping: value)).text
    case .names(let family): return space.name(value, in: family) ?? "…"
    }
  }

  /// `12,000.00`.
  static func grouped(_ text: String) -> String { FigureText.grouped(text) ?? text }

  /// A term as people write it: `50,000.00 CNY`, `customer.cap × 0.3 + 5,000.00 CNY`.
  func term(_ term: Linear, _ scale: Fact.Scale) -> String {
    if let whole = term.value { return value(whole.floor, scale) }
    var parts = term.factors.map { factor in
      let by = factor.by
      if by == .one { return name(of: factor.fact) }
      let number = by.denominator == 1 ? "\(by.numerator)" : "\(by.numerator)/\(by.denominator)"
      return "\(name(of: factor.fact)) × \(number)"
    }
    if term.constant != .zero { parts.append(value(term.constant.floor, scale)) }
    return parts.joined(separator: " + ")
  }

  // MARK: Several facts

  private func words(_ literal: Formula) -> Phrase {
    guard case .atom(.inequality(let inequality)) = formulas[literal] else { return "" }
    var left: [String] = []
    var right: [String] = []
    let first = inequality.factors[0].fact
    var scale = space[first].scale
    for factor in inequality.factors {
      if case .money = space[factor.fact].scale { scale = space[factor.fact].scale }
    }
    // Days beside days: the constant is a number of days.
    let days = inequality.factors.allSatisfy { space[$0.fact].scale == .date }
    for factor in inequality.factors {
      let name = name(of: factor.fact)
      let by = abs(factor.by)
      let term = by == 1 ? name : "\(by) × \(name)"
      if factor.by > 0 { left.append(term) } else { right.append(term) }
    }
    var bound = inequality.bound
    // Above a bound is at least the next number; a bound that is no round number was meant as the next one.
    if bound == -1 || (!days && bound % 10 == 9) {
      bound += 1
      return comparison(left, right, bound, scale, days, literal.isNegated ? .atLeast : .below)
    }
    return comparison(left, right, bound, scale, days, literal.isNegated ? .above : .atMost)
  }

  private enum Relation { case above, atLeast, below, atMost }

  private func comparison(
    _ left: [String], _ right: [String], _ bound: Int128, _ scale: Fact.Scale, _ days: Bool,
    _ relation: Relation
  ) -> Phrase {
    var (left, right) = (left, right)
    if bound != 0 {
      let words = days ? "\(abs(bound)) d" : value(abs(bound), scale)
      if bound > 0 { right.append(words) } else { left.append(words) }
    }
    let first = left.isEmpty ? "0" : left.joined(separator: " + ")
    let second = right.isEmpty ? "0" : right.joined(separator: " + ")
    switch relation {
    case .above: return .verbatim("\(first) > \(second)")
    case .atLeast: return .verbatim("\(first) >= \(second)")
    case .below: return .verbatim("\(first) < \(second)")
    case .atMost: return .verbatim("\(first) <= \(second)")
    }
  }
}
