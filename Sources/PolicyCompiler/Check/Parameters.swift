/// Parameters: typed values, one or dated.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Checks the parameters of all policies.
  func checkParameters() {
    for (policy, tree) in trees.enumerated() {
      for declaration in tree.declarations {
        guard case .parameter(let parameter) = declaration else { continue }
        let index = set.policies[policy].parameters.count
        let type = scalarType(parameter.type, in: policy)
        facts[policy].parameters[index] = type
        set.policies[policy].parameters.append(
          TypedParameter(
            name: parameter.name.text, label: plain(parameter.label) ?? parameter.name.text,
            type: type ?? .bool, values: values(of: parameter, type, in: policy),
            illustrative: parameter.illustrative, range: parameter.name.range))
      }
    }
  }

  /// A type that is neither record nor list nor optional, or nil when it was reported.
  func scalarType(_ tree: TypeTree, in policy: Int) -> ValueType? {
    guard let type = resolve(tree, in: policy) else { return nil }
    switch type {
    case .record, .list, .optional:
      report(.unsupportedType(tree.range, "a single value that is never absent is needed here"))
      return nil
    default: return type
    }
  }

  private func values(
    of parameter: ParameterTree, _ type: ValueType?, in policy: Int
  ) -> [TypedParameter.Value] {
    if parameter.values.isEmpty { report(.parameterWithoutValue(parameter.name)) }
    var result: [TypedParameter.Value] = []
    var last: Day?
    for value in parameter.values {
      let from = value.from.flatMap(day)
      if let from, let last, from <= last, let place = value.from {
        report(.datesNotRising(place.range))
      }
      if let from { last = from }
      guard let type, let constant = constant(value.value, type, in: policy) else { continue }
      result.append(.init(from: from, constant: constant))
    }
    return result
  }
}
