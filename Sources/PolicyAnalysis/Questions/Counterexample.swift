/// Requests that break a guarantee, as cases that can be put into a `.cases` file.
internal import PolicyCompiler
internal import PolicyEngine
internal import PolicySource

/// Writes the requests that break a guarantee as cases.
struct Counterexample {
  private let set: PolicySet
  private let guarantee: TypedGuarantee
  private let finding: GuaranteeFinding

  init(_ set: PolicySet, _ guarantee: TypedGuarantee, _ finding: GuaranteeFinding) {
    (self.set, self.guarantee, self.finding) = (set, guarantee, finding)
  }

  /// A text for each request: of two, the second differs in one fact, and stands behind the first in one file.
  func texts(_ witnesses: [Witness], _ catalog: Catalog) -> [String] {
    witnesses.enumerated().map { number, witness in
      let ending = witnesses.count > 1 ? "_\(number + 1)" : ""
      let text = set.caseText(
        witness.request, of: decisions, name: "breaks_\(guarantee.name)\(ending)",
        label: guarantee.label, remark: FindingMessages.caseRemark(guarantee.name), in: catalog)
      // What no case says is shown as it would be sent.
      guard let text else { return witness.request.text }
      return number == 0 ? text : text.split(separator: "\n").dropFirst().joined(separator: "\n")
    }
  }

  /// The decisions that the guarantee speaks of; of one that speaks of none, all of its policy.
  private var decisions: [String] {
    let policies = set.types.policies
    let used = guarantee.uses.map { reference in
      "\(policies[reference.policy].name).\(policies[reference.policy].decisions[reference.index].name)"
    }
    if !used.isEmpty { return used }
    guard let owner = policies.first(where: { $0.name == finding.policy }) else { return [] }
    return owner.decisions.map { "\(owner.name).\($0.name)" }
  }
}
