/// Logs read piece by piece: the same records as line by line, and the same damage as `writ log verify` finds.
import Foundation
import PolicySource
import TestSupport
import Testing

@testable import DecisionLog

@Suite struct LogPiecesTests {
  static let logs = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  static let folder = Golden.corpus.appendingPathComponent("log").path

  /// What is wrong with the chain itself, and not only with names, anchors and checkpoints.
  static let ofTheChain: Set<LogFinding.Kind> = [
    .changed, .notARecord, .removed, .inserted, .order, .torn, .version,
  ]

  private func read(_ pieces: LogPieces) throws -> (chain: LogChain, numbers: [UInt64]) {
    var pieces = pieces
    var chain = LogChain(files: pieces.files, isLive: false, verifies: true)
    var numbers: [UInt64] = []
    var buffer: [UInt8] = []
    var places: [Int] = []
    while let piece = try pieces.next(into: &buffer) {
      places.append(piece.index)
      let found = piece.read(buffer, verifies: true) { _, record in numbers.append(record.number) }
      chain.take(piece, found)
    }
    #expect(places == Array(0..<places.count))
    return (chain, numbers)
  }

  @Test(arguments: logs) func findsWhatVerificationFinds(_ name: String) throws {
    let log = try LogReading(folder: Self.folder + "/" + name)
    let verified = try LogVerification.run(log)
    let isDamaged = verified.findings.contains { Self.ofTheChain.contains($0.kind) }
    var whole: [UInt64] = []
    if !isDamaged {
      var records = try log.records()
      while let record = try records.next() { whole.append(record.number) }
    }
    for length in [1, 100, 900, 2_500, 1 << 20] {
      let (chain, numbers) = try read(try LogPieces(log, length: length))
      #expect(chain.isWhole == !isDamaged, "\(name), pieces of \(length): \(chain.damages)")
      if isDamaged { continue }
      #expect(numbers == whole, "\(name), pieces of \(length)")
      #expect(chain.records == whole.count)
      #expect(chain.head == verified.head)
    }
  }

  @Test func thereAreLogs() { #expect(Self.logs.count > 15) }

  /// Files may be given in any order, as long as their names tell it.
  @Test func filesAreReadInTheOrderOfTheirNames() throws {
    let folder = Self.folder + "/whole/"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".jsonl") }
    #expect(names.count == 3)
    let (chain, numbers) = try read(LogPieces(files: names.reversed().map { folder + $0 }))
    #expect(chain.isWhole && numbers == Array(1...15))
    let later = try read(LogPieces(files: [folder + names[2]]))
    #expect(later.chain.isWhole && later.chain.first == 13)
    #expect(throws: LogProblem.self) { try LogPieces(files: [folder + "none.jsonl"]) }
  }

  @Test func filesThatAreTooOldAreLeftOut() throws {
    let log = try LogReading(folder: Self.folder + "/whole")
    let since = LogTime(Array("2026-11-24T00:00:00.000000Z".utf8).span)
    #expect(since != nil)
    let pieces = try LogPieces(log, since: since)
    #expect(pieces.files.count == 2 && pieces.skipped == 1)
  }

  @Test(arguments: [
    #"{"requestId":"r","peer":null,"decision":"p.d","policies":"sha256:0","status":200,"micros":1,"request": {"input":{"a":"\"}"}} ,"answer":{"b":[1,{}]}}"#,
    #"{"requestId":"r","status":422,"decision":"p.d","bytes":7,"sha256":"0","answer":{"b":[1,{}]}}"#,
  ]) func membersOfADecisionAreFound(_ document: String) throws {
    let members = Array(("," + document.dropFirst().dropLast()).utf8)
    let line = LogLine(
      number: 1, time: LogTime(microseconds: 0), isDecision: true, members: 0..<members.count)
    let found = DecisionRecord(members.span, line)
    let record = try #require(found)
    func text(_ range: Range<Int>) -> String { String(decoding: members[range], as: UTF8.self) }
    #expect(text(record.requestID) == "r" && text(record.decision) == "p.d")
    #expect(text(record.answer) == #"{"b":[1,{}]}"#)
    #expect(record.status == (record.request == nil ? 422 : 200))
    if let request = record.request { #expect(text(request).contains(#"{"input":{"a":"\"}"}}"#)) }
    for cut in 1..<members.count - 20 {
      let part = LogLine(number: 1, time: line.time, isDecision: true, members: 0..<cut)
      let isFound = DecisionRecord(members.span, part) != nil
      #expect(!isFound, "cut at \(cut)")
    }
  }

  @Test func maskedSecretsAreSeen() throws {
    for (value, isMasked) in [
      (#"{"masked":"hmac-sha256:00"}"#, true), (#""{\"masked\":\"hmac-sha256:00\"}""#, false),
    ] {
      let members = Array(#","status":200,"request":{"input":{"a":\#(value)}},"answer":{}"#.utf8)
      let line = LogLine(
        number: 1, time: LogTime(microseconds: 0), isDecision: true, members: 0..<members.count)
      let record = DecisionRecord(members.span, line)
      #expect(record?.hasMasked == isMasked)
    }
  }
}
