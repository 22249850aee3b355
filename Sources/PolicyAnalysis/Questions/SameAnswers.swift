/// Whether two typed sets give the same answers: proved, without running a request.
public import PolicyCompiler
internal import PolicyRuntime

/// Proofs that a change changes nothing.
public enum SameAnswers {
  /// Whether a decision answers every request alike in both sets; false when it could not be proved.
  ///
  /// Also where facts are unknown, reasons are cleared, or a history has decided.
  public static func areProved(_ decision: Reference, in old: TypedSet, and new: TypedSet) -> Bool {
    var scope = Scope.lifetime
    (scope.unknownFacts, scope.clearances, scope.histories) = (true, true, true)
    let context = Context(scope)
    let readers = (Interpreter(old, context), Interpreter(new, context))
    readers.0.declare(decision, scope)
    readers.1.declare(decision, scope)
    let models = (readers.0.model(decision), readers.1.model(decision))
    let parts = PartDifferences(readers.1).differences(models.0, models.1)
    if parts.isEmpty { return true }
    return Prover(context).isNever([context.formulas.any(parts.map(\.when))])
  }

  /// Whether a mutant is the same policy in other words: no case can notice it.
  public static func areProved(_ mutant: Mutant, in set: TypedSet) -> Bool {
    let other = mutant.applied(to: set)
    return concerned(by: mutant, in: set).allSatisfy { areProved($0, in: set, and: other) }
  }

  /// The decisions whose answers a mutant can change.
  private static func concerned(by mutant: Mutant, in set: TypedSet) -> [Reference] {
    guard let policy = set.policies.firstIndex(where: { $0.name == mutant.policy }) else {
      return []
    }
    var result: [Reference] = []
    for (number, owner) in set.policies.enumerated() {
      for index in owner.decisions.indices {
        let reference = Reference(policy: number, index: index)
        if Lowering.policies(of: reference, in: set).contains(policy) { result.append(reference) }
      }
    }
    return result
  }
}
