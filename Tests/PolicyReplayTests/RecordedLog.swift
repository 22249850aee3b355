/// A log as the daemon writes it, of decisions that the engine makes here.
import DecisionLog
import Foundation
import PolicyEngine
import PolicyReplay
import PolicyRuntime
import PolicySource

/// A folder that goes away with the test.
final class Folder {
  let path = NSTemporaryDirectory() + "writ-replay-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Policies from texts.
enum Policies {
  static func load(_ texts: String...) throws -> PolicySet {
    let folder = try Folder()
    for (index, text) in texts.enumerated() {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path + "/p\(index).writ"))
    }
    return try load(folder: folder.path)
  }

  struct NotLoaded: Error, CustomStringConvertible { let description: String }

  static func load(folder: String) throws -> PolicySet {
    let result = PolicySet.load(folder: folder)
    guard let set = result.set else {
      let text = DiagnosticText(files: result.files, colour: false)
      throw NotLoaded(description: text.render(Array(result.diagnostics.sorted.prefix(5))))
    }
    return set
  }
}

/// Decides requests and records them.
final class RecordedLog {
  let folder: Folder
  private let evaluator: Evaluator
  private let set: PolicySet
  private var writer: LogWriter?
  private var count = 0

  init(_ set: PolicySet, fileBytes: Int64 = 256 << 20) throws {
    folder = try Folder()
    self.set = set
    evaluator = Evaluator(set)
    var options = LogOptions()
    options.sync = .none
    options.fileBytes = fileBytes
    writer = try LogWriter(folder: folder.path, options: options)
  }

  var log: ReplayLog { ReplayLog([folder.path]) }

  /// Decides a request, and records it.
  func decide(
    _ decision: String, _ body: String, today: String = "2026-11-22", at time: String? = nil
  ) throws {
    count += 1
    let id = "r-\(count)"
    let (name, request, requestID) = (Array(decision.utf8), Array(body.utf8), Array(id.utf8))
    var answer: [UInt8] = []
    let day = Day(text: today.utf8) ?? Day.first
    let status = evaluator.decide(
      decision: name.span, body: request.span, requestID: requestID.span, today: day, into: &answer)
    var members = "\"decision\",\"requestId\":\"\(id)\",\"peer\":null,\"endpoint\":\"decide\","
    members += "\"decision\":\"\(decision)\",\"policies\":\"\(set.digest)\",\"status\":\(status),"
    members += "\"micros\":1,"
    let key = HMAC(key: Array(repeating: 7, count: 32))
    var recorded: [UInt8] = []
    let isKnown =
      (status == 200 || status == 422)
      && evaluator.mask(
        decision: name.span, body: request.span, today: day, key: key, into: &recorded)
    if isKnown {
      members += "\"request\":" + String(decoding: recorded, as: UTF8.self)
    } else {
      SecretMask.describe(request.span, into: &recorded)
      members += String(decoding: recorded, as: UTF8.self)
    }
    members += ",\"answer\":" + String(decoding: answer, as: UTF8.self)
    try record(members, at: time)
  }

  /// Records members as they are.
  func record(_ members: String, at time: String? = nil) throws {
    var batch = LogBatch()
    batch.append(members)
    let moment = time.flatMap { LogTime(Array($0.utf8).span) }
    try writer?.commit(batch, at: moment ?? LogTime.now)
  }

  /// Ends the writing: what hangs behind the last record is no record on its way.
  func close() { writer = nil }

  /// The path of the first file.
  var file: String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return folder.path + "/" + (names.sorted().first ?? "")
  }

  /// Changes the text of the first file.
  func tamper(_ change: (String) -> String) throws {
    let url = URL(fileURLWithPath: file)
    let text = try String(contentsOf: url, encoding: .utf8)
    let changed = change(text)
    guard changed != text else { throw Policies.NotLoaded(description: "nothing was changed") }
    try Data(changed.utf8).write(to: url)
  }
}
