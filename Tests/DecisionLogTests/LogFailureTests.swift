/// Calls that fail at every place: a batch is in the log whole or not at all, and what was acknowledged stays.
import Foundation
import PolicySource
import Testing

@testable import DecisionLog

@Suite struct LogFailureTests {
  /// The request ids of the decisions in the log, in order.
  static func ids(_ folder: TestFolder) throws -> [String] {
    try folder.lines.compactMap { line in
      line.firstMatch(of: /"requestId":"(\w+)"/).map { String($0.1) }
    }
  }

  @Test func shortWritesGoOn() throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    let writer = try folder.writer(calls)
    calls.writeRoom = [1, 10, 100, 3]
    calls.plans[.write] = [nil, .interrupted, nil]
    try writer.commit(.decisions("a", "b"))
    #expect(try Self.ids(folder) == ["a", "b"])
    try LogWriterTests().expectWhole(folder)
  }

  @Test func aSignalDuringSyncOrTruncateIsNoFailure() throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    let writer = try folder.writer(calls)
    calls.plans[.sync] = [.interrupted, .interrupted]
    try writer.commit(.decisions("a"))
    calls.plans = [.write: [nil, .noSpace], .truncate: [.interrupted]]
    calls.writeRoom = [50]
    #expect(throws: LogProblem.self) { try writer.commit(.decisions("b")) }
    try writer.commit(.decisions("c"))
    #expect(try Self.ids(folder) == ["a", "c"])
  }

  @Test(arguments: [CallFailure.noSpace, .inputOutput]) func aWriteThatFailsLeavesNothing(
    failure: CallFailure
  ) throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    let writer = try folder.writer(calls)
    try writer.commit(.decisions("a"))
    let before = try folder.bytes(writer.fileName)
    for room in [0, 1, 200, 500] {
      calls.writeRoom = room == 0 ? [] : [room]
      calls.plans[.write] = room == 0 ? [failure] : [nil, failure]
      let problem = #expect(throws: LogProblem.self) {
        try writer.commit(.decisions("b", "c", "d"))
      }
      #expect(problem?.kind == (failure == .noSpace ? .full : .unwritable))
      #expect(try folder.bytes(writer.fileName) == before)
      #expect(writer.lastNumber == 2)
    }
    try writer.commit(.decisions("e"))
    #expect(try Self.ids(folder) == ["a", "e"])
    try LogWriterTests().expectWhole(folder)
  }

  @Test func aWriteThatTakesNothingIsAFullDisk() throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    let writer = try folder.writer(calls)
    calls.writeRoom = [20, 0]
    let problem = #expect(throws: LogProblem.self) { try writer.commit(.decisions("a")) }
    #expect(problem?.kind == .full)
  }

  /// After a failed `fdatasync` the bytes are cut, and the log goes on only behind one that works.
  @Test func aSyncThatFailsIsNotTrusted() throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    let writer = try folder.writer(calls)
    try writer.commit(.decisions("a"))
    let before = try folder.bytes(writer.fileName)
    calls.plans[.sync] = [.inputOutput, .inputOutput, .inputOutput]
    calls.made = []
    #expect(throws: LogProblem.self) { try writer.commit(.decisions("b")) }
    #expect(calls.made == [.status, .write, .sync, .truncate, .sync])
    #expect(try folder.bytes(writer.fileName) == before)
    calls.made = []
    let problem = #expect(throws: LogProblem.self) { try writer.commit(.decisions("c")) }
    #expect(problem?.kind == .unwritable)
    #expect(calls.made == [.sync], "nothing is written before the disk answers")
    calls.made = []
    try writer.commit(.decisions("d"))
    #expect(calls.made == [.sync, .status, .write, .sync])
    #expect(try Self.ids(folder) == ["a", "d"])
    try LogWriterTests().expectWhole(folder)
  }

  @Test func aCutThatFailsStopsTheLogUntilItWorks() throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    let writer = try folder.writer(calls)
    try writer.commit(.decisions("a"))
    calls.writeRoom = [100]
    calls.plans[.write] = [nil, .noSpace]
    calls.broken[.truncate] = .inputOutput
    #expect(throws: LogProblem.self) { try writer.commit(.decisions("b")) }
    for _ in 0..<3 {
      calls.made = []
      let problem = #expect(throws: LogProblem.self) { try writer.commit(.decisions("c")) }
      #expect(problem?.description.contains("cannot be cut") == true)
      #expect(calls.made == [.truncate])
    }
    calls.broken = [:]
    try writer.commit(.decisions("d"))
    #expect(try Self.ids(folder) == ["a", "d"])
    try LogWriterTests().expectWhole(folder)
  }

  /// The process ends while a half record stands in the file: the next start cuts it.
  @Test func aHalfRecordOfADeadProcessIsCut() throws {
    let folder = try TestFolder()
    do {
      let calls = try FaultyCalls(folder)
      let writer = try folder.writer(calls)
      try writer.commit(.decisions("a"))
      calls.writeRoom = [100]
      calls.plans[.write] = [nil, .noSpace]
      calls.broken[.truncate] = .inputOutput
      #expect(throws: LogProblem.self) { try writer.commit(.decisions("b")) }
    }
    let writer = try folder.writer()
    try writer.commit(.decisions("c"))
    #expect(try Self.ids(folder) == ["a", "c"])
    #expect(try folder.kinds.contains("recovered"))
    try LogWriterTests().expectWhole(folder)
  }

  @Test(arguments: [FaultyCalls.Call.create, .write, .sync, .syncFolder, .remove])
  func aFileThatCannotBeBegunChangesNothing(call: FaultyCalls.Call) throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    let writer = try folder.writer(calls)
    try writer.commit(.decisions("a"))
    let name = writer.fileName
    calls.clock = LogTime(microseconds: calls.clock.microseconds + 86_400_000_000)
    calls.broken[call] = .noSpace
    if call == .remove { calls.broken[.sync] = .noSpace }
    for _ in 0..<2 {
      let problem = #expect(throws: LogProblem.self) { try writer.commit(.decisions("b")) }
      #expect(problem?.kind == .full || problem?.kind == .unwritable)
      #expect(writer.fileName == name)
    }
    calls.broken = [:]
    try writer.commit(.decisions("c"))
    #expect(try Self.ids(folder) == ["a", "c"])
    #expect(folder.files.count == 2)
    try LogWriterTests().expectWhole(folder)
  }

  @Test func theFirstFileThatCannotBeBegunIsRemoved() throws {
    for call in [FaultyCalls.Call.create, .write, .sync, .syncFolder] {
      let folder = try TestFolder()
      let calls = try FaultyCalls(folder)
      calls.broken[call] = .noSpace
      let problem = #expect(throws: LogProblem.self) { try folder.writer(calls) }
      #expect(problem?.kind == .full)
      #expect(folder.files == [])
      calls.broken = [:]
      try folder.writer(calls).commit(.decisions("a"))
      try LogWriterTests().expectWhole(folder)
    }
  }

  @Test func aFileThatSomebodyElseTouchesStopsTheLog() throws {
    let folder = try TestFolder()
    let writer = try folder.writer()
    try writer.commit(.decisions("a"))
    let path = folder.path + "/" + writer.fileName
    try FileManager.default.moveItem(atPath: path, toPath: path + ".moved")
    var problem = #expect(throws: LogProblem.self) { try writer.commit(.decisions("b")) }
    #expect(problem?.kind == .changed)
    try FileManager.default.moveItem(atPath: path + ".moved", toPath: path)
    try writer.commit(.decisions("c"))
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.truncate(atOffset: 10)
    problem = #expect(throws: LogProblem.self) { try writer.commit(.decisions("d")) }
    #expect(problem?.description.contains("was changed") == true)
  }

  @Test func permissionThatIsLostComesBack() throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    let writer = try folder.writer(calls)
    calls.broken[.status] = CallFailure(code: EACCES)
    let problem = #expect(throws: LogProblem.self) { try writer.commit(.decisions("a")) }
    #expect(problem?.kind == .unwritable)
    #expect(problem?.description.contains("Permission denied") == true)
    calls.broken = [:]
    try writer.commit(.decisions("b"))
    #expect(try Self.ids(folder) == ["b"])
  }

  /// With `interval`, a failed `fdatasync` costs the acknowledged records since the last one, and it is told.
  @Test func theWeakerChoiceTellsWhatItLost() throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    var options = LogOptions()
    options.sync = .interval(milliseconds: 1000)
    let writer = try folder.writer(calls, options)
    func pass(milliseconds: Int64) {
      calls.clock = LogTime(microseconds: calls.clock.microseconds + milliseconds * 1000)
    }
    calls.made = []
    try writer.commit(.decisions("a"))
    #expect(calls.made == [.status, .write])
    #expect(writer.isUnsynced)
    pass(milliseconds: 1000)
    try writer.commit(.decisions("b"))
    #expect(!writer.isUnsynced)
    try writer.commit(.decisions("c"))
    calls.plans[.sync] = [.inputOutput]
    #expect(throws: LogProblem.self) { try writer.flush() }
    #expect(!writer.isUnsynced)
    try writer.commit(.decisions("d"))
    try writer.flush()
    #expect(try Self.ids(folder) == ["a", "b", "d"])
    #expect(try folder.lines.contains { $0.contains("\"records\":1,\"because\":") })
    try LogWriterTests().expectWhole(folder)
  }

  @Test func theWeakestChoiceNeverSyncsButAtTheEndOfAFile() throws {
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    var options = LogOptions()
    options.sync = .none
    let writer = try folder.writer(calls, options)
    calls.made = []
    for id in ["a", "b"] { try writer.commit(.decisions(id)) }
    #expect(!calls.made.contains(.sync))
    calls.clock = LogTime(microseconds: calls.clock.microseconds + 86_400_000_000)
    try writer.commit(.decisions("c"))
    #expect(calls.made.count { $0 == .sync } == 2)
    #expect(try Self.ids(folder) == ["a", "b", "c"])
  }

  /// Failures at random: what was acknowledged is there in its order, and a restart finds it whole.
  @Test(arguments: 0..<40) func nothingAcknowledgedIsLost(seed: Int) throws {
    var random = Linear(state: UInt64(seed) &* 7919 &+ 1)
    let diesAnywhere = seed.isMultiple(of: 2)
    let folder = try TestFolder()
    let calls = try FaultyCalls(folder)
    var options = LogOptions()
    options.fileBytes = 3000
    var writer = try folder.writer(calls, options)
    var acknowledged: [String] = []
    for round in 0..<60 {
      calls.plans = [:]
      for call in [FaultyCalls.Call.create, .write, .sync, .truncate, .syncFolder, .remove] {
        let failures: [CallFailure?] = [nil, nil, nil, .noSpace, .inputOutput, .interrupted]
        calls.plans[call] = (0..<3).map { _ in failures[random.next(6)] }
      }
      calls.writeRoom = random.next(3) == 0 ? [random.next(400), 10] : []
      let ids = (0...random.next(3)).map { "r\(round)x\($0)" }
      var batch = LogBatch()
      for id in ids { batch.append(LogBatch.decisions(id)) }
      do {
        try writer.commit(batch)
        acknowledged += ids
      } catch {}
      // A process that dies before it could cut leaves whole records that it did not acknowledge.
      if random.next(10) == 0, diesAnywhere || !writer.isLonger {
        calls.plans = [:]
        calls.writeRoom = []
        writer = try folder.writer(calls, options)
      }
    }
    calls.plans = [:]
    try writer.commit(.decisions("last"))
    let found = try Self.ids(folder)
    #expect(Set(found).count == found.count)
    let kept = Set(acknowledged + ["last"])
    #expect(found.filter(kept.contains) == acknowledged + ["last"])
    if !diesAnywhere { #expect(found.count == acknowledged.count + 1) }
    try LogWriterTests().expectWhole(folder)
  }
}

/// Numbers that look random and are the same every time.
struct Linear {
  var state: UInt64

  mutating func next(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
