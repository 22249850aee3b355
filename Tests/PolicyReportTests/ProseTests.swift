/// Sentences of the report.
import PolicySource
import Testing

@testable import PolicyReport

@Suite struct LabelTests {
  @Test func halves() { #expect(BilingualLabel.half(of: "a (甲)", in: .chinese) == "甲") }
}
