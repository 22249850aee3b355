/// What the analysis says of generated decisions fits the answers of the machine.
import Foundation
import TestSupport
import Testing

@Suite struct AgreementTests {
  /// The same programs each time: what is known to be left is in the page about the analysis.
  ///
  /// `SEED=7 DIFFERENTIAL=1000 swift test --filter AgreementTests` compares others, and more.
  @Test func theModelFitsEveryAnswer() {
    let environment = ProcessInfo.processInfo.environment
    let seed = environment["SEED"].flatMap { UInt64($0) } ?? 3
    let programs = environment["DIFFERENTIAL"].flatMap { Int($0) } ?? 30
    var generator = ProgramGenerator(seed: seed)
    var agreement = AnalysisAgreement()
    for _ in 0..<programs where agreement.differences.isEmpty {
      agreement.compare(generator.next())
    }
    print("SEED=\(seed): \(agreement.words)")
    for difference in agreement.differences.prefix(2) {
      Issue.record("SEED=\(seed)\n\(difference)")
    }
    #expect(agreement.answers > programs)
    #expect(agreement.parts > 3 * agreement.open, "the model says too little")
  }
}
