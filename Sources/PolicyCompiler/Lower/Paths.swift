/// Paths to facts: which slot an expression such as `order.amount` or `line.stock` reads.
import PolicyRuntime
import PolicySource

/// A record, list or scalar somewhere in the inputs or in the item of a loop.
struct FactPlace {
  /// The schema nodes it may be (several when an item may come from several lists).
  var nodes: [Int]
  /// What is added to the slots of these nodes: 0 for inputs, the block for items.
  var base: Int
  /// The path as people read it.
  var path: String
}

extension ProgramBuilder {
  /// The place of a path of inputs, variables and fields; nil for anything computed.
  func place(of expression: TypedExpression, _ scope: [Int: Binding]) -> FactPlace? {
    switch expression.kind {
    case .input(let reference):
      let name = set.policies[reference.policy].inputs[reference.index].field.name
      guard let node = inputNodes[name] else { return nil }
      return FactPlace(nodes: [node], base: 0, path: name)
    case .variable(let variable):
      switch scope[variable.id] {
      case .item(let block, let nodes):
        return FactPlace(nodes: nodes, base: block, path: variable.name)
      case .expression(let argument, let outer): return place(of: argument, outer)
      default: return nil
      }
    case .field(let base, let index):
      guard var place = place(of: base, scope) else { return nil }
      place.nodes = place.nodes.map { Int(program.schema.nodes[$0].firstChild) + index }
      if let node = place.nodes.first { place.path += ".\(program.schema.names[node])" }
      return place
    default: return nil
    }
  }

  /// The slot of a place, which the decision now reads; -1 for a record without `?`.
  func slot(at place: FactPlace) -> Int {
    place.nodes.forEach(markUsed)
    guard let node = place.nodes.first else { return -1 }
    let slot = Int(program.schema.nodes[node].slot)
    return slot < 0 ? -1 : place.base + slot
  }

  /// A conditional, call or variable under a field is taken apart, so that fields are read from paths only.
  func reduced(
    _ expression: TypedExpression, _ scope: [Int: Binding]
  ) -> (TypedExpression, [Int: Binding]) {
    switch expression.kind {
    case .variable(let variable):
      if case .expression(let argument, let outer) = scope[variable.id] {
        return reduced(argument, outer)
      }
    case .field(let base, let index):
      let (inner, innerScope) = reduced(base, scope)
      switch inner.kind {
      case .record(let fields) where fields.indices.contains(index):
        return reduced(fields[index], innerScope)
      case .conditional(let condition, let then, let otherwise):
        func pick(_ branch: TypedExpression) -> TypedExpression {
          TypedExpression(.field(branch, index), expression.type, branch.range)
        }
        return (
          TypedExpression(
            .conditional(condition, pick(then), pick(otherwise)), expression.type,
            expression.range),
          innerScope
        )
      case .call(let reference, let arguments) where isCompound(inner.type):
        let define = set.policies[reference.policy].defines[reference.index]
        return reduced(
          TypedExpression(.field(define.body, index), expression.type, expression.range),
          bind(define, arguments, innerScope))
      default:
        return (
          TypedExpression(.field(inner, index), expression.type, expression.range), innerScope
        )
      }
    case .call(let reference, let arguments) where isCompound(expression.type):
      let define = set.policies[reference.policy].defines[reference.index]
      return reduced(define.body, bind(define, arguments, scope))
    default: break
    }
    return (expression, scope)
  }

  func isCompound(_ type: ValueType) -> Bool {
    switch type.unwrapped {
    case .record, .list: true
    default: false
    }
  }

  /// The scope of a definition's body when every argument is lowered where it is used.
  func bind(
    _ define: TypedDefine, _ arguments: [TypedExpression], _ scope: [Int: Binding]
  ) -> [Int: Binding] {
    var inner: [Int: Binding] = [:]
    for (variable, argument) in zip(define.arguments, arguments) {
      inner[variable.id] = .expression(argument, scope)
    }
    return inner
  }

  /// The nodes of the lists that an expression may be.
  func listNodes(_ expression: TypedExpression, _ scope: [Int: Binding]) -> [Int] {
    let (reduced, inner) = reduced(expression, scope)
    if case .conditional(_, let then, let otherwise) = reduced.kind {
      return listNodes(then, inner) + listNodes(otherwise, inner)
    }
    if let place = place(of: reduced, inner) { return place.nodes }
    if case .list(let item) = reduced.type.unwrapped { return [shape(ofListOf: item)] }
    return []
  }

  /// A loop over a list in a slot, and the binding of its variable.
  func makeLoop(listSlot: Int, nodes: [Int]) -> (loop: Int, binding: Binding) {
    nodes.forEach(markUsed)
    if program.loops.count >= 0xFFFE { tooLarge = true }
    let stride = nodes.first.map { Int(program.schema.nodes[$0].stride) } ?? 1
    let block = temporaries(stride)
    var loop = Program.Loop(list: listSlot, block: block, stride: stride, counter: temporary())
    if let node = nodes.first {
      loop.node = Int32(node)
      loop.items = nodes.reduce(1) { max($0, program.schema.nodes[$1].itemLimit) }
    }
    program.loops.append(loop)
    let items = nodes.map { Int(program.schema.nodes[$0].firstChild) }
    items.forEach(markUsed)
    return (program.loops.count - 1, .item(block: block, nodes: items))
  }

  /// The facts that an expression reads, for the `facts` of a reason: so many at most, in order.
  func facts(
    of expression: TypedExpression, _ scope: [Int: Binding], most: Int = 12
  ) -> [FactPlan] {
    var found: [FactPlan] = []
    gather(expression, scope, most, &found)
    return found
  }

  private func gather(
    _ expression: TypedExpression, _ scope: [Int: Binding], _ most: Int,
    _ found: inout [FactPlan]
  ) {
    // What expands without end is refused anyway.
    guard found.count < most, !tooLarge else { return }
    // A field of a record that was chosen or named first is a field of each record that it may be.
    let (expression, scope) = reduced(expression, scope)
    if let place = place(of: expression, scope) {
      let slot = slot(at: place)
      let form = form(of: expression.type)
      guard slot >= 0, form != .list, !found.contains(where: { $0.path == place.path }) else {
        return
      }
      var fact = FactPlan(path: place.path, slot: slot, form: form, node: place.nodes.first ?? 0)
      fact.isSecret = isSecret(place) || isSecret(expression, scope)
      found.append(fact)
      return
    }
    switch expression.kind {
    case .variable(let variable):
      if case .expression(let argument, let outer) = scope[variable.id] {
        gather(argument, outer, most, &found)
      }
    case .call(let reference, let arguments):
      let define = set.policies[reference.policy].defines[reference.index]
      gather(define.body, bind(define, arguments, scope), most, &found)
    case .quantifier(_, _, let list, _), .aggregate(_, _, let list, _, _, _),
      .comprehension(_, let list, _, _), .the(_, let list, _, _):
      gather(list, scope, most, &found)
    default: expression.visitChildren { gather($0, scope, most, &found) }
    }
  }
}
