/// Requests that no release of a policy decides: each of its releases says that it does not apply.
internal import PolicyCompiler
public import PolicyEngine
internal import PolicyRuntime
public import PolicySource

/// Where the releases of one policy leave a request to nobody.
public struct UncoveredRequests: Sendable {
  /// What is known of it.
  public enum Verdict: Sendable {
    /// Some release decides, whatever the request: proved for all inputs.
    case never
    /// No release decides where one of the regions holds; the request was run through each of them.
    case shown(regions: [[Phrase]], isWhole: Bool, Witness)
    /// Neither.
    case open
  }

  /// The policy.
  public let policy: String
  /// Its releases, in the order in which they are written.
  public let releases: [String]
  /// What is known.
  public let verdict: Verdict

  /// The facts of the request that shows it, in one line; empty without one.
  public var example: String {
    guard case .shown(let regions, _, let witness) = verdict else { return "" }
    return WitnessWords.facts(of: witness.request, in: regions)
  }

  private static let regionLimit = 12

  /// Asks every policy that has a release, in the order of the policies.
  ///
  /// - Parameter policy: only this policy; nil is all.
  public static func all(of set: PolicySet, policy: String? = nil) -> [UncoveredRequests] {
    let policies = set.types.policies.indices.filter { index in
      policy.map { $0 == set.types.policies[index].name } ?? true
    }
    return ManyCores.map(policies.count) { UncoveredRequests(set, policies[$0]) }
      .compactMap(\.self)
  }

  /// Nil for a policy without a release.
  private init?(_ set: PolicySet, _ policy: Int) {
    let owner = set.types.policies[policy]
    let releases = owner.decisions.indices.filter { index in
      if case .release = owner.decisions[index].body { true } else { false }
    }
    guard let first = releases.first else { return nil }
    let names = releases.map { "\(owner.name).\(owner.decisions[$0].name)" }
    self.policy = owner.name
    self.releases = releases.map { owner.decisions[$0].name }
    let name = "\(owner.name).\(owner.decisions[first].name)"
    let reader = Interpreter(set.types, Context(Scope.all(set, set, name)))
    let goal = reader.formulas.all(
      releases.map { reader.model(Reference(policy: policy, index: $0)).applies.no })
    let prover = Prover(reader.context)
    let runner = Runner(set)
    let proof = prover.prove([goal]) { values in
      let answers = names.map { name -> Witness? in
        let maker = WitnessMaker(interpreter: reader, policies: set, decision: name)
        guard let request = maker.envelope(values) else { return nil }
        let answer = runner.answer(name, request)
        guard answer["outcome"]?.word == "not_applicable" else { return nil }
        return Witness(decision: name, request: request, answer: answer)
      }
      return answers.contains { $0 == nil } ? nil : answers.first ?? nil
    }
    switch proof {
    case .never: verdict = .never
    case .open: verdict = .open
    case .shown(let witness):
      let finder = RegionFinder(prover)
      let cubes = finder.cubes(of: goal, limit: Self.regionLimit)
      let words = RegionWords(context: reader.context)
      verdict = .shown(
        regions: cubes.cubes.map { words.words($0, finder) }, isWhole: cubes.isWhole, witness)
    }
  }
}
