/// Results that are carried as a whole: facts of their own, the same for the same operands.
internal import PolicyCompiler
internal import PolicyRuntime
internal import PolicySource

extension Interpreter {
  /// A value that nothing is known of but that the same operands give the same.
  func opaque(_ expression: TypedExpression, _ names: Names) -> Symbol {
    let values = expression.operands.map { value($0, names) }
    let operands = values.map(key)
    // What its name does not say whole is never the same in two sets.
    let name = expression.isNamedWhole ? "" : "\(ObjectIdentifier(self))"
    return opaque(
      expression.type, key: "\(name)\(expression.formName)(\(operands.joined(separator: ",")))",
      expression, of: values)
  }

  /// - Parameter values: what it is made of; where one of them is unknown or an error, so may the result be.
  func opaque(
    _ type: ValueType, key: String, _ expression: TypedExpression, of values: [Symbol]
  ) -> Symbol {
    let parts = values.map(anywhere)
    return opaque(
      type, key: key, expression, unknown: formulas.any(parts.map(\.unknown)),
      error: formulas.any(parts.map(\.error)))
  }

  /// When any part of a value is unknown, or an error or absent.
  private func anywhere(_ value: Symbol) -> (unknown: Formula, error: Formula) {
    switch value {
    case .record(let fields):
      let parts = fields.map(anywhere)
      return (formulas.any(parts.map(\.unknown)), formulas.any(parts.map(\.error)))
    case .list(let list):
      var item = (unknown: Formula.no, error: Formula.no)
      switch list.items {
      case .listed(let items):
        let parts = items.map { anywhere($0.item) }
        item = (formulas.any(parts.map(\.unknown)), formulas.any(parts.map(\.error)))
      case .facts(let path, let make): item = anywhere(make("\(path)[*9]").value)
      case .opaque: break
      }
      return (
        formulas.or(list.unknown, item.unknown),
        formulas.any([list.error, list.absent, item.error])
      )
    default:
      let (absent, unknown, error) = standing(value)
      return (unknown, formulas.or(error, absent))
    }
  }

  /// When any part of a value is unknown, or making it is an error; what is absent in it is neither.
  func parts(of value: Symbol) -> (unknown: Formula, error: Formula) {
    switch value {
    case .record(let fields):
      let parts = fields.map(self.parts)
      return (formulas.any(parts.map(\.unknown)), formulas.any(parts.map(\.error)))
    case .list(let list): return (list.unknown, list.error)
    default:
      let (_, unknown, error) = standing(value)
      return (unknown, error)
    }
  }

  private func opaque(
    _ type: ValueType, key: String, _ expression: TypedExpression, unknown: Formula,
    error: Formula
  ) -> Symbol {
    if case .record(let id) = type.unwrapped {
      return .record(
        set.types[id].fields.map {
          opaque(
            $0.type, key: "\(key).\($0.name)", expression, unknown: unknown, error: error)
        })
    }
    var failed = Formula.no
    if expression.mayFail || error != .no {
      let failure = result("\(key)!", .truth, Stretches(0, 1), expression)
      failed = formulas.inside(failure, Stretches(1))
    }
    var open = Formula.no
    if unknown != .no {
      let flag = formulas.inside(
        result("\(key)?", .truth, Stretches(0, 1), expression), Stretches(1))
      open = formulas.all([unknown, flag, failed.negated])
    }
    if case .list(let item) = type.unwrapped {
      var list = SymbolicList(items: .opaque, key: key, item: item)
      (list.unknown, list.error) = (open, failed)
      return .list(list)
    }
    let scale = scale(of: type, currency: nil)
    let fact = result(key, scale, resultLine(of: type), expression)
    let known = formulas.and(failed.negated, open.negated)
    if case .bool = type.unwrapped {
      let yes = formulas.inside(fact, Stretches(1))
      return .truth(
        Truth(
          yes: formulas.and(known, yes), no: formulas.and(known, yes.negated), error: failed))
    }
    var scalar = Scalar([.init(when: known, term: Linear(fact))])
    (scalar.error, scalar.unknown) = (failed, open)
    return .scalar(scalar)
  }

  /// A fact that stands for a result.
  func result(
    _ key: String, _ scale: Fact.Scale, _ domain: Stretches, _ expression: TypedExpression
  ) -> FactID {
    let written = text(in: expression.range)
    var label = written
    if let call { label = call.body == expression.range ? call.text : "\(label) [\(call.text)]" }
    let fact = space.fact(.result(key), scale, domain, label: label)
    context.note(fact, expression, written)
    if let side { context.note(fact, of: side) }
    return fact
  }

  /// A value that hangs on no fact, as people write it.
  func constant(_ value: Symbol?, _ type: ValueType) -> String? {
    guard case .scalar(let scalar)? = value, scalar.cases.count == 1, scalar.cases[0].when == .yes,
      let whole = scalar.cases[0].term.value
    else { return nil }
    return RegionWords(context: context).value(whole.floor, scale(of: type, currency: nil))
  }

  /// What is written in a place.
  func text(in range: SourceRange) -> String { set.files[range.file].text(in: range) }

  /// What tells a value from every other: the same for the same cases of the same facts.
  func key(of value: Symbol) -> String {
    switch value {
    case .truth(let a): return "t\(a.yes.code).\(a.no.code).\(a.error.code).\(a.absent.code)"
    case .scalar(let a):
      let cases = a.cases.map { "\($0.when.code)?\(key(of: $0.term))" }
      return "s[\(cases.joined(separator: ";"))].\(a.unknown.code).\(a.error.code).\(a.absent.code)"
    case .record(let fields): return "r{\(fields.map(key).joined(separator: ","))}"
    case .list(let list): return "l<\(list.key)>"
    }
  }

  func key(of term: Linear) -> String {
    let factors = term.factors.map {
      "\($0.by.numerator)/\($0.by.denominator)*\($0.fact.index)"
    }
    return factors.joined(separator: "+")
      + "+\(term.constant.numerator)/\(term.constant.denominator)"
  }
}
