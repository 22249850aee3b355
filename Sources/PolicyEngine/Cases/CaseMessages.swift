/// The words of the report about sample cases.
import PolicySource

/// The wording of the case runner.
enum CaseMessages {
  /// A part that differs: expected against got.
  static func difference(_ difference: CaseDifference) -> Phrase {
    "\(part(difference.part)): expected \(difference.expected), got \(difference.got)"
  }

  /// The last line of a report.
  static func summary(_ count: Int, failed: Int) -> Phrase {
    let cases = SourceMessages.count(count, "case")
    return "\(cases): \(count - failed) passed, \(failed) failed"
  }

  /// The name of a part of an answer.
  private static func part(_ name: String) -> Phrase { Phrase(template: name, parts: []) }
}
