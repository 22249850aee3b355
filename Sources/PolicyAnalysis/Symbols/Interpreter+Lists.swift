/// Lists of open values: what is said of all their items at once, and, for a witness, of a few items one by one.
///
/// `any line in order.lines where C` is one fact, told from others by what C says of any one line. So two policies that
/// ask the same agree, whatever the list holds. For a witness the list gets a few items, and the fact is what C says of
/// them.
internal import PolicyCompiler
internal import PolicyRuntime

extension Interpreter {
  func listOperation(_ expression: TypedExpression, _ names: Names) -> Symbol {
    switch expression.kind {
    case .quantifier(let any, let variable, let source, let condition):
      let list = value(source, names)
      guard case .list(let list) = list else { return opaque(expression, names) }
      let test = { (item: Symbol, depth: Int) -> Truth in
        var inner = names.binding(variable, item)
        inner.depth = depth
        let truth = self.truth(condition, inner)
        return any ? truth : self.not(truth)
      }
      let some = self.some(list, expression, names.depth, test)
      return .truth(any ? some : not(some))
    case .contains(let source, let member):
      guard case .list(let list) = value(source, names) else { return opaque(expression, names) }
      let wanted = scalar(member, names)
      return .truth(
        some(list, expression, names.depth) { item, _ in
          self.compare(.equal, wanted, self.used(item.scalar))
        })
    case .aggregate: return aggregate(expression, names)
    case .record(let fields): return .record(fields.map { value($0, names) })
    case .list(let items):
      let values = items.map { value($0, names) }
      return .list(
        SymbolicList(
          items: .listed(values.map { (.yes, $0) }),
          key: "[\(values.map { key(of: $0) }.joined(separator: ","))]",
          item: items.first?.type ?? .number))
    case .absent: return nothing(of: expression.type)
    case .comprehension(let variable, let source, let element, let condition):
      return comprehension(variable, source, element, condition, names, expression)
    case .the, .allocate: return whole(expression, names)
    default: return opaque(expression, names)
    }
  }

  /// What is absent, in the shape of its type.
  private func nothing(of type: ValueType) -> Symbol {
    switch type.unwrapped {
    case .bool: return .truth(Truth(yes: .no, no: .no, absent: .yes))
    case .record(let id): return .record(set.types[id].fields.map { nothing(of: $0.type) })
    case .list(let item):
      var list = SymbolicList(items: .opaque, key: "absent", item: item)
      list.absent = .yes
      return .list(list)
    default:
      var scalar = Scalar([])
      scalar.absent = .yes
      return .scalar(scalar)
    }
  }

  /// A result that is carried as a whole, told from others by the lists and literals that it is made of.
  private func whole(_ expression: TypedExpression, _ names: Names) -> Symbol {
    let values = expression.operands.map { operand -> Symbol in
      var inner = names
      for variable in expression.variables {
        inner = inner.binding(
          variable, anyItem(variable, of: expression, names) ?? .scalar(.failure))
      }
      inner.depth += 1
      return self.value(operand, inner)
    }
    let key = "\(expression.formName)(\(values.map(self.key).joined(separator: ",")))"
    return opaque(expression.type, key: key, expression, of: values)
  }

  private func anyItem(
    _ variable: Variable, of expression: TypedExpression, _ names: Names
  ) -> Symbol? {
    guard let source = expression.list, case .list(let list) = value(source, names) else {
      return nil
    }
    return anyItem(of: list, variable.type, depth: names.depth + 1)
  }

  /// An item that stands for any; nil of a list of which nothing is known.
  func anyItem(of list: SymbolicList, _ type: ValueType, depth: Int) -> Symbol {
    switch list.items {
    case .facts(let path, let item): return item("\(path)[*\(depth)]").value
    case .listed, .opaque:
      return symbol(
        of: type, at: "\(list.key)[*\(depth)]", label: "", [], currency: nil, absent: .no)
    }
  }

  // MARK: Some item

  /// Whether a test is true of some item.
  func some(
    _ list: SymbolicList, _ expression: TypedExpression, _ depth: Int,
    _ test: @escaping (Symbol, Int) -> Truth
  ) -> Truth {
    let known = formulas.all([list.unknown.negated, list.error.negated, list.absent.negated])
    let error = formulas.or(list.error, list.absent)
    if case .listed(let items) = list.items {
      let found = items.reduce(Truth.no) { found, one in
        or(found, and(Truth(yes: one.when, no: one.when.negated), test(one.item, depth)))
      }
      return restrict(found, to: known, error: error)
    }
    guard case .facts(let path, let make) = list.items else {
      let any = anyItem(of: list, list.item, depth: depth + 1)
      let key = "any(\(list.key)|\(self.key(of: .truth(test(any, depth + 1)))))"
      return restrict(
        outcome(key: key, expression, canFail: true, canBeUnknown: context.scope.unknownFacts),
        to: known, error: error)
    }
    let counted = { (place: String, depth: Int) -> Truth in
      let item = make("\(path)[\(place)]")
      return self.and(item.counts, test(item.value, depth))
    }
    let body = counted("*\(depth + 1)", depth + 1)
    let open = unknown(body)
    if body.yes == .no, body.error == .no, open == .no {
      return restrict(.no, to: known, error: error)
    }
    let key = "any(\(path)|\(self.key(of: .truth(body))))"
    let found = outcome(
      key: key, expression, canFail: body.error != .no, canBeUnknown: open != .no)
    let fact = space.existing(.result(key))
    // True of some item needs an item.
    space.add(
      axiom: formulas.implies(found.no.negated, there(path, 1)), formulas)
    if body.yes == .yes {
      space.add(axiom: formulas.implies(there(path, 1), found.yes), formulas)
    }
    relate(key, body, found, "\(path)[*\(depth + 1)]")
    if let fact {
      space.define(
        fact,
        Definition(
          range: expression.range, isOfList: true, arguments: [], value: { _ in nil },
          axioms: { count in
            let items = (1...max(count, 1)).map { number -> Truth in
              let isThere = self.there(path, number)
              return self.and(
                Truth(yes: isThere, no: isThere.negated), counted(String(number), depth))
            }
            let expanded = items.reduce(Truth.no) { self.or($0, $1) }
            return [
              self.there(path, count + 1).negated,
              self.formulas.differ(found.yes, expanded.yes).negated,
              self.formulas.differ(found.no, expanded.no).negated,
              self.formulas.differ(found.error, expanded.error).negated,
            ]
          }))
    }
    return restrict(found, to: known, error: error)
  }

  /// What follows between tests of one list: where one item's test implies another, so it is with some item.
  private func relate(_ key: String, _ body: Truth, _ found: Truth, _ place: String) {
    let others = context.tests[place] ?? []
    if others.contains(where: { $0.key == key }) { return }
    context.tests[place] = others + [(key, body, found)]
    let solver = Solver(formulas, space)
    func imply(_ a: Formula, _ b: Formula, _ first: Formula, _ second: Formula) {
      guard solver.isImpossible([a, b.negated]) else { return }
      space.add(axiom: formulas.implies(first, second), formulas)
    }
    for other in others.suffix(Self.mostRelated) {
      imply(body.yes, other.body.yes, found.yes, other.found.yes)
      imply(other.body.yes, body.yes, other.found.yes, found.yes)
      imply(body.no, other.body.no, found.no, other.found.no)
      imply(other.body.no, body.no, other.found.no, found.no)
    }
  }

  /// With how many tests of the same list a test is compared.
  private static let mostRelated = 12

  /// Whether a list of the request has an item of a number.
  func there(_ path: String, _ number: Int) -> Formula {
    let count = space.fact(.count(path), .number, .all, label: path)
    return formulas.inside(count, Stretches(Int128(number), Stretches.infinity))
  }

  private func restrict(_ truth: Truth, to known: Formula, error: Formula) -> Truth {
    if known == .yes { return truth }
    return Truth(
      yes: formulas.and(known, truth.yes), no: formulas.and(known, truth.no),
      error: formulas.or(error, formulas.and(known, truth.error)))
  }

  /// A truth that is a fact: 0 false, 1 true, 2 unknown, 3 an error.
  private func outcome(
    key: String, _ expression: TypedExpression, canFail: Bool, canBeUnknown: Bool = false
  ) -> Truth {
    var values: [Int128] = [0, 1]
    if canBeUnknown { values.append(2) }
    if canFail { values.append(3) }
    let fact = result(key, .truth, Stretches(values: values), expression)
    return Truth(
      yes: formulas.inside(fact, Stretches(1)), no: formulas.inside(fact, Stretches(0)),
      error: formulas.inside(fact, Stretches(3)))
  }

  // MARK: Lists made of lists

  private func comprehension(
    _ variable: Variable, _ source: TypedExpression, _ element: TypedExpression,
    _ condition: TypedExpression?, _ names: Names, _ expression: TypedExpression
  ) -> Symbol {
    guard case .list(let list) = value(source, names) else { return opaque(expression, names) }
    if case .listed(let items) = list.items {
      var result: [(when: Formula, item: Symbol)] = []
      var (open, fails): ([Formula], [Formula]) = ([], [])
      for (when, item) in items {
        let inner = names.binding(variable, item)
        let test = condition.map { truth($0, inner) } ?? .yes
        let (counts, made) = (formulas.and(when, test.yes), value(element, inner))
        open.append(formulas.and(when, unknown(test)))
        fails.append(
          formulas.or(
            formulas.and(when, test.error), formulas.and(counts, parts(of: made).error)))
        result.append((counts, made))
      }
      var made = SymbolicList(items: .listed(result), key: "for(\(list.key))", item: element.type)
      made.error = formulas.or(list.error, formulas.and(list.unknown.negated, formulas.any(fails)))
      made.unknown = formulas.or(
        list.unknown, formulas.and(made.error.negated, formulas.any(open)))
      return .list(made)
    }
    guard case .facts(let path, let make) = list.items else { return whole(expression, names) }
    return .list(
      derived(list, path, element, condition, names, expression) { place in
        let item = make(place)
        return (item, names.binding(variable, item.value))
      })
  }

  /// A list of what is made of the items of a list of the request.
  private func derived(
    _ list: SymbolicList, _ path: String, _ element: TypedExpression,
    _ condition: TypedExpression?, _ names: Names, _ expression: TypedExpression,
    _ item: @escaping (String) -> (SymbolicList.Item, Names)
  ) -> SymbolicList {
    let make = { (place: String, depth: Int) -> SymbolicList.Item in
      let (own, bound) = item(place)
      var inner = bound
      inner.depth = depth
      let test = condition.map { self.truth($0, inner) } ?? Truth.yes
      return .init(counts: self.and(own.counts, test), value: self.value(element, inner))
    }
    let depth = names.depth + 1
    let any = make("\(path)[*\(depth)]", depth)
    var made = SymbolicList(
      items: .facts(path: path) { make($0, depth) },
      key: "for(\(list.key)|\(key(of: .truth(any.counts)))|\(key(of: any.value)))",
      item: element.type)
    made.unknown = list.unknown
    made.error = list.error
    made.absent = list.absent
    let fails = { (item: SymbolicList.Item) in
      self.formulas.or(
        item.counts.error, self.formulas.and(item.counts.yes, self.parts(of: item.value).error))
    }
    if fails(any) != .no {
      // A list is made whole before it is used: one item that fails is an error, whoever asks for the others.
      let some = some(list, expression, names.depth) { _, depth in
        let failure = fails(make("\(path)[*\(depth)]", depth))
        return Truth(yes: failure, no: failure.negated)
      }
      made.error = formulas.or(made.error, some.yes)
    }
    let open = unknown(any.counts)
    if open != .no {
      // One item of which it is not known whether it counts leaves the whole list unknown.
      let some = some(list, expression, names.depth) { _, depth in
        let counts = make("\(path)[*\(depth)]", depth).counts
        return Truth(yes: self.unknown(counts), no: self.unknown(counts).negated)
      }
      made.unknown = formulas.or(made.unknown, some.yes)
    }
    return made
  }
}
