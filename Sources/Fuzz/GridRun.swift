/// `Fuzz grid [policies] [seed]`: the analysis of generated policies of fifty clauses against brute force on a grid.
import Glibc
import PolicySource
import TestSupport

enum GridRun {
  /// How many clauses a policy has.
  private static let clauses = 50

  /// Gives the exit code: 1 when something did not fit.
  static func run(_ policies: UInt64, from seed: UInt64) -> Int32 {
    var random = SplitMix64(seed: seed)
    var agreement = GridAgreement()
    for number in 1...max(1, policies) {
      agreement.compare(GridPolicy(clauses: clauses, &random), &random)
      if number % 100 == 0 {
        print(agreement.words)
        fflush(nil)
      }
      if agreement.differences.count >= 5 { break }
    }
    for difference in agreement.differences.prefix(5) { print("DIFFERENCE \(difference)") }
    print("from seed \(seed): \(agreement.words)")
    return agreement.differences.isEmpty ? 0 : 1
  }
}
