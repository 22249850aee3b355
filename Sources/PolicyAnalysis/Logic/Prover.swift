/// Proves that conditions never hold together, or finds a request that shows that they do.
///
/// A proof looks at results as free facts: when nothing fits even so, nothing fits. What was found is made whole for
/// a request: lists get a few items, products and parts of days their values. Then the request is run, and only what
/// the machine confirms is shown.
internal import PolicyRuntime

/// What is known of a question.
enum Proof {
  /// It never holds: proved for all inputs.
  case never
  /// A request for which it holds, confirmed by the machine.
  case shown(Witness)
  /// Neither.
  case open
}

/// Answers questions of one context.
final class Prover {
  let context: Context
  let solver: Solver

  /// How many items the lists of a witness may have, in the order in which they are tried.
  private static let itemCounts = [1, 2, 3]
  /// How many times values are put in for results before a question is given up.
  var patience = 40
  /// How often they may be put in for all questions together.
  var budget = Int.max
  private var attempts = 0

  init(_ context: Context) {
    self.context = context
    solver = Solver(context.formulas, context.space)
  }

  private var formulas: Formulas { context.formulas }
  private var space: Space { context.space }

  /// Whether nothing makes all of these true.
  func isNever(_ goals: [Formula]) -> Bool { solver.isImpossible(goals) }

  /// A request for which all of these hold and which the machine confirms.
  func prove(_ goals: [Formula], _ confirm: ([FactID: Int128]) -> Witness?) -> Proof {
    switch solver.solve(goals) {
    case .none: return .never
    case .undecided: return .open
    case .found: break
    }
    for count in Self.itemCounts {
      let (whole, hasLists) = unrolled(goals, items: count)
      attempts = 0
      if let witness = complete(whole, confirm) { return .shown(witness) }
      if !hasLists { break }
    }
    return .open
  }

  // MARK: Lists

  /// The goals with what lists of so many items say of every result that is made of lists.
  private func unrolled(_ goals: [Formula], items: Int) -> (goals: [Formula], hasLists: Bool) {
    var result = goals
    var seen: Set<FactID> = []
    var hasLists = false
    while true {
      let facts = involved(result).subtracting(seen)
      if facts.isEmpty { return (result, hasLists) }
      seen.formUnion(facts)
      for fact in facts.sorted() {
        guard let definition = space.definitions[fact], definition.isOfList else { continue }
        hasLists = true
        result += definition.axioms(items)
      }
    }
  }

  /// The facts that goals speak of, with what always holds of them and what results are made of.
  private func involved(_ goals: [Formula]) -> Set<FactID> {
    let all = goals + space.axioms(for: goals, formulas)
    var facts = Set(all.flatMap { formulas.facts(of: $0) })
    var open = Array(facts)
    while let fact = open.popLast() {
      for term in space.definitions[fact]?.arguments ?? [] {
        for factor in term.factors where facts.insert(factor.fact).inserted {
          open.append(factor.fact)
        }
      }
    }
    return facts
  }

  /// What always holds of the results that a condition hangs on, in lists of so many items.
  func unrolled(_ goal: Formula, items: Int) -> [Formula] {
    unrolled([goal], items: items).goals.filter { $0 != goal }
  }

  // MARK: Results

  /// Solves, puts in the first result that has another value than its operands give, and solves again.
  private func complete(
    _ goals: [Formula], _ confirm: ([FactID: Int128]) -> Witness?
  ) -> Witness? {
    attempts += 1
    budget -= 1
    guard budget >= 0, attempts <= patience,
      case .found(var values) = solver.solve(goals, within: .attempt)
    else { return nil }
    let results = involved(goals).filter { fact in
      space.definitions[fact].map { !$0.arguments.isEmpty } ?? false
    }
    for fact in results.sorted() {
      guard let definition = space.definitions[fact] else { continue }
      let operands = definition.arguments.map { value(of: $0, &values) }
      let result = definition.value(operands)
      if let result, values[fact] == nil || values[fact] == result {
        values[fact] = result
        continue
      }
      for alternative in alternatives(definition, fact, operands, values[fact]) {
        if let witness = complete(goals + alternative, confirm) { return witness }
        if attempts > patience || budget < 0 { return nil }
      }
      return nil
    }
    return confirm(values)
  }

  private func value(of term: Linear, _ values: inout [FactID: Int128]) -> Int128 {
    var sum = term.constant
    for factor in term.factors {
      let own = values[factor.fact] ?? space.plainest(factor.fact, space.domain(of: factor.fact))
      values[factor.fact] = own
      guard let product = Fraction(own).multiplied(by: factor.by), let next = sum.adding(product)
      else { continue }
      sum = next
    }
    return sum.floor
  }

  /// Ways to make a result agree with its operands.
  private func alternatives(
    _ definition: Definition, _ fact: FactID, _ operands: [Int128], _ wanted: Int128?
  ) -> [[Formula]] {
    var result: [[Formula]] = []
    let open = definition.arguments.indices.filter { definition.arguments[$0].value == nil }
    if let slice = definition.slice {
      for place in open.reversed() {
        for value in [operands[place], 100_000_000, 1_000_000_000, 10_000_000_000] {
          guard let term = slice(place, value) else { continue }
          result.append(
            [equal(definition.arguments[place], value)] + near(fact, term))
        }
      }
    }
    if let wanted {
      for place in open {
        result += near(definition, fact, operands, place, wanted)
      }
    }
    if let value = definition.value(operands) {
      result.append(
        open.map { equal(definition.arguments[$0], operands[$0]) } + [
          formulas.pinned(fact, to: value)
        ])
    }
    return result
  }

  /// Ways to make a result what is wanted by another value of one operand.
  private func near(
    _ definition: Definition, _ fact: FactID, _ operands: [Int128], _ place: Int, _ wanted: Int128
  ) -> [[Formula]] {
    var candidates: [Int128] = []
    if definition.arguments.filter({ $0.value == nil }).count == 1 {
      candidates += definition.wishes?(wanted) ?? []
      if let rising = space.rising[fact], let ends = space.domain(of: rising.of).ends {
        candidates += Self.around(wanted, ends, rising.value)
      }
    }
    // Numbers go by ones, days and months one by one.
    let isNumber = definition.arguments[place].factors.first.map { space[$0.fact].scale == .number }
    let step = isNumber == true ? Decimal.one : 1
    for distance in 0...800 {
      candidates.append(operands[place] + Int128(distance) * step)
      candidates.append(operands[place] - Int128(distance) * step)
    }
    var result: [[Formula]] = []
    for value in candidates {
      var tried = operands
      tried[place] = value
      guard result.count < 4, definition.value(tried) == wanted else { continue }
      let others = definition.arguments.indices.filter {
        $0 != place && definition.arguments[$0].value == nil
      }
      result.append(
        others.map { equal(definition.arguments[$0], operands[$0]) } + [
          equal(definition.arguments[place], value), formulas.pinned(fact, to: wanted),
        ])
    }
    return result
  }

  /// The numbers at which a function that never falls comes to a value.
  private static func around(
    _ wanted: Int128, _ ends: (low: Int128, high: Int128), _ value: (Int128) -> Int128
  ) -> [Int128] {
    var (low, high) = ends
    while low < high {
      let middle = low + (high - low) / 2
      if value(middle) >= wanted { high = middle } else { low = middle + 1 }
    }
    return [low, low + 1]
  }

  private func equal(_ term: Linear, _ value: Int128) -> Formula {
    guard let difference = term.subtracting(Linear(value)),
      let least = formulas.compare(difference, isStrict: false),
      let most = formulas.compare(difference.negated, isStrict: false)
    else { return .no }
    return formulas.and(least, most)
  }

  /// A fact is a term but for rounding.
  private func near(_ fact: FactID, _ term: Linear) -> [Formula] {
    guard let half = Fraction(1, over: 2), let difference = Linear(fact).subtracting(term),
      let above = difference.subtracting(Linear(half)),
      let below = difference.negated.subtracting(Linear(half)),
      let first = formulas.compare(above, isStrict: false),
      let second = formulas.compare(below, isStrict: false)
    else { return [.no] }
    return [first, second]
  }
}
