/// What is noted of a decision while its careful code is made, so that a run can be watched.
import PolicyRuntime
import PolicySource

/// The items and probes of one decision as they are found.
final class CoverageNotes {
  let set: TypedSet
  var finder: ReachFinder
  private(set) var items: [CoverageItem] = []
  private var indices: [CoverageItem.Key: Int] = [:]
  var probes: [CoverageProbe] = []
  /// What must hold for what is lowered now to count.
  var guards: [(slot: Int, isTrue: Bool)] = []
  /// Whether it counts where the decision does not apply.
  var isFree = false
  /// For each clause with a condition whether it can hold, and fail to.
  private(set) var ways: [Int: CoverageSides] = [:]
  /// Conditions that are no more than what their clause says of itself.
  private(set) var said: Set<SourceRange> = []
  /// Whether a condition of several parts is being lowered, and where its parts were put last.
  var isInsideCompound = false
  var partSlots: [SourceRange: Int] = [:]
  /// The clauses that a clearance may lift, with the place of the post that gives it.
  var clearable: [Int: SourceRange] = [:]
  /// The decision of each plan.
  private(set) var decisions: [Reference] = []
  private var policies: [FileID: String] = [:]

  init(_ set: TypedSet, _ main: Reference) {
    self.set = set
    finder = ReachFinder(set, main)
    for policy in set.policies { policies[policy.range.file] = policy.name }
  }

  /// The number of an item; what is asked of it in several places is asked together.
  func item(
    _ key: CoverageItem.Key, policy: String? = nil, _ kind: CoverageItem.Kind,
    asked: CoverageSides
  ) -> Int {
    if let known = indices[key] {
      items[known].asked.formUnion(asked)
      return known
    }
    let home = policy ?? policies[key.range.file] ?? ""
    items.append(CoverageItem(key, policy: home, kind, asked: asked))
    indices[key] = items.count - 1
    return items.count - 1
  }

  /// Begins with a decision.
  func begin(_ reference: Reference) {
    decisions.append(reference)
    finder.decision = reference
    let decision = set.policies[reference.policy].decisions[reference.index]
    if let applies = decision.appliesWhen { say(applies) }
  }

  /// Takes down what the arguments of a definition can be.
  func bind(_ define: TypedDefine, _ arguments: [TypedExpression]) {
    for (variable, argument) in zip(define.arguments, arguments) {
      finder.arguments[variable.id] = finder.reach(of: argument)
    }
  }

  /// Takes down the condition of a clause.
  func note(clause number: Int, _ condition: TypedExpression) {
    if case .constant = condition.kind { return }
    ways[number] = finder.reach(of: condition).ways
    say(condition)
  }

  /// A condition of one part says what its clause says: it is not counted twice.
  private func say(_ condition: TypedExpression) {
    var part = condition
    while case .not(let inner) = part.kind { part = inner }
    if part.isPart { said.insert(part.range) }
  }

  /// The words of a range on one line.
  func words(_ range: SourceRange) -> String {
    set.files[range.file].text(in: range).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }
}

extension TypedExpression {
  /// Whether it is a condition that no connective takes apart.
  var isPart: Bool {
    guard type.unwrapped == .bool else { return false }
    switch kind {
    case .logical, .not, .conditional, .constant: return false
    case .call(_, let arguments): return !arguments.isEmpty
    default: return true
    }
  }
}

extension ProgramBuilder {
  // MARK: What counts where

  /// Lowers what counts only where a condition has come out so; a slot below 0 stands for "always".
  func watching<Result>(
    where slot: Int, is isTrue: Bool = true, _ lower: () -> Result
  ) -> Result {
    guard let coverage, slot >= 0 else { return lower() }
    coverage.guards.append((slot, isTrue))
    defer { coverage.guards.removeLast() }
    return lower()
  }

  /// Lowers what counts even where the decision does not apply.
  func watchingFreely<Result>(_ lower: () -> Result) -> Result {
    guard let coverage else { return lower() }
    let before = coverage.isFree
    coverage.isFree = true
    defer { coverage.isFree = before }
    return lower()
  }

  // MARK: Probes

  /// Takes down that an expression has been lowered.
  func watch(_ expression: TypedExpression, _ scope: [Int: Binding], slot: Int) {
    guard let coverage, memoizes, !tooLarge, slot >= 0 else { return }
    let (found, _) = reduced(expression, scope)
    switch found.kind {
    case .compare(let comparison, let a, let b) where comparison.isOrdered:
      return watch(comparison: found, a, b, slot: slot)
    case .lookup(let reference, let keys, _, _): watch(lookup: reference, keys, slot: slot)
    case .variable(let variable):
      // An argument was looked at where it stands in the call.
      guard case .item = scope[variable.id] else { return }
    default: break
    }
    guard found.isPart, !coverage.said.contains(found.range) else { return }
    let item = coverage.item(
      .init(found.range, "condition"), .condition, asked: coverage.finder.reach(of: found).ways)
    probe(.truth(item: item, slot: slot))
  }

  /// Takes down a definition or figure that is true or false, when it is more than one condition.
  func watch(whole expression: TypedExpression, named name: String, slot: Int) {
    guard let coverage, expression.type.unwrapped == .bool else { return }
    switch expression.kind {
    case .logical, .conditional: break
    default: return
    }
    let item = coverage.item(
      .init(expression.range, "definition"), .definition(name: name),
      asked: coverage.finder.reach(of: expression).ways)
    watchingFreely { probe(.truth(item: item, slot: slot)) }
  }

  private func watch(
    comparison: TypedExpression, _ a: TypedExpression, _ b: TypedExpression, slot: Int
  ) {
    guard let coverage, let last = program.careful.last, last.operation == .compare,
      Int(last.d) == slot, !isWalk(a)
    else { return }
    var (left, right) = ((a, Int(last.a)), (b, Int(last.b)))
    if coverage.isFixed(a), !coverage.isFixed(b) { swap(&left, &right) }
    let item = coverage.threshold(at: comparison.range, left.0, right.0)
    probe(.comparison(item: item, left: left.1, right: right.1, result: slot))
  }

  /// Takes down the bound of a clearance.
  func watch(
    clearance number: Int, _ upTo: (bound: TypedExpression, of: TypedExpression), left: Int,
    right: Int, result: Int
  ) {
    guard let coverage else { return }
    let range = upTo.bound.range.union(upTo.of.range)
    let item = coverage.threshold(at: range, upTo.of, upTo.bound)
    probe(.clearance(clause: number, item: item, left: left, right: right, result: result))
  }

  func probe(_ reading: CoverageProbe.Reading) {
    guard let coverage else { return }
    coverage.probes.append(
      CoverageProbe(
        at: program.careful.count, reading: reading, guards: coverage.guards,
        isFree: coverage.isFree))
  }

  /// Whether an expression asks how far a walk up a hierarchy goes, which no policy writes out.
  private func isWalk(_ expression: TypedExpression) -> Bool {
    guard case .lookup(let reference, _, _, _) = expression.kind else { return false }
    return set.isWalk(reference)
  }
}

extension TypedSet {
  /// Whether a table was made of a hierarchy.
  func isWalk(_ table: Reference) -> Bool {
    policies[table.policy].hierarchies.contains {
      $0.byPost == table.index || $0.byPerson == table.index
    }
  }
}

// MARK: Thresholds

extension CoverageNotes {
  /// The item of a comparison.
  func threshold(at range: SourceRange, _ left: TypedExpression, _ right: TypedExpression) -> Int {
    let asked = finder.reach(of: left).sides(against: finder.reach(of: right))
    let fixed = fixed(right)
    let bound = CoverageBound(
      subject: fixed == nil ? words(left.range) : "", bound: fixed ?? words(right.range),
      isFixed: fixed != nil, scale: scale(of: left.type))
    return item(
      .init(range, "threshold \(right.range.lower) \(left.range.lower)"), .threshold(bound),
      asked: asked)
  }

  func isFixed(_ expression: TypedExpression) -> Bool { fixed(expression) != nil }

  /// A figure or parameter in words.
  private func fixed(_ expression: TypedExpression) -> String? {
    switch expression.kind {
    case .constant(let constant): return set.words(constant)
    case .negate(let inner):
      guard case .constant(let constant) = inner.kind else { return nil }
      return "-" + set.words(constant)
    case .parameter(let reference):
      let parameter = set.policies[reference.policy].parameters[reference.index]
      let values = Set(parameter.values.map(\.constant))
      let name = "`\(parameter.name)`"
      guard values.count == 1, let only = values.first else { return name }
      return "\(name) (\(set.words(only)))"
    default: return nil
    }
  }

  /// How the sides of a threshold of a type are called.
  func scale(of type: ValueType) -> CoverageBound.Scale {
    switch type.unwrapped {
    case .date, .month, .time: .day
    case .enumeration(let id): set.types[id].order == .bestFirst ? .bestFirst : .amount
    default: .amount
    }
  }
}
