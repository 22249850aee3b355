/// Checks expressions within one policy: the state, and the kinds of demand on an expression.
///
/// Nil stands for "wrong, and reported" or "not read by the parser": it passes upward in silence.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

/// Checks the expressions of one declaration.
final class ExpressionChecker {
  /// Deeper nesting is refused, so that no policy can exhaust the stack.
  static let depthLimit = 400

  let owner: SetChecker
  let policy: Int
  /// Items of lists and arguments by name.
  var variables: [String: Variable] = [:]
  /// Optional paths that are present here.
  var present: Set<GuardPath> = []
  /// Whether an absent value does no harm: texts show it.
  var inText = false
  /// The words that are numbers here: the names of weekdays or of months.
  var numberWords: [String] = []
  /// Whether `points` is the total of a grade.
  var pointsAllowed = false
  /// The decisions used, in order of first use.
  private(set) var uses: [Reference] = []
  private var seenUses: Set<Reference> = []
  private var depth = 0
  private var toldDepth = false

  init(_ owner: SetChecker, policy: Int) {
    self.owner = owner
    self.policy = policy
  }

  /// Reports one diagnostic.
  func report(_ diagnostic: Diagnostic) { owner.report(diagnostic) }

  /// The type in backticks.
  func words(_ type: ValueType) -> String { owner.words(type) }

  /// Notes that a decision is used.
  func use(_ decision: Reference) {
    if seenUses.insert(decision).inserted { uses.append(decision) }
  }

  /// Any expression; `expected` helps literals and bare words, it demands nothing.
  func check(_ tree: ExpressionTree, expected: ValueType? = nil) -> TypedExpression? {
    guard depth < Self.depthLimit else {
      if !toldDepth { report(.tooDeep(tree.range)) }
      toldDepth = true
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return form(tree, expected?.unwrapped)
  }

  /// A value that is there: an optional path must be guarded.
  func value(_ tree: ExpressionTree, expected: ValueType? = nil) -> TypedExpression? {
    check(tree, expected: expected).flatMap { guarded($0, tree) }
  }

  /// The expression, when it cannot be absent here.
  func guarded(_ expression: TypedExpression, _ tree: ExpressionTree) -> TypedExpression? {
    guard expression.type.isOptional, !inText else { return expression }
    if let path = owner.guardPath(expression), present.contains(path) { return expression }
    report(.mayBeAbsent(expression.range, source(expression.range)))
    return nil
  }

  /// A single value, neither record nor list.
  func scalar(_ tree: ExpressionTree, expected: ValueType? = nil) -> TypedExpression? {
    guard let found = value(tree, expected: expected) else { return nil }
    switch found.type.unwrapped {
    case .record, .list:
      report(.notASingleValue(found.range, words(found.type.unwrapped)))
      return nil
    default: return found
    }
  }

  /// A single value of a type.
  func typed(_ tree: ExpressionTree, _ type: ValueType) -> TypedExpression? {
    guard let found = value(tree, expected: type) else { return nil }
    if found.type.unwrapped == type { return found }
    let help = type == .bool ? nil : owner.literalHelp(expected: type, found: found)
    report(
      .typeMismatch(
        found.range, expected: words(type), found: words(found.type.unwrapped), help: help))
    return nil
  }

  /// A condition.
  func condition(_ tree: ExpressionTree) -> TypedExpression? {
    guard let found = value(tree, expected: .bool) else { return nil }
    if found.type.unwrapped == .bool { return found }
    report(.notACondition(found.range, words(found.type.unwrapped)))
    return nil
  }

  /// What is checked inside may rely on these paths.
  func assuming<Result>(_ paths: Set<GuardPath>, _ body: () -> Result) -> Result {
    if paths.isEmpty || paths.isSubset(of: present) { return body() }
    let before = present
    present.formUnion(paths)
    defer { present = before }
    return body()
  }

  /// What is checked inside knows a further name.
  func binding<Result>(_ name: Name, _ type: ValueType, _ body: (Variable) -> Result) -> Result {
    let variable = owner.variable(name.text, type)
    if name.text.isEmpty { return body(variable) }
    let before = variables[name.text]
    if before != nil {
      report(.shadowedVariable(name))
    } else if case .found(let entity) = owner.lookUp(name.text, in: policy) {
      report(.variableShadows(name, entity.word))
    }
    variables[name.text] = variable
    defer { variables[name.text] = before }
    return body(variable)
  }

  /// The policy's own words for a range.
  func source(_ range: SourceRange) -> String {
    owner.set.files.all.indices.contains(Int(range.file.index))
      ? owner.set.files[range.file].text(in: range) : "this"
  }
}

extension SetChecker {
  /// What to write instead when a literal has the wrong form.
  func literalHelp(expected: ValueType, found: TypedExpression) -> Phrase? {
    switch (found.kind, expected) {
    case (.constant(.number(let value)), .percent):
      "a percentage is written `\(value.text())%`"
    case (.constant(.text(let text)), .enumeration), (.constant(.text(let text)), .post):
      "names are written without quotes: `\(text)`"
    case (.constant(.text(let text)), .number), (.constant(.text(let text)), .money),
      (.constant(.text(let text)), .date):
      "only texts stand in quotes: `\(text)`"
    default: nil
    }
  }
}
