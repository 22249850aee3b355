/// What is done with a log that a crash left behind: a torn tail is cut, anything else is refused.
import Foundation
import PolicySource
import Testing

@testable import DecisionLog

@Suite struct LogRecoveryTests {
  /// A log of one file with three decisions, as bytes, and its name.
  static func sample() throws -> (name: String, bytes: [UInt8]) {
    let folder = try TestFolder()
    let writer = try folder.writer(try FaultyCalls(folder))
    try writer.commit(.decisions("a", "b"))
    try writer.commit(.decisions("c"))
    return (writer.fileName, try folder.bytes(writer.fileName))
  }

  /// The log is cut at every byte of the last records, and here and there before: what is whole stays, the rest goes, and the log tells of it.
  @Test func tornTailAtEveryByte() throws {
    let (name, bytes) = try Self.sample()
    let folder = try TestFolder()
    let ends = bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    let sparse = stride(from: 0, to: ends[1], by: 31)
    for length in Array(sparse) + Array(ends[1]..<bytes.count) {
      try folder.write(Array(bytes[..<length]), to: name)
      let whole = ends.last { $0 <= length } ?? 0
      let kept = ends.count { $0 <= length }
      do {
        let writer = try folder.writer(try FaultyCalls(folder))
        try writer.commit(.decisions("next"))
      }
      let kinds = try folder.kinds
      let told = kinds.contains("recovered")
      #expect(told == (length > whole), "cut at \(length)")
      #expect(kinds.count { $0 == "decision" } == max(0, kept - 1) + 1, "cut at \(length)")
      if told {
        let line = try #require(try folder.lines.first { $0.contains("\"recovered\"") })
        #expect(line.contains("\"bytes\":\(length - whole),\"records\":0,"), "cut at \(length)")
      }
      #expect(try folder.bytes(name).starts(with: bytes[..<whole]))
      try LogWriterTests().expectWhole(folder)
    }
  }

  /// Blocks of a crash that were never written are zeros.
  @Test func zerosBehindTheLastRecordAreTorn() throws {
    let (name, bytes) = try Self.sample()
    let folder = try TestFolder()
    for tail in [
      [UInt8](repeating: 0, count: 5000), Array("\0\0\0\"}\n".utf8),
      Array("{\"v\":1,\0\0\n\0\0\n".utf8),
    ] {
      try folder.write(bytes + tail, to: name)
      _ = try folder.writer(try FaultyCalls(folder))
      #expect(try folder.lines.last?.contains("\"bytes\":\(tail.count),") == true)
      try LogWriterTests().expectWhole(folder)
    }
  }

  /// A whole record behind a damaged place may have been acknowledged.
  @Test func zerosInFrontOfARecordAreRefused() throws {
    let (name, bytes) = try Self.sample()
    let folder = try TestFolder()
    var damaged = bytes
    let lines = bytes.indices.filter { bytes[$0] == 0x0A }
    for index in lines[1] + 1..<lines[1] + 20 { damaged[index] = 0 }
    try folder.write(damaged, to: name)
    let problem = #expect(throws: LogProblem.self) { try folder.writer() }
    #expect(problem?.kind == .damaged)
    #expect(problem?.description.contains("`\(name)`:3: this is not a record") == true)
    #expect(try folder.bytes(name) == damaged)
  }

  /// Every byte of the last record but its break, changed: whole and wrong is never cut.
  @Test func changedBytesAreRefused() throws {
    let (name, bytes) = try Self.sample()
    let folder = try TestFolder()
    let start = (bytes.dropLast().lastIndex(of: 0x0A) ?? 0) + 1
    for index in start..<bytes.count - 1 {
      var damaged = bytes
      damaged[index] ^= 0x01
      try folder.write(damaged, to: name)
      let problem = #expect(throws: LogProblem.self) { try folder.writer() }
      #expect(problem?.kind == .damaged || problem?.kind == .unusable)
      #expect(try folder.bytes(name) == damaged, "nothing is cut")
    }
  }

  @Test func removedAndReorderedRecordsAreRefused() throws {
    let (name, bytes) = try Self.sample()
    let lines = bytes.split(separator: 0x0A).map { Array($0) + [0x0A] }
    let folder = try TestFolder()
    for order in [[0, 1, 3], [0, 2, 1, 3], [1, 2, 3], [0, 1, 1, 2, 3]] {
      try folder.write(order.flatMap { lines[$0] }, to: name)
      let problem = #expect(throws: LogProblem.self) { try folder.writer() }
      #expect(problem?.kind == .damaged)
    }
  }

  @Test func aFileThatWasBegunInVainIsReplaced() throws {
    let folder = try TestFolder()
    var name = ""
    do {
      let writer = try folder.writer(try FaultyCalls(folder))
      try writer.commit(.decisions("a"))
      name = writer.fileName
    }
    let next = "decisions-20261123-000000000003.jsonl"
    try folder.write(Array("{\"v\":1,\"n\":3,".utf8), to: next)
    let writer = try folder.writer(try FaultyCalls(folder))
    #expect(folder.files == [name])
    #expect(try folder.kinds == ["start", "decision", "recovered"])
    #expect(try folder.lines.last?.contains("\"bytes\":13,") == true)
    #expect(writer.lastNumber == 3)
    try LogWriterTests().expectWhole(folder)
  }

  /// The end of the file before must be what the newest file says; when it was archived, that is no fault.
  @Test func theFileBeforeMustFit() throws {
    let folder = try TestFolder()
    do {
      let calls = try FaultyCalls(folder)
      let writer = try folder.writer(calls)
      try writer.commit(.decisions("a"))
      calls.clock = LogTime(microseconds: calls.clock.microseconds + 86_400_000_000)
      try writer.commit(.decisions("b"))
    }
    let first = folder.files[0]
    let bytes = try folder.bytes(first)
    try folder.write(Array(bytes.dropLast(10)), to: first)
    let problem = #expect(throws: LogProblem.self) { try folder.writer() }
    #expect(problem?.kind == .damaged)
    try FileManager.default.removeItem(atPath: folder.path + "/" + first)
    let writer = try folder.writer(try FaultyCalls(folder))
    #expect(writer.lastNumber == 4)
  }

  @Test func newerVersionIsNotTouched() throws {
    let (name, bytes) = try Self.sample()
    let folder = try TestFolder()
    let text = String(decoding: bytes, as: UTF8.self).replacing("{\"v\":1,", with: "{\"v\":2,")
    try folder.write(Array(text.utf8), to: name)
    let problem = #expect(throws: LogProblem.self) { try folder.writer() }
    #expect(problem?.description.contains("version 2") == true)
  }

  /// A disk without room: the log opens, and the record of what was cut comes with the next batch.
  @Test func whatWasCutIsToldLater() throws {
    let (name, bytes) = try Self.sample()
    let folder = try TestFolder()
    try folder.write(Array(bytes.dropLast(7)), to: name)
    let calls = try FaultyCalls(folder)
    calls.broken[.write] = .noSpace
    let writer = try folder.writer(calls)
    let problem = #expect(throws: LogProblem.self) { try writer.commit(.decisions("x")) }
    #expect(problem?.kind == .full)
    calls.broken = [:]
    try writer.commit(.decisions("y"))
    try writer.commit(.decisions("z"))
    #expect(
      try folder.kinds == ["start", "decision", "decision", "recovered", "decision", "decision"])
    try LogWriterTests().expectWhole(folder)
  }

  @Test func aRecordMayBeLongerThanTheReadersRoom() throws {
    let folder = try TestFolder()
    let long = String(repeating: "x", count: 700_000)
    do {
      let writer = try folder.writer()
      try writer.commit(.decisions("a", long, "b"))
    }
    let writer = try folder.writer()
    #expect(writer.lastNumber == 4)
    let last = try LastRecord(
      of: try #require(SegmentName(writer.fileName)), try LinuxCalls(folder: folder.path))
    #expect(last?.head == LogHead(number: 4, hash: writer.lastHash))
  }
}
