/// Which process of a register is decided by which policy, and how many sample cases say so.
import PolicyCompiler
import PolicyRuntime
public import PolicySource

/// A register beside a set and its sample cases.
public struct ProcessCoverage: Sendable {
  /// What a policy has of a process.
  public struct Part: Sendable {
    /// The policy.
    public let policy: String
    /// Its file, below the folder of the set.
    public let file: String
    /// The decisions, as `policy.decision`, in order of the file.
    public let decisions: [String]
    /// The clauses of these decisions.
    public let clauses: Int
  }

  /// How far a process is decided.
  public enum Status: String, Sendable {
    /// A policy decides it, and a sample case has an answer of it.
    case decided
    /// A policy names it, and no sample case has another answer than `not_applicable`.
    case withoutCase = "without_case"
    /// No policy names it.
    case missing
  }

  /// A process and what decides it.
  public struct Entry: Sendable {
    /// The row of the register.
    public let process: ProcessRegister.Process
    /// The policies.
    public let parts: [Part]
    /// The sample cases that expect something of its decisions.
    public let cases: Int
    /// Those that expect more than `not_applicable`.
    public let answered: Int

    /// How far it is decided.
    ///
    /// Of a process of which the source writes hardly anything, `not_applicable` is answer enough.
    public var status: Status {
      if parts.isEmpty { return .missing }
      return (process.evidence == .thin ? cases : answered) > 0 ? .decided : .withoutCase
    }
  }

  /// The processes in order of the register.
  public let entries: [Entry]
  /// Processes that policies name and the register lacks.
  public private(set) var diagnostics = DiagnosticList()

  /// Measures a set with its cases against a register.
  public init(_ register: ProcessRegister, _ set: PolicySet, _ suite: CaseSuite) {
    let expected = suite.expectedDecisions
    var parts: [String: [Part]] = [:]
    let known = register.processes.map(\.id)
    var seen: Set<FileID> = []
    for epoch in set.epochs {
      for policy in epoch.types.policies where seen.insert(policy.range.file).inserted {
        for process in policy.processes {
          if !known.contains(process.id) {
            diagnostics.add(
              EngineMessages.unknownProcess(
                process.id, nearest: Suggestion.nearest(to: process.id, in: known),
                at: process.range))
          }
          parts[process.id, default: []].append(
            Self.part(process, of: policy, set, file: set.types.files[policy.range.file].name))
        }
      }
    }
    entries = register.processes.map { process in
      let own = parts[process.id] ?? []
      let names = Set(own.flatMap(\.decisions))
      return Entry(
        process: process, parts: own,
        cases: expected.count { !$0.all.isDisjoint(with: names) },
        answered: expected.count { !$0.answered.isDisjoint(with: names) })
    }
  }

  private static func part(
    _ process: TypedProcess, of policy: TypedPolicy, _ set: PolicySet, file: String
  ) -> Part {
    let names = process.decisions.map { "\(policy.name).\(policy.decisions[$0].name)" }
    let clauses = names.map { set.program(named: $0)?.plans.last?.clauses.count ?? 0 }
    return Part(policy: policy.name, file: file, decisions: names, clauses: clauses.reduce(0, +))
  }

  /// How many processes are decided.
  public var decided: Int { entries.count { $0.status == .decided } }
}
