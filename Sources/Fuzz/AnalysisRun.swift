/// `Fuzz analysis [programs] [seed]`: what the analysis says of generated programs against answers of the machine.
import Glibc
import TestSupport

enum AnalysisRun {
  /// Gives the exit code: 1 when something did not fit.
  static func run(_ programs: UInt64, from seed: UInt64) -> Int32 {
    var generator = ProgramGenerator(seed: seed)
    var agreement = AnalysisAgreement()
    for number in 1...max(1, programs) {
      agreement.compare(generator.next())
      if number % 100 == 0 {
        print("\(number) programs, \(agreement.words)")
        fflush(nil)
      }
      if agreement.differences.count >= 5 { break }
    }
    for difference in agreement.differences.prefix(5) { print("DIFFERENCE \(difference)") }
    print("from seed \(seed): \(agreement.words)")
    return agreement.differences.isEmpty ? 0 : 1
  }
}
