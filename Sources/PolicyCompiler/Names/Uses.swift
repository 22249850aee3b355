/// `use` lines, and what must not go round in a circle or say two things by one name.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Resolves `use` lines, then looks for cycles and shadowed names.
  func checkUses() {
    for (index, tree) in trees.enumerated() {
      for use in tree.uses where !use.text.isEmpty {
        guard let used = policyIndex[use.text] else {
          report(.unknownPolicy(use, nearest: nearest(use.text, policyIndex.keys.sorted())))
          continue
        }
        if scopes[index].uses.contains(used) {
          report(.duplicateUse(use))
        } else if used == index {
          report(.cyclicUse(use, chain: [use.text, use.text]))
        } else {
          scopes[index].uses.append(used)
        }
      }
    }
    let cycles = findCycles(count: trees.count) { scopes[$0].uses }
    for cycle in cycles {
      let first = cycle[0]
      let next = cycle.count > 1 ? cycle[1] : first
      let name = set.policies[next].name
      guard let use = trees[first].uses.first(where: { $0.text == name }) else { continue }
      report(.cyclicUse(use, chain: (cycle + [first]).map { set.policies[$0].name }))
    }
    for index in trees.indices { checkShadowing(index) }
  }

  private func checkShadowing(_ index: Int) {
    for used in scopes[index].uses {
      for (name, entry) in scopes[index].ownValues.sorted(by: { $0.key < $1.key }) {
        guard let other = scopes[used].ownValues[name] else { continue }
        if case .input = entry.entity, case .input = other.entity { continue }
        let place = Name(name, entry.range)
        report(.shadowedName(place, policy: set.policies[used].name, first: other.range))
      }
      for (name, entry) in scopes[index].ownTypes.sorted(by: { $0.key < $1.key }) {
        guard let other = scopes[used].ownTypes[name] else { continue }
        let place = Name(name, entry.range)
        report(.shadowedName(place, policy: set.policies[used].name, first: other.range))
      }
    }
  }

  /// One cycle for each knot of a graph: the vertices in order, beginning with the least.
  func findCycles(count: Int, _ edges: (Int) -> [Int]) -> [[Int]] {
    enum Mark { case new, open, done }
    var marks = [Mark](repeating: .new, count: count)
    var cycles: [[Int]] = []
    for root in 0..<count where marks[root] == .new {
      var path = [root]
      var rest = [edges(root)[...]]
      marks[root] = .open
      while let vertex = path.last {
        guard let next = rest[rest.count - 1].popFirst() else {
          marks[vertex] = .done
          path.removeLast()
          rest.removeLast()
          continue
        }
        switch marks[next] {
        case .done: continue
        case .new:
          marks[next] = .open
          path.append(next)
          rest.append(edges(next)[...])
        case .open:
          guard let start = path.firstIndex(of: next) else { continue }
          cycles.append(Array(path[start...]))
        }
      }
    }
    return cycles
  }

  /// Reports decisions that need each other.
  func checkDecisionCycles() {
    var references: [Reference] = []
    var indices: [Reference: Int] = [:]
    for (policy, typed) in set.policies.enumerated() {
      for index in typed.decisions.indices {
        indices[Reference(policy: policy, index: index)] = references.count
        references.append(Reference(policy: policy, index: index))
      }
    }
    func decision(_ index: Int) -> TypedDecision {
      set.policies[references[index].policy].decisions[references[index].index]
    }
    let cycles = findCycles(count: references.count) { index in
      decision(index).uses.compactMap { indices[$0] }
    }
    for cycle in cycles {
      let names = (cycle + [cycle[0]]).map { decision($0).name }
      report(.cyclicDecision(Name(names[0], decision(cycle[0]).range), chain: names))
    }
  }

  /// Inputs of one name in policies that refer to each other must have one type.
  func checkSharedInputs() {
    var told: Set<Reference> = []
    for start in set.policies.indices {
      var seen: [String: Reference] = [:]
      for policy in reachable(from: start) {
        for (index, input) in set.policies[policy].inputs.enumerated() {
          guard let type = facts[policy].inputs[index] else { continue }
          let reference = Reference(policy: policy, index: index)
          guard let first = seen[input.field.name] else {
            seen[input.field.name] = reference
            continue
          }
          let before = set.policies[first.policy].inputs[first.index]
          let isShared = before.field.isSecret == input.field.isSecret
          guard let other = facts[first.policy].inputs[first.index], other != type || !isShared,
            !told.contains(reference), !told.contains(first)
          else { continue }
          told.insert(reference)
          let name = Name(input.field.name, input.range)
          report(
            other == type
              ? .secretDiffers(name, isSecret: input.field.isSecret, at: before.range)
              : .inputTypeDiffers(name, words(type), other: words(other), at: before.range))
        }
      }
    }
  }

  /// A policy and all it refers to, by `use` or by its decisions and guarantees, in order of finding.
  private func reachable(from start: Int) -> [Int] {
    var order = [start]
    var seen: Set<Int> = [start]
    var position = 0
    while position < order.count {
      let policy = order[position]
      position += 1
      let typed = set.policies[policy]
      let named = (typed.decisions.flatMap(\.uses) + typed.guarantees.flatMap(\.uses)).map(\.policy)
      for next in scopes[policy].uses + named where seen.insert(next).inserted {
        order.append(next)
      }
    }
    return order
  }

  /// Warns of parameters and definitions that nothing uses, unless a mistake may be the reason.
  func warnUnused() {
    if diagnostics.hasErrors { return }
    for (policy, typed) in set.policies.enumerated() {
      for (index, parameter) in typed.parameters.enumerated()
      where !parameter.name.isEmpty
        && !usedParameters.contains(Reference(policy: policy, index: index))
      {
        report(.unused("parameter", Name(parameter.name, parameter.range)))
      }
      for (index, define) in facts[policy].defineTrees.enumerated()
      where !define.name.text.isEmpty
        && !usedDefines.contains(Reference(policy: policy, index: index))
      {
        report(.unused("definition", define.name))
      }
    }
  }

  /// The nearest of some words.
  func nearest(_ word: String, _ words: some Sequence<String>) -> String? {
    Suggestion.nearest(to: word, in: words)
  }
}
