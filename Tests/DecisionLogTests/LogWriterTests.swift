/// The writer on a disk that works: the lines, the chain, rotation, checkpoints, the lock.
import Foundation
import PolicySource
import Testing

@testable import DecisionLog

@Suite struct LogWriterTests {
  static let noon = LogTime(microseconds: 1_795_338_721_123_456)

  @Test func linesAreAsDocumented() throws {
    let folder = try TestFolder()
    let writer = try folder.writer(try FaultyCalls(folder))
    try writer.commit(.decisions("a", "b"), at: Self.noon)
    let lines = try folder.lines
    #expect(folder.files == ["decisions-20261122-000000000001.jsonl"])
    #expect(lines.count == 3)
    #expect(
      lines[0].hasPrefix(
        "{\"v\":1,\"n\":1,\"at\":\"2026-11-22T09:12:01.123456Z\",\"kind\":\"start\","
          + "\"file\":\"decisions-20261122-000000000001.jsonl\",\"previousFile\":null,"
          + "\"previousHash\":\"\(SHA256Digest.zero)\",\"writer\":\"writd\","
          + "\"prev\":\"\(SHA256Digest.zero)\",\"hash\":\""))
    var previous = SHA256Digest.zero.description
    for (index, line) in lines.enumerated() {
      let parts = try #require(
        line.wholeMatch(of: /(.*"prev":"([0-9a-f]{64})"),"hash":"([0-9a-f]{64})"}/))
      #expect(parts.2 == previous)
      #expect(SHA256.hex(of: Array(parts.1.utf8)) == parts.3)
      #expect(line.contains("\"n\":\(index + 1),"))
      previous = String(parts.3)
    }
    #expect(writer.lastNumber == 3)
    #expect(writer.lastHash.description == previous)
    #expect(writer.fileBytes == Int64(try folder.bytes(writer.fileName).count))
  }

  @Test func aBatchIsOneWriteAndOneSync() throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    let writer = try folder.writer(calls)
    calls.made = []
    try writer.commit(.decisions("a", "b", "c"))
    #expect(calls.made == [.status, .write, .sync])
  }

  @Test func theChainGoesOnAfterARestart() throws {
    let folder = try TestFolder()
    var head = SHA256Digest.zero
    for round in 0..<3 {
      let writer = try folder.writer()
      if round > 0 { #expect(writer.lastHash == head) }
      try writer.commit(.decisions("\(round)"))
      head = writer.lastHash
    }
    #expect(try folder.kinds == ["start", "decision", "decision", "decision"])
  }

  @Test func secondWriterIsRefused() throws {
    let folder = try TestFolder()
    let first = try folder.writer()
    let problem = #expect(throws: LogProblem.self) { try folder.writer() }
    #expect(problem?.kind == .locked)
    try first.commit(.decisions("a"))
  }

  @Test func folderIsMadeForItsOwnerAlone() throws {
    let folder = try TestFolder()
    let inner = folder.path + "/inner"
    _ = try LogWriter(folder: inner)
    let attributes = try FileManager.default.attributesOfItem(atPath: inner)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: inner).first)
    let file = try FileManager.default.attributesOfItem(atPath: inner + "/" + name)
    #expect((file[.posixPermissions] as? NSNumber)?.intValue == 0o600)
  }

  @Test func folderThatEverybodyMayWriteIsRefused() throws {
    let folder = try TestFolder()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o777], ofItemAtPath: folder.path)
    let problem = #expect(throws: LogProblem.self) { try folder.writer() }
    #expect(problem?.kind == .unusable)
    #expect(problem?.help.description.contains("chmod 700") == true)
  }

  @Test func rotatesBySize() throws {
    let folder = try TestFolder()
    var options = LogOptions()
    options.fileBytes = 1200
    let writer = try folder.writer(options)
    for index in 0..<9 { try writer.commit(.decisions("\(index)")) }
    #expect(folder.files.count > 2)
    for name in folder.files {
      #expect(try folder.bytes(name).count <= 1200)
      let first = try #require(SegmentName(name)).first
      let line = String(decoding: try folder.bytes(name), as: UTF8.self)
      #expect(line.hasPrefix("{\"v\":1,\"n\":\(first),"))
    }
    try expectWhole(folder)
    let kinds = try folder.kinds
    #expect(kinds.count { $0 == "start" } == folder.files.count)
    #expect(kinds.count { $0 == "decision" } == 9)
  }

  @Test func rotatesByDayInUTCAndNeverBack() throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    let writer = try folder.writer(calls)
    try writer.commit(.decisions("a"), at: Self.noon)
    try writer.commit(
      .decisions("b"), at: LogTime(microseconds: Self.noon.microseconds + 86_400_000_000))
    // The clock is put back: the file stays.
    try writer.commit(.decisions("c"), at: Self.noon)
    #expect(
      folder.files == [
        "decisions-20261122-000000000001.jsonl", "decisions-20261123-000000000003.jsonl",
      ])
    try expectWhole(folder)
  }

  @Test func checkpointsStandBehindEachThousand() throws {
    let folder = try TestFolder()
    let writer = try folder.writer()
    var batch = LogBatch()
    for index in 0..<300 { batch.append("\"decision\",\"requestId\":\"\(index)\"") }
    for _ in 0..<8 { try writer.commit(batch) }
    let lines = try folder.lines
    let places = lines.indices.filter { lines[$0].contains("\"kind\":\"checkpoint\"") }
    #expect(places == [1000, 2001])
    #expect(lines[1000].contains("\"records\":1000,\"first\":1,\"last\":1000,\"chain\":\""))
    #expect(lines[2001].contains("\"records\":1000,\"first\":1002,\"last\":2001,"))
    let chain = try #require(lines[2001].firstMatch(of: /"chain":"(\w+)","prev":"(\w+)"/))
    #expect(chain.1 == chain.2)
    try expectWhole(folder)
  }

  @Test func lineBreaksAreRefused() throws {
    let folder = try TestFolder()
    let writer = try folder.writer()
    var batch = LogBatch.decisions("a")
    batch.append("\"decision\",\"requestId\":\"b\n\"")
    let problem = #expect(throws: LogProblem.self) { try writer.commit(batch) }
    #expect(problem?.kind == .malformed)
    try writer.commit(.decisions("c"))
    #expect(try folder.kinds == ["start", "decision"])
  }

  @Test func gapAndStopAreRecords() throws {
    let folder = try TestFolder()
    let writer = try folder.writer()
    var batch = LogBatch()
    batch.appendGap(refused: 3, because: "no \"space\"\n")
    batch.bytes += Array("\"decision\",unfinished".utf8)
    batch.dropUnfinished()
    batch.appendStop(because: "SIGTERM")
    try writer.commit(batch)
    let lines = try folder.lines
    #expect(lines[1].contains(#""kind":"gap","refused":3,"because":"no \"space\"\u000a","prev""#))
    #expect(lines[2].contains(#""kind":"stop","because":"SIGTERM","prev""#))
  }

  /// Every file is read from its beginning and found whole, as a restart does.
  func expectWhole(_ folder: TestFolder) throws {
    let calls = try LinuxCalls(folder: folder.path)
    var head = LogHead()
    for name in try LogFolder.segments(calls) {
      let end = try SegmentEnd(of: name, calls)
      #expect(end.torn == 0)
      #expect(name.first == head.number + 1)
      #expect(end.start?.previousHash == head.hash)
      head = try #require(end.head)
    }
  }
}
