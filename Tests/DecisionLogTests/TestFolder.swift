/// A folder for one test, and the calls that tests put between the log and the system.
import Foundation

@testable import DecisionLog

/// A folder that goes away with the test.
final class TestFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "writ-log-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The files of the log, in order.
  var files: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { SegmentName($0) != nil }.sorted()
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  /// All lines of the log.
  var lines: [String] {
    get throws {
      try files.flatMap { name in
        String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n").map(String.init)
      }
    }
  }

  /// The kinds of all records.
  var kinds: [String] {
    get throws {
      try lines.map { line in
        line.firstMatch(of: /"kind":"([a-z]+)"/).map { String($0.1) } ?? "?"
      }
    }
  }

  /// A writer on this folder.
  func writer(_ options: LogOptions = LogOptions()) throws -> LogWriter {
    try LogWriter(folder: path, options: options)
  }

  /// A writer whose calls may fail.
  func writer(_ calls: FaultyCalls, _ options: LogOptions = LogOptions()) throws -> LogWriter {
    try LogWriter(calls, options)
  }
}

/// Calls that fail when they are told to, and do what Linux does else.
final class FaultyCalls: LogCalls {
  /// A call that may fail.
  enum Call: String, CaseIterable {
    case names, create, open, read, write, sync, truncate, status, remove, syncFolder
  }

  let real: LinuxCalls
  /// What the next calls of a kind do: nil goes through.
  var plans: [Call: [CallFailure?]] = [:]
  /// Calls of a kind fail until it is taken away.
  var broken: [Call: CallFailure] = [:]
  /// The next write takes only this many bytes.
  var writeRoom: [Int] = []
  /// Every call that was made.
  var made: [Call] = []
  var clock = LogTime(microseconds: 1_795_338_721_123_456)

  init(_ folder: TestFolder) throws { real = try LinuxCalls(folder: folder.path) }

  private func pass(_ call: Call) throws(CallFailure) {
    made.append(call)
    if let failure = broken[call] { throw failure }
    guard var plan = plans[call], !plan.isEmpty else { return }
    let next = plan.removeFirst()
    plans[call] = plan
    if let next { throw next }
  }

  func names() throws(CallFailure) -> [String] {
    try pass(.names)
    return try real.names()
  }

  func create(_ name: String) throws(CallFailure) -> Int32 {
    try pass(.create)
    return try real.create(name)
  }

  func openForAppending(_ name: String) throws(CallFailure) -> Int32 {
    try pass(.open)
    return try real.openForAppending(name)
  }

  func openForReading(_ name: String) throws(CallFailure) -> Int32 {
    try pass(.open)
    return try real.openForReading(name)
  }

  func close(_ file: Int32) { real.close(file) }

  func read(
    _ file: Int32, at offset: Int64, into buffer: inout [UInt8], from start: Int
  ) throws(CallFailure) -> Int {
    try pass(.read)
    return try real.read(file, at: offset, into: &buffer, from: start)
  }

  func write(_ file: Int32, _ bytes: Span<UInt8>) throws(CallFailure) -> Int {
    let room = writeRoom.isEmpty ? bytes.count : min(writeRoom.removeFirst(), bytes.count)
    try pass(.write)
    if room == 0 { return 0 }
    return try real.write(file, bytes.extracting(0..<room))
  }

  func sync(_ file: Int32) throws(CallFailure) {
    try pass(.sync)
    try real.sync(file)
  }

  func truncate(_ file: Int32, to bytes: Int64) throws(CallFailure) {
    try pass(.truncate)
    try real.truncate(file, to: bytes)
  }

  func status(_ file: Int32) throws(CallFailure) -> FileStatus { try real.status(file) }

  func status(named name: String) throws(CallFailure) -> FileStatus? {
    try pass(.status)
    return try real.status(named: name)
  }

  func remove(_ name: String) throws(CallFailure) {
    try pass(.remove)
    try real.remove(name)
  }

  func syncFolder() throws(CallFailure) {
    try pass(.syncFolder)
    try real.syncFolder()
  }

  func now() -> LogTime { clock }
}

extension LogBatch {
  /// Decisions with these request ids.
  static func decisions(_ ids: String...) -> LogBatch {
    var batch = LogBatch()
    for id in ids { batch.append("\"decision\",\"requestId\":\"\(id)\",\"status\":200") }
    return batch
  }
}
