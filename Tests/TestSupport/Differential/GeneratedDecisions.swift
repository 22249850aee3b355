/// Decisions of generated programs one by one, for tests that look at what is said of each alone.
import Foundation
public import PolicyCompiler
import PolicyRuntime

/// So many programs of a seed: `SEED=7 DIFFERENTIAL=10000 swift test --filter …` says which and how many.
public struct GeneratedDecisions {
  /// The seed.
  public let seed: UInt64
  /// How many programs.
  public let programs: Int

  /// A program that did not check.
  public struct Rejected: Error {
    /// The seed and the diagnostics.
    public let words: String
  }

  /// Takes seed and number from the environment.
  ///
  /// - Parameter usual: how many programs when it says nothing.
  public init(usual: Int) {
    let environment = ProcessInfo.processInfo.environment
    seed = environment["SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max)
    programs = environment["DIFFERENTIAL"].flatMap { Int($0) } ?? usual
  }

  /// Calls a function with every decision, until it gives false.
  public func visit(
    _ look: (Reference, TypedSet, GeneratedProgram) throws -> Bool
  ) throws {
    var generator = ProgramGenerator(seed: seed)
    for _ in 0..<programs {
      let generated = generator.next()
      // Of two versions the later one.
      let checked = CheckedPolicies(generated.files.filter { $0.name != "base.1.writ" })
      guard let set = checked.set else {
        throw Rejected(words: "SEED=\(seed)\n\(checked.errors)")
      }
      for (index, policy) in set.policies.enumerated() {
        for number in policy.decisions.indices
        where generated.decisions.contains("\(policy.name).\(policy.decisions[number].name)") {
          guard try look(Reference(policy: index, index: number), set, generated) else { return }
        }
      }
    }
  }
}
