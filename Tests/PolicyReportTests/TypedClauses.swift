/// The clauses of a decision whatever its kind, for tests that look for each of them.
import PolicyCompiler

extension TypedDecision {
  /// Its clauses with a code.
  var clauses: [TypedClause] {
    switch body {
    case .release(let clauses), .check(let clauses): clauses
    case .approval(let approval): approval.requires
    case .limit, .grade, .value: []
    }
  }
}
