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

  /// What stands in a row: the same answer for all inputs of its regions.
  public struct Row: Sendable {
    /// The regions, each as the conditions that bound it.
    public let regions: [[Phrase]]
    /// Whether the regions are all there are.
    public let isWhole: Bool
    /// One cell per column: whose step it is and what they do, the figure; nil where the column has no part.
    public let cells: [String?]
    /// A request that shows it.
    public let witness: Witness
  }

  /// `policy.decision`.
  public let decision: String
  /// The label for people.
  public let label: String
  public let columns: [Column]
  public let rows: [Row]
  /// When the decision does not apply or is refused is no row; what else is missing.
  public let isWhole: Bool
  /// Expressions that could not be looked through.
  public let open: [String]

  /// How many rows a matrix may have.
  private static let rowLimit = 64
  private static let regionLimit = 12

  /// The matrix of a decision; nil when it is neither an approval nor a limit, or is not in the set.
  public init?(_ set: PolicySet, decision: String) {
    guard let reference = set.reference(of: decision) else { return nil }
    let declared = set.types.policies[reference.policy].decisions[reference.index]
    switch declared.body {
    case .approval, .limit: break
    case .release, .grade, .check, .value: return nil
    }
    self.decision = decision
    label = declared.label
    let context = Context(Scope.all(set, set, decision))
    let reader = Interpreter(set.types, context)
    let model = reader.model(reference)
    let builder = MatrixBuilder(set, decision, reader, model, declared)
    columns = builder.columns
    (rows, isWhole) = builder.rows(limit: Self.rowLimit, regions: Self.regionLimit)
    open = isWhole ? [] : reader.resultNames(in: builder.goal)
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
    var result: [Matrix.Row] = []
    var rest = [goal]
    while result.count < limit {
      var found: [FactID: Int128] = [:]
      let proof = prover.prove(rest) { values in
        found = values
        return self.confirm(values)
      }
      guard case .shown(let witness) = proof else {
        if case .never = proof { return (result, true) }
        return (result, false)
      }
      let values = finder.complete(found, for: formulas.all([goal] + parts.map(\.when)))
      let cells = parts.map { cell($0, values) }
      let alike = formulas.all([goal] + zip(parts, cells).map { self.same($0, $1.term, values) })
      let cubes = finder.cubes(of: alike, limit: regions, within: [goal])
      let words = RegionWords(context: reader.context)
      result.append(
        Matrix.Row(
          regions: cubes.cubes.map { words.words($0, finder) }, isWhole: cubes.isWhole,
          cells: zip(parts, cells).map { text($0, $1, values) }, witness: witness))
      rest.append(alike.negated)
    }
    return (result, prover.isNever(rest))
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

  /// Where the part stands as here, with the same term.
  private func same(
    _ part: AnswerPart, _ term: Linear?, _ values: [FactID: Int128]
  ) -> Formula {
    let isThere = formulas.holds(part.when, values) == true
    guard isThere, let term else { return isThere ? part.when : part.when.negated }
    let chosen = part.figure?.cases.first { $0.term == term }?.when ?? .yes
    return formulas.and(part.when, chosen)
  }

  private func text(
    _ part: AnswerPart, _ cell: Cell, _ values: [FactID: Int128]
  ) -> String? {
    guard cell.isThere else { return nil }
    let words = RegionWords(context: reader.context)
    if case .step(let name) = part.key {
      let post = cell.term?.value.map { words.value($0.floor, part.scale) } ?? "…"
      return "\(posts[post] ?? post) · \(acts[name] ?? "")"
    }
    return cell.term.map { words.term($0, part.scale) }
  }
}
