/// Sets made of checked policies, for questions that are asked of a set: one decision more, or other policies.
public import PolicyCompiler
public import PolicyRuntime
import PolicySource

extension PolicySet {
  /// The set as it is on some days.
  public struct Snapshot: Sendable {
    /// The first day.
    public let from: Day
    /// The last day.
    public let until: Day
    /// The policies that are checked together on these days.
    public let types: TypedSet
    /// The decisions that are in force.
    public let decisions: Set<Reference>
  }

  /// The set from time to time; one snapshot when no policy has several versions.
  public var snapshots: [Snapshot] {
    epochs.map { epoch in
      Snapshot(
        from: epoch.from, until: epoch.until, types: epoch.types,
        decisions: Set(epoch.programs.map(\.0)))
    }
  }

  /// The set with one decision more in a policy of its newest version; nil when it cannot be lowered.
  ///
  /// - Parameters:
  ///   - decision: checked against the types of this set.
  ///   - policy: the index of its policy.
  public func adding(_ decision: TypedDecision, to policy: Int) -> PolicySet? {
    var types = types
    types.policies[policy].decisions.append(decision)
    let reference = Reference(
      policy: policy, index: types.policies[policy].decisions.count - 1)
    let (program, found) = Lowering.lower(reference, in: types)
    if found.hasErrors { return nil }
    let shown = epochs.last { !$0.programs.isEmpty } ?? epochs[epochs.count - 1]
    return PolicySet(
      digest: digest,
      epochs: [
        LoadedEpoch(
          from: .first, until: .last, types: types, asleep: [],
          programs: shown.programs + [(reference, program)])
      ], samplesFolder: nil)
  }

  /// A set of checked policies that answers for some decisions; nil when one of them cannot be lowered.
  ///
  /// - Parameters:
  ///   - types: the policies.
  ///   - digest: what answers name as the digest of the set.
  ///   - decisions: those that can be asked; nil is all.
  public convenience init?(_ types: TypedSet, digest: String, decisions: Set<Reference>? = nil) {
    var programs: [(Reference, Program)] = []
    for (policy, owner) in types.policies.enumerated() {
      for index in owner.decisions.indices {
        let reference = Reference(policy: policy, index: index)
        if let decisions, !decisions.contains(reference) { continue }
        let (program, found) = Lowering.lower(reference, in: types)
        if found.hasErrors { return nil }
        programs.append((reference, program))
      }
    }
    self.init(
      digest: digest,
      epochs: [
        LoadedEpoch(from: .first, until: .last, types: types, asleep: [], programs: programs)
      ], samplesFolder: nil)
  }
}
