/// approval: a failed `require` makes the form invalid; otherwise the steps whose conditions hold, in order.
import PolicyCompiler
import PolicyRuntime

extension ReferenceRun {
  func approval(
    _ requires: [TypedClause], _ steps: [TypedStep]
  ) throws(ReferenceTrap) -> ReferenceResult {
    let (problems, requireNeeds) = try self.problems(requires)
    var chain: [ReferenceAnswer.Step] = []
    var stepNeeds: Needs = []
    for step in steps {
      switch try truth(step.condition) {
      case .no: continue
      case .unknown(let needs): stepNeeds.formUnion(needs)
      case .yes:
        switch try known(step.by) {
        case .post(let index):
          chain.append(.init(name: step.name, post: set.types.posts[index].name))
        case let unknown: stepNeeds.formUnion(unknown.needs)
        }
      }
    }

    var result = ReferenceResult("chain")
    if !problems.isEmpty {
      result.answer.outcome = "invalid"
      result.answer.reasons = problems
      result.answer.needs = requireNeeds
    } else if !requireNeeds.isEmpty || !stepNeeds.isEmpty {
      result.answer.outcome = "needs"
      result.answer.needs = requireNeeds.union(stepNeeds)
    } else {
      result.answer.steps = chain
    }
    // Unknown steps change the chain, not that there will be one.
    let isInvalid = problems.isEmpty ? (requireNeeds.isEmpty ? false : nil) : true
    result.test = { answer in
      switch answer {
      case .invalid: isInvalid
      case .chain: isInvalid.map { !$0 }
      default: false
      }
    }
    return result
  }
}
