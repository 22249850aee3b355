/// Sample cases as JSON lines: recorded requests, each with the parts of the answer that it must get.
import PolicyRuntime
import PolicySource

/// One line of a `.cases.jsonl` file.
struct RecordedCase: Sendable {
  /// `policy.decision`.
  let decision: String
  /// The name; `line 3` when the line gives none.
  let name: String
  /// The envelope of the request.
  let body: [UInt8]
  /// The members that the answer must have, as they must be.
  let expected: [JSONTree.Member]
  /// `shipment/orders.cases.jsonl:3`.
  let place: String

  /// The cases of a file; what cannot be read is reported.
  static func read(
    _ file: SourceFile, id: FileID, for set: PolicySet, _ found: inout DiagnosticList
  ) -> [RecordedCase] {
    var cases: [RecordedCase] = []
    var start = 0
    var line = 0
    for part in file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let range = SourceRange(file: id, lower: start, upper: start + part.count)
      start += part.count + 1
      line += 1
      if part.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      if let read = one(Array(part), range, "\(file.name):\(line)", line, set, &found) {
        cases.append(read)
      }
    }
    return cases
  }

  private static func one(
    _ bytes: [UInt8], _ range: SourceRange, _ place: String, _ line: Int, _ set: PolicySet,
    _ found: inout DiagnosticList
  ) -> RecordedCase? {
    guard let tree = JSONTree(parsing: bytes), case .object(let members) = tree,
      let decision = tree["decision"]?.word, case .object(let expected)? = tree["expect"],
      !expected.isEmpty
    else {
      found.add(EngineMessages.badRecordedCase(at: range))
      return nil
    }
    guard set.program(named: decision) != nil else {
      found.add(
        EngineMessages.unknownRecordedDecision(
          decision, nearest: set.suggestions(for: decision), at: range))
      return nil
    }
    let own = ["decision", "expect", "case"]
    return RecordedCase(
      decision: decision, name: tree["case"]?.word ?? "line \(line)",
      body: JSONTree.object(members.filter { !own.contains($0.name) }).bytes,
      expected: expected, place: place)
  }

  /// What differs between the answer and what is expected; empty when nothing does.
  func differences(_ evaluator: Evaluator) -> [CaseDifference] {
    var out: [UInt8] = []
    _ = evaluator.decide(
      decision: Array(decision.utf8).span, body: body.span, requestID: Array("case".utf8).span,
      today: Day(number: 0), into: &out)
    return differences(of: out)
  }

  /// What differs between an answer and what is expected.
  func differences(of bytes: [UInt8]) -> [CaseDifference] {
    let answer = JSONTree(parsing: bytes) ?? .null
    return expected.compactMap { member -> CaseDifference? in
      let got = answer[member.name]
      if let got, Self.fits(got, member.value) { return nil }
      return CaseDifference(
        member.name, expected: .verbatim(member.value.text),
        got: got.map { .verbatim($0.text) } ?? "nothing")
    }
  }

  /// Whether an answer has everything that is expected: of an object the members that are named, of a list
  /// every item in its order.
  private static func fits(_ got: JSONTree, _ expected: JSONTree) -> Bool {
    switch (got, expected) {
    case (.object, .object(let members)):
      members.allSatisfy { member in got[member.name].map { fits($0, member.value) } ?? false }
    case (.array(let items), .array(let wanted)):
      items.count == wanted.count && zip(items, wanted).allSatisfy(fits)
    default: got == expected
    }
  }
}
