/// The arithmetic that proofs rest on, against counting on small grids.
@testable import PolicyAnalysis
import PolicySource
import TestSupport
import Testing

@Suite struct StretchTests {
  /// Sets of the numbers 0…9 as sets and as stretches.
  private static func random(_ random: inout SplitMix64) -> Set<Int128> {
    let bits = random.next()
    return Set((0..<10).filter { bits >> UInt64($0) & 1 == 1 }.map { Int128($0) })
  }

  @Test func setsAreSets() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<2_000 {
      let (a, b) = (Self.random(&random), Self.random(&random))
      let (x, y) = (Stretches(values: a), Stretches(values: b))
      #expect(x.intersection(y) == Stretches(values: a.intersection(b)))
      #expect(x.union(y) == Stretches(values: a.union(b)))
      #expect(x.isSubset(of: y) == a.isSubset(of: b))
      #expect(x.complement.complement == x)
      #expect(x.complement.intersection(x).isEmpty)
      #expect(x.complement.union(x) == .all)
      #expect(x.count(limit: 100) == a.count)
      #expect(x.count(limit: 3) == min(3, a.count))
      for number in Int128(-1)...10 { #expect(x.contains(number) == a.contains(number)) }
    }
  }
}

@Suite struct FractionTests {
  @Test func sumsAndProductsAreExact() throws {
    for a in Int128(-6)...6 {
      for b in Int128(-4)...4 where b != 0 {
        let one = try #require(Fraction(a, over: b))
        #expect(one.denominator > 0)
        #expect(one.floor * b <= a && b > 0 || one.floor * b >= a && b < 0)
        #expect(one.ceiling - one.floor == (a % b == 0 ? 0 : 1))
        let other = try #require(Fraction(3, over: 4))
        #expect(one.adding(other) == Fraction(4 * a + 3 * b, over: 4 * b))
        #expect(one.multiplied(by: other) == Fraction(3 * a, over: 4 * b))
      }
    }
    #expect(Fraction(1, over: 0) == nil)
  }

  @Test func whatCannotBeHeldIsNil() {
    let great = Fraction(Stretches.infinity)
    #expect(great.adding(great) == nil)
    #expect(great.multiplied(by: great) == nil)
  }
}

@Suite struct SolverTests {
  /// Facts of four values each, and a random formula over them.
  private struct Puzzle {
    static let values = Int128(-1)...2
    let space = Space()
    let formulas: Formulas
    var facts: [FactID] = []
    var random: SplitMix64

    init(seed: UInt64) {
      random = SplitMix64(seed: seed)
      formulas = Formulas(space)
      for number in 0..<Int(2 + random.next() % 3) {
        facts.append(
          space.fact(
            .input("f\(number)"), .number,
            Stretches(Self.values.lowerBound, Self.values.upperBound),
            label: ""))
      }
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    /// A formula, and what it says of values.
    mutating func formula(_ depth: Int) -> (Formula, ([Int128]) -> Bool) {
      switch depth == 0 ? number(0...1) : number(0...5) {
      case 0:
        let fact = number(0...facts.count - 1)
        let set = Stretches(values: Self.values.filter { _ in number(0...1) == 1 })
        return (formulas.inside(facts[fact], set), { set.contains($0[fact]) })
      case 1:
        var term = Linear(Int128(number(-3...3)))
        var factors: [Int128] = []
        let constant = term.constant.numerator
        for fact in facts {
          let factor = Int128(number(-2...2))
          factors.append(factor)
          if let next = Linear(fact).multiplied(by: Fraction(factor)).flatMap({ term.adding($0) }) {
            term = next
          }
        }
        let isStrict = number(0...1) == 1
        let made = formulas.compare(term, isStrict: isStrict) ?? .no
        return (
          made,
          { values in
            let sum = zip(values, factors).reduce(constant) { $0 + $1.0 * $1.1 }
            return isStrict ? sum < 0 : sum <= 0
          }
        )
      case 2:
        let (inner, says) = formula(depth - 1)
        return (inner.negated, { !says($0) })
      case 3:
        let (a, x) = formula(depth - 1)
        let (b, y) = formula(depth - 1)
        return (formulas.differ(a, b), { x($0) != y($0) })
      default:
        let parts = (0..<number(2...3)).map { _ in formula(depth - 1) }
        let isAll = number(0...1) == 1
        return (
          isAll ? formulas.all(parts.map(\.0)) : formulas.any(parts.map(\.0)),
          { values in
            isAll ? parts.allSatisfy { $0.1(values) } : parts.contains { $0.1(values) }
          }
        )
      }
    }

    /// All values of all facts.
    var grid: [[Int128]] {
      facts.reduce([[]]) { rows, _ in rows.flatMap { row in Self.values.map { row + [$0] } } }
    }
  }

  @Test func theSolverFindsWhatCountingFinds() {
    var (never, found, open) = (0, 0, 0)
    for seed in UInt64(0)..<2_000 {
      var puzzle = Puzzle(seed: seed)
      var goals: [Formula] = []
      var tests: [([Int128]) -> Bool] = []
      for _ in 0..<puzzle.number(1...3) {
        let (goal, says) = puzzle.formula(3)
        goals.append(goal)
        tests.append(says)
      }
      let axiom = puzzle.formula(1)
      puzzle.space.add(axiom: axiom.0, puzzle.formulas)
      let asked = goals.contains { !puzzle.formulas.facts(of: $0).isEmpty }
      let all = tests + (asked ? [axiom.1] : [])
      let rows = puzzle.grid.filter { row in all.allSatisfy { $0(row) } }
      switch Solver(puzzle.formulas, puzzle.space).solve(goals) {
      case .none:
        never += 1
        // An axiom about other facts alone is not asked.
        let plain = puzzle.grid.filter { row in tests.allSatisfy { $0(row) } }
        #expect(rows.isEmpty || plain.isEmpty, "seed \(seed): \(rows)")
      case .found(let values):
        found += 1
        let completed = puzzle.facts.map { fact in
          values[fact] ?? puzzle.space.plainest(fact, puzzle.space.domain(of: fact))
        }
        #expect(completed.allSatisfy { Puzzle.values.contains($0) }, "seed \(seed)")
        #expect(tests.allSatisfy { $0(completed) }, "seed \(seed): \(completed)")
      case .undecided: open += 1
      }
    }
    #expect(never > 100 && found > 500, "\(never) never, \(found) found")
    #expect(open < 100, "\(open) open")
  }

  @Test func formulasSayWhatTheyAreMadeOf() {
    for seed in UInt64(0)..<500 {
      var puzzle = Puzzle(seed: seed)
      let (made, says) = puzzle.formula(3)
      for row in puzzle.grid {
        let values = Dictionary(uniqueKeysWithValues: zip(puzzle.facts, row))
        #expect(puzzle.formulas.holds(made, values) == says(row), "seed \(seed)")
      }
    }
  }

  /// Elimination says that there is nothing only where no fraction fits, and so no whole number.
  @Test func eliminationAgreesWithCounting() {
    var none = 0
    for seed in UInt64(0)..<2_000 {
      var random = SplitMix64(seed: seed)
      let facts = (0..<3).map { FactID(index: $0) }
      func number(_ range: ClosedRange<Int>) -> Int128 {
        Int128(Int.random(in: range, using: &random))
      }
      var rows = facts.flatMap { fact in
        [
          Inequality([.init(fact: fact, by: 1)], bound: 3),
          Inequality([.init(fact: fact, by: -1)], bound: 3),
        ]
      }
      for _ in 0..<4 {
        let factors = facts.map { Inequality.Factor(fact: $0, by: number(-3...3)) }
        rows.append(Inequality(factors.filter { $0.by != 0 }, bound: number(-6...6)))
      }
      var fits = false
      for x in Int128(-3)...3 {
        for y in Int128(-3)...3 {
          for z in Int128(-3)...3 where !fits {
            let point = [x, y, z]
            fits = rows.allSatisfy { row in
              row.factors.reduce(0) { $0 + $1.by * point[$1.fact.index] } <= row.bound
            }
          }
        }
      }
      let answer = Elimination.isFeasible(rows)
      if fits { #expect(answer != false, "seed \(seed)") }
      if answer == false { none += 1 }
    }
    #expect(none > 200)
  }
}
