/// What the expressions of a set mean while the facts are open: the typed tree read once, for all inputs.
///
/// It follows the meaning of every form in the language page, as the machine does for one request. What is no matter
/// of adding, comparing and choosing becomes a fact of its own (`result`), the same for the same operands: two policies
/// that compute it alike agree on it, and a proof holds whatever its value is. A witness needs the value, so that a
/// definition says how to find it.
internal import PolicyCompiler
internal import PolicyRuntime
internal import PolicySource

/// What an analysis looks at.
struct Scope: Hashable {
  /// Whether facts may be unknown; else every fact is known.
  var unknownFacts = false
  /// Whether reasons may have been cleared.
  var clearances = false
  /// Whether a history may have approved or refused a case.
  var histories = false
  /// Whether the class of a grade is a fact of its own, bound to what the grade looks at: regions are told by the class.
  var namedGrades = false
  /// The days for which the request is decided.
  var from = Day(number: 0)
  var until = Day(number: 0)
}

/// What the sets of one analysis share.
final class Context {
  let space = Space()
  let formulas: Formulas
  let scope: Scope
  let asOf: FactID
  let today: FactID
  /// Expressions whose value is carried as a whole.
  private(set) var results: [FactID: TypedExpression] = [:]
  private var texts: [FactID: String] = [:]
  /// Tests of some item, by the item that stands for any: what is asked of it, and the fact.
  var tests: [String: [(key: String, body: Truth, found: Truth)]] = [:]
  /// The operands of quotients of two facts.
  var quotients: [FactID: (Linear, Linear)] = [:]

  init(_ scope: Scope) {
    self.scope = scope
    formulas = Formulas(space)
    let days = Stretches(Int128(scope.from.number), Int128(scope.until.number))
    asOf = space.fact(.asOf, .date, days, label: "as of")
    // Years in which people do business: far from the ends, where adding days is an error.
    let lived = Stretches(
      Int128(Day(year: 1950, month: 1, day: 1)?.number ?? 0),
      Int128(Day(year: 2150, month: 12, day: 31)?.number ?? 0))
    today = space.fact(.today, .date, lived, label: "today")
  }

  /// When a fact is missing, a reason cleared, or something decided by a history.
  var isOutOfTheOrdinary: Formula {
    formulas.any(
      space.facts.enumerated().compactMap { index, fact in
        switch fact.role {
        case .unknown, .cleared, .approved, .refused, .history:
          formulas.inside(FactID(index: index), Stretches(1))
        case .input, .absent, .count, .asOf, .today, .result: nil
        }
      })
  }

  /// The sets that are compared.
  enum Side: String {
    case old = "OLD"
    case new = "NEW"
  }

  private var readers: [FactID: Set<Side>] = [:]

  /// A result is of a set.
  func note(_ fact: FactID, of side: Side) { readers[fact, default: []].insert(side) }

  /// The set that alone has a result, where the other has another one of the same words.
  func side(of fact: FactID) -> Side? {
    guard let sides = readers[fact], sides.count == 1, let side = sides.first else { return nil }
    let label = space[fact].label
    let isDouble = readers.contains { $0.value != sides && space[$0.key].label == label }
    return isDouble ? side : nil
  }

  /// The first chain of each approval that was read.
  private var chains: [String: String] = [:]

  /// Whether a chain is the one that was read first for an approval.
  func isFirstChain(_ key: String, of name: String) -> Bool {
    let first = chains[name] ?? key
    chains[name] = first
    return first == key
  }

  /// A result and the expression that it is of, with what is written there.
  func note(_ fact: FactID, _ expression: TypedExpression, _ text: String) {
    if results[fact] == nil { (results[fact], texts[fact]) = (expression, text) }
  }

  /// What is written where a result comes from, on one line.
  func text(of fact: FactID) -> String? {
    texts[fact]?.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// The names that hold at a place.
struct Names {
  var variables: [Int: Symbol] = [:]
  var points: Symbol?
  /// How many lists are being walked through here.
  var depth = 0

  func binding(_ variable: Variable, _ value: Symbol) -> Names {
    var inner = self
    inner.variables[variable.id] = value
    return inner
  }
}

/// One set read into a context.
final class Interpreter {
  let set: TypedSet
  let context: Context
  /// The inputs that were asked for.
  private(set) var inputs: [Reference: Symbol] = [:]
  /// The parameters that were asked for.
  private(set) var parameters: Set<Reference> = []
  /// Paths whose fact is another one here: the second of two requests that differ in one fact.
  let renamed: [String: String]
  var decisions: [Reference: DecisionModel] = [:]
  /// The reading of the first of two requests.
  var twin: Interpreter?
  /// Which of two sets that are compared is read.
  var side: Context.Side?
  /// The definition with arguments that is being read.
  var call: Call?

  struct Call {
    let body: SourceRange
    let text: String
  }

  var space: Space { context.space }
  var formulas: Formulas { context.formulas }

  init(_ set: TypedSet, _ context: Context, renamed: [String: String] = [:]) {
    self.set = set
    self.context = context
    self.renamed = renamed
  }

  /// A fact of the request; inputs of one name are one fact in all policies that a decision reads.
  private func input(_ reference: Reference) -> Symbol {
    if let known = inputs[reference] { return known }
    let owner = set.policies[reference.policy]
    let field = owner.inputs[reference.index].field
    let made = symbol(
      of: field.type, at: field.name, label: field.label, field.constraints,
      currency: owner.currency, absent: .no)
    inputs[reference] = made
    return made
  }

  /// Declares the inputs that a decision reads.
  ///
  /// What two sets allow a fact to be must be known before the first condition on it is made.
  func declare(_ decision: Reference, _ scope: Scope) {
    let scout = Interpreter(set, Context(scope))
    _ = scout.model(decision)
    for reference in scout.inputs.keys.sorted(by: { ($0.policy, $0.index) < ($1.policy, $1.index) })
    {
      _ = input(reference)
    }
  }

  // MARK: Expressions

  func truth(_ expression: TypedExpression, _ names: Names = Names()) -> Truth {
    used(value(expression, names).truth)
  }

  func scalar(_ expression: TypedExpression, _ names: Names = Names()) -> Scalar {
    used(value(expression, names).scalar)
  }

  /// The value of an expression.
  func value(_ expression: TypedExpression, _ names: Names) -> Symbol {
    switch expression.kind {
    case .constant(let constant): return symbol(of: constant)
    case .input(let reference): return input(reference)
    case .variable(let variable): return names.variables[variable.id] ?? .scalar(.failure)
    case .field(let record, let index):
      guard case .record(let fields) = value(record, names), fields.indices.contains(index) else {
        return opaque(expression, names)
      }
      return fields[index]
    case .parameter(let reference):
      parameters.insert(reference)
      return parameter(reference)
    case .call(let reference, let arguments):
      let define = set.policies[reference.policy].defines[reference.index]
      var inner = Names()
      inner.points = names.points
      inner.depth = names.depth
      for (variable, argument) in zip(define.arguments, arguments) {
        inner.variables[variable.id] = value(argument, names)
      }
      // Of several calls each is told by its arguments.
      let outer = call
      defer { call = outer }
      if !arguments.isEmpty {
        let told = zip(arguments, define.arguments).map { argument, variable in
          constant(inner.variables[variable.id], argument.type) ?? text(in: argument.range)
        }
        call = Call(
          body: define.body.range, text: "\(define.name)(\(told.joined(separator: ", ")))")
      }
      return value(define.body, inner)
    case .lookup(let reference, let keys, let column, let fallback):
      return lookup(expression, reference, keys, column, fallback, names)
    case .decisionIs(let reference, let answer):
      return .truth(model(reference).says(answer, self))
    case .decisionValue(let reference):
      let model = model(reference)
      return model.figure.map { model.used($0, self) } ?? opaque(expression, names)
    case .pointsTotal: return names.points ?? .scalar(.failure)
    case .today: return .scalar(Scalar(Linear(context.today)))
    case .asOf: return .scalar(Scalar(Linear(context.asOf)))
    default: return operation(expression, names) ?? listOperation(expression, names)
    }
  }

  private func operation(_ expression: TypedExpression, _ names: Names) -> Symbol? {
    switch expression.kind {
    case .not(let a): return .truth(not(truth(a, names)))
    case .logical(.and, let a, let b): return .truth(and(truth(a, names), truth(b, names)))
    case .logical(.or, let a, let b): return .truth(or(truth(a, names), truth(b, names)))
    case .logical(.implies, let a, let b):
      return .truth(or(not(truth(a, names)), truth(b, names)))
    case .compare(let comparison, let a, let b):
      return .truth(compare(comparison, a, b, names))
    case .oneOf(let a, let members):
      return .truth(
        members.reduce(.no) { or($0, compare(.equal, a, $1, names)) })
    case .isPresent(let path): return .truth(isPresent(value(path, names)))
    case .isBlank(let path): return .truth(isBlank(value(path, names), path.type))
    case .conditional(let condition, let then, let otherwise):
      return choose(truth(condition, names), value(then, names), value(otherwise, names))
    case .negate(let a):
      return .scalar(map(scalar(a, names)) { $0.multiplied(by: Fraction(-1)) })
    case .arithmetic(let operation, let a, let b):
      return .scalar(arithmetic(operation, a, b, expression, names))
    case .round(let a, let places, let rounding):
      return .scalar(round(scalar(a, names), places, rounding, expression))
    default: return dateOperation(expression, names) ?? textOperation(expression, names)
    }
  }

  // MARK: Three ways of truth

  func not(_ a: Truth) -> Truth {
    Truth(yes: a.no, no: a.yes, error: a.error)
  }

  /// False wins over an error, an error over what is not known.
  func and(_ a: Truth, _ b: Truth) -> Truth {
    let no = formulas.or(a.no, b.no)
    return Truth(
      yes: formulas.and(a.yes, b.yes), no: no,
      error: formulas.and(formulas.or(a.error, b.error), no.negated))
  }

  func or(_ a: Truth, _ b: Truth) -> Truth { not(and(not(a), not(b))) }

  /// When it is neither true nor false nor an error.
  func unknown(_ a: Truth) -> Formula {
    formulas.all([a.yes.negated, a.no.negated, a.error.negated])
  }

  /// What is absent cannot be used.
  func used(_ a: Truth) -> Truth {
    Truth(yes: a.yes, no: a.no, error: formulas.or(a.error, a.absent))
  }

  func used(_ a: Scalar) -> Scalar {
    var result = a
    result.error = formulas.or(a.error, a.absent)
    result.absent = .no
    return result
  }

  private func isPresent(_ path: Symbol) -> Truth {
    let (absent, unknown, error) = standing(path)
    return Truth(
      yes: formulas.all([absent.negated, unknown.negated, error.negated]), no: absent, error: error)
  }

  /// When a value is absent, unknown, an error; of a record, when all of it is absent.
  func standing(_ value: Symbol) -> (absent: Formula, unknown: Formula, error: Formula) {
    switch value {
    case .truth(let truth):
      return (
        truth.absent, formulas.and(unknown(truth), truth.absent.negated), truth.error
      )
    case .scalar(let scalar): return (scalar.absent, scalar.unknown, scalar.error)
    case .list(let list): return (list.absent, list.unknown, list.error)
    case .record(let fields):
      let parts = fields.map(standing)
      return (
        formulas.all(parts.map(\.absent)), formulas.all(parts.map(\.unknown)),
        formulas.all(parts.map(\.error))
      )
    }
  }

  // MARK: Choices

  func choose(_ condition: Truth, _ then: Symbol, _ otherwise: Symbol) -> Symbol {
    switch (then, otherwise) {
    case (.truth(let a), .truth(let b)): return .truth(choose(condition, a, b))
    case (.scalar(let a), .scalar(let b)): return .scalar(choose(condition, a, b))
    case (.record(let a), .record(let b)):
      return .record(zip(a, b).map { choose(condition, $0, $1) })
    case (.list(let a), .list(let b)):
      if condition.yes == .yes { return then }
      if condition.no == .yes { return otherwise }
      var list = SymbolicList(
        items: chosen(condition, a, b),
        key: "if(\(condition.yes.code):\(a.key):\(b.key))", item: a.item)
      let open = unknown(condition)
      list.error = formulas.any([
        condition.error, formulas.and(condition.yes, a.error), formulas.and(condition.no, b.error),
        formulas.and(open, formulas.or(a.error, b.error)),
      ])
      list.unknown = formulas.any([
        formulas.and(open, list.error.negated), formulas.and(condition.yes, a.unknown),
        formulas.and(condition.no, b.unknown),
      ])
      list.absent = formulas.or(
        formulas.and(condition.yes, a.absent), formulas.and(condition.no, b.absent))
      return .list(list)
    default: return .scalar(.failure)
    }
  }

  /// The items of either list, where both are made of the same list of the request.
  private func chosen(
    _ condition: Truth, _ a: SymbolicList, _ b: SymbolicList
  ) -> SymbolicList.Items {
    guard case .facts(let path, let first) = a.items,
      case .facts(path, let second) = b.items
    else { return .opaque }
    return .facts(path: path) { place in
      let (x, y) = (first(place), second(place))
      return .init(
        counts: self.choose(condition, x.counts, y.counts),
        value: self.choose(condition, x.value, y.value))
    }
  }

  private func choose(_ c: Truth, _ a: Truth, _ b: Truth) -> Truth {
    let open = unknown(c)
    let eitherError = formulas.all([open, formulas.or(a.error, b.error)])
    return Truth(
      yes: formulas.any([
        formulas.and(c.yes, a.yes), formulas.and(c.no, b.yes), formulas.all([open, a.yes, b.yes]),
      ]),
      no: formulas.any([
        formulas.and(c.yes, a.no), formulas.and(c.no, b.no), formulas.all([open, a.no, b.no]),
      ]),
      error: formulas.any([
        c.error, formulas.and(c.yes, a.error), formulas.and(c.no, b.error), eitherError,
      ]),
      absent: absent(c, a.absent, b.absent))
  }

  /// What is absent either way is absent, whatever the condition.
  private func absent(_ c: Truth, _ a: Formula, _ b: Formula) -> Formula {
    formulas.any([
      formulas.and(c.yes, a), formulas.and(c.no, b), formulas.all([unknown(c), a, b]),
    ])
  }

  private func choose(_ c: Truth, _ a: Scalar, _ b: Scalar) -> Scalar {
    let open = unknown(c)
    var cases: [Scalar.Case] = []
    for (condition, branch) in [(c.yes, a), (c.no, b)] {
      cases += branch.cases.map { .init(when: formulas.and(condition, $0.when), term: $0.term) }
    }
    var agreed: [Formula] = []
    if open != .no {
      for x in a.cases {
        for y in b.cases {
          let same = formulas.all([open, x.when, y.when, equal(x.term, y.term)])
          agreed.append(same)
          cases.append(.init(when: same, term: x.term))
        }
      }
    }
    var result = Scalar(merged(cases))
    result.error = formulas.any([
      c.error, formulas.and(c.yes, a.error), formulas.and(c.no, b.error),
      formulas.and(open, formulas.or(a.error, b.error)),
    ])
    result.absent = absent(c, a.absent, b.absent)
    result.unknown = formulas.any([
      formulas.and(c.yes, a.unknown), formulas.and(c.no, b.unknown),
      formulas.all([
        open, result.error.negated, result.absent.negated, formulas.any(agreed).negated,
      ]),
    ])
    return result
  }

  /// Cases with the same term become one; those that never occur are left out.
  func merged(_ cases: [Scalar.Case]) -> [Scalar.Case] {
    var order: [Linear] = []
    var when: [Linear: [Formula]] = [:]
    for one in cases where one.when != .no {
      if when[one.term] == nil { order.append(one.term) }
      when[one.term, default: []].append(one.when)
    }
    return order.map { .init(when: formulas.any(when[$0] ?? []), term: $0) }
  }
}
