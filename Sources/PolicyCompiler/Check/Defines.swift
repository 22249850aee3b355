/// Definitions: checked when first needed, so that their types are known wherever they stand.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Checks the definitions of all policies.
  func checkDefines() {
    for policy in trees.indices {
      for (index, tree) in facts[policy].defineTrees.enumerated() {
        for case let secret? in tree.arguments.map(\.secret) { report(.misplacedSecret(secret)) }
        facts[policy].defineArguments[index] = tree.arguments.map {
          resolve($0.type, in: policy)
        }
        set.policies[policy].defines.append(
          TypedDefine(
            name: tree.name.text, label: plain(tree.label) ?? tree.name.text, arguments: [],
            body: TypedExpression(.constant(.bool(false)), .bool, tree.body.range),
            range: tree.name.range))
      }
    }
    for policy in trees.indices {
      for index in facts[policy].defines.indices {
        _ = defineType(Reference(policy: policy, index: index))
      }
    }
  }

  /// The type of a definition's value; nil when its body is wrong or goes round in a circle.
  func defineType(_ reference: Reference, at use: Name? = nil) -> ValueType? {
    switch facts[reference.policy].defines[reference.index] {
    case .done(let type): return type
    case .open:
      if let use, let start = openDefines.firstIndex(of: reference) {
        let chain = (openDefines[start...] + [reference]).map {
          facts[$0.policy].defineTrees[$0.index].name.text
        }
        report(.cyclicDefine(use, chain: chain))
      }
      return nil
    case .untouched: break
    }
    facts[reference.policy].defines[reference.index] = .open
    openDefines.append(reference)
    let type = checkDefine(reference)
    openDefines.removeLast()
    facts[reference.policy].defines[reference.index] = .done(type)
    return type
  }

  /// The value of a definition, of the type that is written, if one is.
  private func body(
    of tree: DefineTree, _ checker: ExpressionChecker, _ reference: Reference
  ) -> TypedExpression? {
    guard let written = tree.type else { return checker.value(tree.body) }
    guard let type = resolve(written, in: reference.policy) else { return nil }
    if type.isOptional {
      report(.unsupportedType(written.range, "a value that is never absent is needed here"))
      return nil
    }
    return checker.typed(tree.body, type)
  }

  private func checkDefine(_ reference: Reference) -> ValueType? {
    guard openDefines.count <= ExpressionChecker.depthLimit / 4 else {
      report(.tooDeep(facts[reference.policy].defineTrees[reference.index].name.range))
      return nil
    }
    let tree = facts[reference.policy].defineTrees[reference.index]
    let checker = ExpressionChecker(self, policy: reference.policy)
    var arguments: [Variable] = []
    func inner(_ rest: ArraySlice<FieldTree>) -> TypedExpression? {
      guard let argument = rest.first else { return self.body(of: tree, checker, reference) }
      let index = rest.startIndex
      guard let type = facts[reference.policy].defineArguments[reference.index][index] else {
        return nil
      }
      return checker.binding(argument.name, type) { variable in
        arguments.append(variable)
        return inner(rest.dropFirst())
      }
    }
    let body = inner(tree.arguments[...])
    facts[reference.policy].defineUses[reference.index] = checker.uses
    guard let body else { return nil }
    set.policies[reference.policy].defines[reference.index].arguments = arguments
    set.policies[reference.policy].defines[reference.index].body = body
    return body.type.unwrapped
  }
}
