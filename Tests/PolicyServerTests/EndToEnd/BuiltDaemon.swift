/// The real daemon as a child process, and questions asked over its socket as clients ask them.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

/// A running `writd`; stopped when nobody holds it any more.
final class BuiltDaemon {
  /// What it printed at the start.
  let printed: String
  let folder: Folder
  private let process = Process()

  /// Starts it on a folder of policies and waits until it listens.
  ///
  /// - Parameters:
  ///   - policies: the folder.
  ///   - options: further options.
  ///   - folder: where its socket stands.
  ///   - launcher: the program that runs it, with its arguments; none, and it runs by itself.
  ///   - keepsJournal: whether what it writes on standard error is kept for `journal`.
  ///   - launch: changes how it is started.
  init(
    _ policies: URL, _ options: [String] = [], at folder: Folder = Folder(),
    under launcher: [String] = [], keepsJournal: Bool = false,
    launch: (Process) throws -> Void = { _ in }
  ) throws {
    self.folder = folder
    let writd = Products.folder.appending(path: "writd")
    let arguments = ["--policies", policies.path, "--socket", folder.socket] + options
    if let first = launcher.first {
      process.executableURL = URL(filePath: try #require(Program.path(first)))
      process.arguments = launcher.dropFirst() + [writd.path] + arguments
    } else {
      process.executableURL = writd
      process.arguments = arguments
    }
    if keepsJournal {
      let journal = URL(filePath: folder.path + "/journal")
      try Data().write(to: journal)
      process.standardError = try FileHandle(forWritingTo: journal)
    }
    try launch(process)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    var printed = ""
    while !printed.contains("http://localhost/") {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      printed += String(decoding: data, as: UTF8.self)
    }
    self.printed = printed
    try #require(printed.contains("http://localhost/"), "writd did not start: \(printed)")
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  /// The policies that belong to the corpus.
  static let corpus = Golden.corpus.appending(path: "daemon/policies")

  var isRunning: Bool { process.isRunning }

  /// How many sockets it holds: the one that listens, and its connections.
  var openSockets: Int {
    let descriptors = "/proc/\(process.processIdentifier)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: descriptors)) ?? []
    return names.count { name in
      let target = try? FileManager.default.destinationOfSymbolicLink(
        atPath: descriptors + "/" + name)
      return target?.hasPrefix("socket:") == true
    }
  }

  /// Where it listens.
  var socket: String { folder.socket }

  /// What it has written on standard error so far.
  var journal: String {
    (try? String(contentsOfFile: folder.path + "/journal", encoding: .utf8)) ?? ""
  }

  /// Its number.
  var number: Int32 { process.processIdentifier }

  /// Sends SIGHUP.
  func reload() { Glibc.kill(process.processIdentifier, SIGHUP) }

  /// Sends SIGTERM.
  func signal() { process.terminate() }

  /// Ends it at once, as a power cut would.
  func kill() {
    Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Waits for its end; nil when a signal ended it.
  func exitCode() -> Int32? {
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : nil
  }

  func client() throws -> TestClient { try TestClient(folder.socket) }

  /// The answer to one decision on a connection of its own.
  func ask(_ decision: String, _ body: [UInt8], language: String? = nil) throws -> Answer {
    let client = try client()
    let accepts = language.map { "Accept-Language: \($0)\r\n" } ?? ""
    let head =
      "POST /v1/decide/\(decision) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      + "\(accepts)X-Request-ID: test\r\nContent-Length: \(body.count)\r\n\r\n"
    try client.send(Array(head.utf8) + body)
    return try #require(try client.read(1).first, "no answer of \(decision)")
  }

  func ask(_ decision: String, _ body: String) throws -> Answer {
    try ask(decision, Array(body.utf8))
  }

  /// Whether it still answers, and answers rightly: the request of the corpus that is allowed.
  func answersTheNext() throws -> Bool {
    let good = try Golden.bytes(Golden.corpus.appending(path: "daemon/good.json"))
    let answer = try ask("orders.may_ship", good)
    return isRunning && answer.status == 200 && answer.isPermitted
  }
}

extension Answer {
  /// The body as a tree.
  var tree: JSONTree { JSONTree(parsing: Array(body.utf8)) ?? .null }

  /// The one flag that clients test.
  var isPermitted: Bool { tree["permitted"] == .bool(true) }

  /// Status, type and body, without what differs from run to run.
  var shown: String {
    let text =
      body
      .replacing(/"decisionId":"[0-9a-f]+"/, with: "\"decisionId\":\"…\"")
      .replacing(/"requestId":"[^"]*"/, with: "\"requestId\":\"…\"")
      .replacing(/"policies":"sha256:[0-9a-f]+"/, with: "\"policies\":\"sha256:…\"")
    let connection = fields["connection"].map { ", connection: \($0)" } ?? ""
    return "\(status) \(fields["content-type"] ?? "no type")\(connection)\n\(text)\n"
  }
}
