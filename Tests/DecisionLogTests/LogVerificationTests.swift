/// Logs that were tampered with, each with the report that is expected, and reading a log that grows.
import Foundation
import PolicySource
import TestSupport
import Testing

@testable import DecisionLog

@Suite struct LogVerificationTests {
  static let folder = Golden.corpus.appendingPathComponent("log")
  static let logs =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()

  /// The report of a log in the corpus; `anchors` in its folder are asked for.
  static func report(_ name: String) throws -> String {
    let place = folder.appendingPathComponent(name)
    let anchors =
      (try? String(contentsOf: place.appendingPathComponent("anchors"), encoding: .utf8))
    let found = try LogVerification.run(
      LogReading(folder: place.path),
      anchors: (anchors ?? "").split(separator: "\n").compactMap { LogAnchor(String($0)) })
    var text = found.findings.map { finding in
      "\(finding.file):\(finding.line): \(finding.kind.rawValue): \(finding.message)\n"
    }.joined()
    text += "\(found.records) records in \(found.files) files, head \(found.head?.number ?? 0)\n"
    return text
  }

  @Test(arguments: logs) func reportIsAsExpected(name: String) throws {
    try Golden.check(
      Self.report(name),
      against: Self.folder.appendingPathComponent(name).appendingPathComponent("expected.txt"))
  }

  @Test func thereAreLogs() { #expect(Self.logs.count >= 20) }

  /// Every byte of a log, changed: none of them goes unnoticed.
  @Test func everyChangedByteIsFound() throws {
    let (name, bytes) = try LogRecoveryTests.sample()
    let folder = try TestFolder()
    try folder.write(bytes, to: name)
    let reading = try LogReading(folder: folder.path)
    #expect(try LogVerification.run(reading).isWhole)
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 0x02
      try folder.write(damaged, to: name)
      #expect(try !LogVerification.run(reading).isWhole, "byte \(index)")
    }
  }

  @Test func whatTheWriterWritesIsWhole() throws {
    let folder = try TestFolder()
    var options = LogOptions()
    options.fileBytes = 400_000
    let writer = try folder.writer(options)
    var batch = LogBatch()
    for index in 0..<250 { batch.append("\"decision\",\"requestId\":\"\(index)\"") }
    for _ in 0..<9 { try writer.commit(batch) }
    let reading = try LogReading(folder: folder.path)
    #expect(reading.isBeingWritten())
    let found = try LogVerification.run(
      reading, anchors: [LogAnchor(number: writer.lastNumber, hash: writer.lastHash)])
    #expect(found.findings == [])
    #expect(found.files > 1)
    #expect(found.records == writer.lastNumber)
    #expect(found.head == LogAnchor(number: writer.lastNumber, hash: writer.lastHash))
    #expect(try reading.head() == found.head)
  }

  /// A record on its way is no finding while the log is being written, and a torn tail when it is not.
  @Test func aRecordOnItsWayIsNoFinding() throws {
    let folder = try TestFolder()
    var writer: LogWriter? = try folder.writer()
    try writer?.commit(.decisions("a"))
    let name = try #require(writer?.fileName)
    try folder.write(try folder.bytes(name) + Array("{\"v\":1,".utf8), to: name)
    let reading = try LogReading(folder: folder.path)
    #expect(try LogVerification.run(reading).unfinished == 7)
    writer = nil
    #expect(try LogVerification.run(reading).findings.map(\.kind) == [.torn])
  }

  @Test func readingGoesOnWithWhatIsWritten() throws {
    let folder = try TestFolder()
    var options = LogOptions()
    options.fileBytes = 1500
    let writer = try folder.writer(options)
    var records = try LogReading(folder: folder.path).records()
    var numbers: [UInt64] = []
    for round in 0..<12 {
      try writer.commit(.decisions("\(round)", "x\(round)"))
      while let record = try records.next() { numbers.append(record.number) }
      #expect(numbers == Array(1...writer.lastNumber))
    }
    #expect(folder.files.count > 2)
  }

  @Test func aBackupIsAWholeLog() throws {
    let folder = try TestFolder()
    var options = LogOptions()
    options.fileBytes = 1500
    let writer = try folder.writer(options)
    for round in 0..<6 { try writer.commit(.decisions("\(round)", "x\(round)")) }
    let name = writer.fileName
    try folder.write(try folder.bytes(name) + Array("{\"v\":1,".utf8), to: name)
    let reading = try LogReading(folder: folder.path)
    let target = folder.path + "/copy"
    _ = try LogBackup.copy(reading, to: target)
    let found = try LogVerification.run(LogReading(folder: target))
    #expect(found.isWhole)
    #expect(found.head == LogAnchor(number: writer.lastNumber, hash: writer.lastHash))
    let problem = #expect(throws: LogProblem.self) { try LogBackup.copy(reading, to: target) }
    #expect(problem?.help.description == "name a new folder for each backup")
  }

  @Test func aFolderWithoutALogIsSaid() throws {
    let folder = try TestFolder()
    let problem = #expect(throws: LogProblem.self) { try LogReading(folder: folder.path) }
    #expect(problem?.description == "there is no log in `\(folder.path)`")
    #expect(throws: LogProblem.self) { try LogReading(folder: folder.path + "/nowhere") }
  }

  static let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// The lines of Python on the page about the log find what `LogVerification` finds, anchors apart.
  @Test(.enabled(if: python != nil, "there is no python3"))
  func theLinesOfPythonVerify() throws {
    let page = "Sources/PolicyEngine/PolicyEngine.docc/DecisionLog.md"
    let lines = try #require(try Pages.fences(of: page).first { $0.language == "python" }).body
    // The lines know of no anchor that vouches for what was archived.
    for name in Self.logs where name != "beginning-archived" {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Self.python ?? "")
      let place = Self.folder.appendingPathComponent(name).path
      process.arguments = ["-c", lines, place]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      let found = try LogVerification.run(LogReading(folder: place))
      // What a file calls itself, and what a checkpoint counts, is inside of records that are intact.
      let own: Set<LogFinding.Kind> = [.anchor, .file, .start, .checkpoint]
      let isWhole = found.findings.allSatisfy { own.contains($0.kind) }
      #expect((process.terminationStatus == 0) == isWhole, "\(name)")
    }
  }
}
