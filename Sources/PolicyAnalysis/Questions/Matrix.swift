/// The authority matrix: who signs in which part of the inputs, with bands that the analysis finds.
internal import PolicyCompiler
public import PolicyEngine
internal import PolicyRuntime
public import PolicySource

/// The matrix of an approval, or of the caps of a limit.
public struct Matrix: Sendable {
  /// A column: a step, or the figure of a limit.
  public struct Column: Sendable {
    /// The identifier.
    public let name: String
    /// The label for people.
    public let label: String
  }

  /// What a column says in a row.
  public enum Cell: Sendable, Hashable {
    /// Whose step it is, by the label of the post, and the act: `reviews`.
    case step(by: String, act: String)
    /// The figure of a limit.
    case figure(String)
  }

  /// A region that is a stretch of amounts or numbers and asks nothing else.
  public struct Band: Sendable {
    /// An end of it.
    public struct Bound: Sendable {
      /// As people write it.
      public let words: String
      /// Whether the band contains it.
      public let isIncluded: Bool
    }

    /// The fact, as `claim.amount`.
    public let fact: String
    /// What people call it.
    public let label: String
    /// Where it begins; nil is open.
    public let low: Bound?
    /// Where it ends; nil is open.
    public let high: Bound?
  }

  /// What stands in a row: the same answer for all inputs of its regions.
  public struct Row: Sendable {
    /// The regions, each as the conditions that bound it, in the order of their bounds; one without conditions is
    /// everywhere.
    public let regions: [[Phrase]]
    /// The region as a band; nil when there are several, or it asks for something else.
    public let band: Band?
    /// Whether the regions are all there are.
    public let isWhole: Bool
    /// One cell per column; nil where the column has no part.
    public let cells: [Cell?]
    /// A request that shows it.
    public let witness: Witness
  }

  /// `policy.decision`.
  public let decision: String
  /// The label for people.
  public let label: String
  /// Whether it is of an approval; else of a limit.
  public let isOfApproval: Bool
  /// The columns, in the order of the steps.
  public let columns: [Column]
  /// The rows, in the order of their bounds.
  public let rows: [Row]
  /// Whether the rows are all there are; where the decision does not apply or is refused is no row.
  public let isWhole: Bool
  /// Expressions that could not be looked through.
  public let open: [String]

  /// How many rows a matrix may have.
  private static let rowLimit = 64
  private static let regionLimit = 24

  /// The matrix of a decision; nil when it is neither an approval nor a limit, or is not in the set.
  public init?(_ set: PolicySet, decision: String) {
    guard let reference = set.reference(of: decision) else { return nil }
    let declared = set.types.policies[reference.policy].decisions[reference.index]
    guard declared.hasMatrix else { return nil }
    self.decision = decision
    label = declared.label
    if case .approval = declared.body { isOfApproval = true } else { isOfApproval = false }
    var scope = Scope.all(set, set, decision)
    // What an approval before this one says, and which class a grade gives, are facts of a row.
    (scope.histories, scope.namedGrades) = (true, true)
    let reader = Interpreter(set.types, Context(scope))
    let model = reader.model(reference)
    let builder = MatrixBuilder(set, decision, reader, model, declared)
    columns = builder.columns
    (rows, isWhole) = builder.rows(limit: Self.rowLimit, regions: Self.regionLimit)
    open = isWhole ? [] : reader.resultNames(in: builder.goal)
  }

  /// The decisions of a set that have one, with their labels, sorted by name.
  public static func decisions(of set: PolicySet) -> [(name: String, label: String)] {
    set.types.policies.flatMap { policy in
      policy.decisions.filter(\.hasMatrix).map { ("\(policy.name).\($0.name)", $0.label) }
    }.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
  }
}

extension TypedDecision {
  /// Whether it is an approval or a limit.
  fileprivate var hasMatrix: Bool {
    switch body {
    case .approval, .limit: true
    case .release, .grade, .check, .value: false
    }
  }
}

/// Finds the rows of a matrix one after the other.
private struct MatrixBuilder {
  private let decision: String
  private let reader: Interpreter
  private let prover: Prover
  private let finder: RegionFinder
  private let maker: WitnessMaker
  private let runner: Runner
  private let parts: [AnswerPart]
  private let acts: [String: String]
  private let posts: [String: String]
  let columns: [Matrix.Column]
  /// Where there is a row at all.
  let goal: Formula

  private var formulas: Formulas { reader.formulas }

  init(
    _ set: PolicySet, _ decision: String, _ reader: Interpreter, _ model: DecisionModel,
    _ declared: TypedDecision
  ) {
    self.decision = decision
    self.reader = reader
    prover = Prover(reader.context)
    finder = RegionFinder(prover)
    maker = WitnessMaker(interpreter: reader, policies: set, decision: decision)
    runner = Runner(set)
    posts = Dictionary(
      set.types.types.posts.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
    if case .approval(let approval) = declared.body {
      parts = model.parts.filter { if case .step = $0.key { true } else { false } }
      acts = Dictionary(
        approval.steps.map { ($0.name, $0.act.rawValue) }, uniquingKeysWith: { first, _ in first })
      goal = model.when("chain")
    } else {
      parts = model.parts.filter { $0.key == .figure("limit") }
      acts = [:]
      goal = reader.formulas.or(model.when("within"), model.when("exceeded"))
    }
    columns = parts.map { part in
      switch part.key {
      case .step(let name): Matrix.Column(name: name, label: part.label)
      default: Matrix.Column(name: "limit", label: part.label)
      }
    }
  }

  /// Rows until nothing is left; false when something is.
  func rows(limit: Int, regions: Int) -> ([Matrix.Row], Bool) {
    var found: [(row: Matrix.Row, place: MatrixPlace)] = []
    var rest = [goal]
    var isWhole = true
    search: while found.count < limit {
      var values: [FactID: Int128] = [:]
      let proof = prover.prove(rest) { found in
        values = found
        return self.confirm(found)
      }
      switch proof {
      case .never: break search
      case .open:
        isWhole = false
        break search
      case .shown(let witness):
        let (row, place, alike) = row(values, witness, regions)
        found.append((row, place))
        rest.append(alike.negated)
      }
    }
    if found.count == limit { isWhole = prover.isNever(rest) }
    let sorted = found.enumerated().sorted {
      $0.element.place < $1.element.place
        || $0.element.place == $1.element.place && $0.offset < $1.offset
    }
    return (sorted.map(\.element.row), isWhole)
  }

  private func row(
    _ found: [FactID: Int128], _ witness: Witness, _ limit: Int
  ) -> (row: Matrix.Row, place: MatrixPlace, alike: Formula) {
    let values = finder.complete(found, for: formulas.all([goal] + parts.map(\.when)))
    let cells = parts.map { cell($0, values) }
    let alike = formulas.all([goal] + zip(parts, cells).map { self.same($0, $1.term, values) })
    let cubes = finder.cubes(of: alike, limit: limit, within: [goal])
    let words = RegionWords(context: reader.context)
    let placed = cubes.cubes.map { cube in
      (place: MatrixPlace(finder.sets(of: cube).sets, reader.space), cube: cube)
    }.sorted { $0.place < $1.place }
    let row = Matrix.Row(
      regions: placed.map { words.words($0.cube, finder) },
      band: placed.count == 1 ? placed.first.flatMap { band($0.cube) } : nil,
      isWhole: cubes.isWhole,
      cells: zip(parts, cells).map { text($0, $1, values) }, witness: witness)
    return (row, placed.first?.place ?? MatrixPlace([:], reader.space), alike)
  }

  /// A region that asks for a stretch of one amount or number.
  private func band(_ cube: Cube) -> Matrix.Band? {
    let (sets, others) = finder.sets(of: cube)
    guard others.isEmpty, sets.count == 1, let (fact, set) = sets.first, set.parts.count == 1,
      let part = set.parts.first, let ends = reader.space.domain(of: fact).ends
    else { return nil }
    let about = reader.space[fact]
    switch about.scale {
    case .money, .number, .percent: break
    default: return nil
    }
    let words = RegionWords(context: reader.context)
    func bound(_ value: Int128, outwards step: Int128) -> Matrix.Band.Bound {
      // A bound that is no round number was meant as its neighbour, which is left out.
      let isOutside = !value.isMultiple(of: 10) && (value + step).isMultiple(of: 10)
      return .init(
        words: words.value(isOutside ? value + step : value, about.scale), isIncluded: !isOutside)
    }
    return Matrix.Band(
      fact: words.name(of: fact), label: about.label,
      low: part.low <= ends.low ? nil : bound(part.low, outwards: -1),
      high: part.high >= ends.high ? nil : bound(part.high, outwards: 1))
  }

  private func confirm(_ values: [FactID: Int128]) -> Witness? {
    guard let request = maker.envelope(values) else { return nil }
    let answer = runner.answer(decision, request)
    guard ["chain", "within", "exceeded"].contains(answer["outcome"]?.word) else { return nil }
    return Witness(decision: decision, request: request, answer: answer)
  }

  // MARK: Cells

  private struct Cell {
    var isThere: Bool
    /// The term of the figure there.
    var term: Linear?
  }

  private func cell(_ part: AnswerPart, _ values: [FactID: Int128]) -> Cell {
    let isThere = formulas.holds(part.when, values) == true
    let chosen = part.figure?.cases.first { one in
      formulas.holds(one.when, finder.complete(values, for: one.when)) == true
    }
    return Cell(isThere: isThere, term: isThere ? chosen?.term : nil)
  }

  /// Where the part stands as here, with a term that is the same or has the same value.
  private func same(
    _ part: AnswerPart, _ term: Linear?, _ values: [FactID: Int128]
  ) -> Formula {
    let isThere = formulas.holds(part.when, values) == true
    guard isThere, let term else { return isThere ? part.when : part.when.negated }
    let fitting = (part.figure?.cases ?? []).map { one -> Formula in
      if one.term == term { return one.when }
      // Where something that is computed comes to an amount of the policy, it is that amount.
      return term.value == nil
        ? .no : formulas.and(one.when, reader.equal(one.term, term))
    }
    return formulas.and(part.when, fitting.isEmpty ? .yes : formulas.any(fitting))
  }

  private func text(
    _ part: AnswerPart, _ cell: Cell, _ values: [FactID: Int128]
  ) -> Matrix.Cell? {
    guard cell.isThere else { return nil }
    let words = RegionWords(context: reader.context)
    if case .step(let name) = part.key {
      let post = cell.term?.value.map { words.value($0.floor, part.scale) } ?? "…"
      return .step(by: posts[post] ?? post, act: acts[name] ?? "")
    }
    return cell.term.map { .figure(words.term($0, part.scale)) }
  }
}

/// Where a region lies: by its bounds, amounts first.
private struct MatrixPlace: Comparable {
  /// The least and the greatest value of each fact, amounts first, the facts in the order of the inputs.
  private var bounds: [(fact: FactID, low: Int128, high: Int128)]
  private let space: Space

  init(_ sets: [FactID: Stretches], _ space: Space) {
    self.space = space
    let ends = sets.compactMap { fact, set -> (fact: FactID, low: Int128, high: Int128)? in
      set.ends.map { (fact: fact, low: $0.low, high: $0.high) }
    }
    bounds = ends.sorted {
      (Self.rank($0.fact, space), $0.fact) < (Self.rank($1.fact, space), $1.fact)
    }
  }

  private static func rank(_ fact: FactID, _ space: Space) -> Int {
    switch space[fact].scale {
    case .money: 0
    case .number, .percent: 1
    case .names: 2
    case .date, .month, .time: 3
    case .truth: 4
    }
  }

  private func bound(of fact: FactID) -> (low: Int128, high: Int128) {
    if let own = bounds.first(where: { $0.fact == fact }) { return (own.low, own.high) }
    // A region that says nothing of a fact reaches over all of it, and stands behind those that do.
    let ends = space.domain(of: fact).ends
    return (ends?.low ?? 0, Stretches.infinity)
  }

  static func < (a: MatrixPlace, b: MatrixPlace) -> Bool {
    let facts = Set((a.bounds + b.bounds).map(\.fact)).sorted {
      (rank($0, a.space), $0) < (rank($1, a.space), $1)
    }
    for fact in facts {
      let (x, y) = (a.bound(of: fact), b.bound(of: fact))
      if x != y { return x < y }
    }
    return false
  }

  static func == (a: MatrixPlace, b: MatrixPlace) -> Bool { !(a < b) && !(b < a) }
}
