/// A server in a thread with a decision point that echoes, and a client that speaks raw bytes.
import Foundation
import PolicyEngine
import PolicyRuntime
import PolicySource
import Testing

@testable import PolicyServer

/// Answers every decision with its own request; one that begins with `stall` only after 300 ms.
final class EchoPoint: DecisionPoint {
  var language = Language.english
  var askable: DecisionMask?
  let decisionNames = ["shop.may_ship"]
  let policyNames = ["shop"]
  let digest = "sha256:0"

  func document(ofPolicy name: String) -> [UInt8]? { name == "shop" ? Array("{}".utf8) : nil }

  func openAPI() -> [UInt8] { Array("{}".utf8) }

  func inputs(of number: Int) -> [String] { ["order"] }

  func listing() -> [UInt8] { Array("{\"policies\":[]}".utf8) }

  func number(of decision: Span<UInt8>) -> Int { 0 }

  func decide(
    _ index: Int, named decision: Span<UInt8>, body: Span<UInt8>, requestID: Span<UInt8>,
    today: Day, into out: inout [UInt8]
  ) -> Decided {
    if body.hasPrefix("stall") { Thread.sleep(forTimeInterval: 0.3) }
    out.append(bytesOf: decision)
    out.append(0x20)
    out.append(bytesOf: requestID)
    out.append(0x20)
    out.append(bytesOf: body)
    return Decided(status: 200, outcome: .allow, permitted: true)
  }

  func mask(
    decision: Span<UInt8>, body: Span<UInt8>, today: Day, key: HMAC, into out: inout [UInt8]
  ) -> Bool {
    out.append(bytesOf: body)
    return true
  }
}

/// A folder of its own, removed at the end.
final class Folder: Sendable {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "writ-" + String(UInt32.random(in: 0...UInt32.max), radix: 36)
    try? FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var socket: String { path + "/s" }
}

/// A server in its own thread.
final class TestServer {
  let folder: Folder
  private let stopSwitch: StopSwitch
  private let finished = DispatchSemaphore(value: 0)
  private var isStopped = false

  init(
    in folder: Folder = Folder(), _ limits: Limits = Limits(),
    recorder: (any DecisionRecorder & Sendable)? = nil
  ) throws {
    self.folder = folder
    let stopSwitch = try StopSwitch()
    self.stopSwitch = stopSwitch
    let listening = DispatchSemaphore(value: 0)
    let finished = self.finished
    let zone = try #require(Timezone("Asia/Shanghai"))
    var options = ServerOptions(socketPath: folder.socket, timezone: zone)
    options.limits = limits
    let started = options
    Thread.detachNewThread {
      do {
        let server = try Server(EchoPoint(), started, recorder: recorder)
        listening.signal()
        try server.run(until: stopSwitch)
      } catch {
        Issue.record("the server failed: \(error)")
        listening.signal()
      }
      finished.signal()
    }
    listening.wait()
  }

  func beginStop() { stopSwitch.stop() }

  /// Stops and waits for the end; false when it does not come.
  @discardableResult func stop() -> Bool {
    guard !isStopped else { return true }
    isStopped = true
    stopSwitch.stop()
    return finished.wait(timeout: .now() + 60) == .success
  }

  deinit { stop() }

  func client() throws -> TestClient { try TestClient(folder.socket) }
}

/// A connection that waits at most some seconds for anything.
final class TestClient {
  private let descriptor: FileDescriptor
  private var poller: Poller
  private var room = [UInt8](repeating: 0, count: 1 << 16)
  private(set) var received: [UInt8] = []
  private(set) var hasEnded = false

  init(_ path: String) throws {
    descriptor = try UnixSocket.make()
    try UnixSocket.connect(descriptor, to: path)
    poller = try Poller()
    try poller.add(descriptor.number, .reading)
  }

  /// Sends all, reading only when the socket takes no more; false when the server is gone.
  @discardableResult func send(_ bytes: [UInt8]) throws -> Bool {
    var sent = 0
    while sent < bytes.count {
      guard let count = descriptor.send(bytes[sent...]) else { return false }
      sent += count
      if count == 0 {
        try poller.change(descriptor.number, [.reading, .writing])
        guard try poller.wait(milliseconds: 60_000) > 0 else { return false }
        takeWhatCame()
        try poller.change(descriptor.number, .reading)
      }
    }
    return true
  }

  @discardableResult func send(_ text: String) throws -> Bool { try send(Array(text.utf8)) }

  func endSending() { descriptor.shutdownSending() }

  /// Reads once more; false at the end, or after a long silence.
  func receive() throws -> Bool {
    guard !hasEnded, try poller.wait(milliseconds: 60_000) > 0 else { return false }
    takeWhatCame()
    return !hasEnded
  }

  /// Whether anything comes within some milliseconds.
  func hasSomething(within milliseconds: Int32) throws -> Bool {
    try poller.wait(milliseconds: milliseconds) > 0
  }

  private func takeWhatCame() {
    switch descriptor.read(into: &room) {
    case .bytes(let count): received.append(contentsOf: room[0..<count])
    case .nothingYet: break
    case .end, .failed: hasEnded = true
    }
  }

  /// Everything up to the end of the connection.
  func readToEnd() throws -> [Answer] {
    while try receive() {}
    #expect(hasEnded)
    return Answer.all(in: received)
  }

  /// So many answers.
  func read(_ count: Int) throws -> [Answer] {
    while Answer.all(in: received).count < count, try receive() {}
    return Answer.all(in: received)
  }
}

/// One answer taken apart.
struct Answer: Equatable {
  let status: Int
  let fields: [String: String]
  let body: String

  static func all(in bytes: [UInt8]) -> [Answer] {
    var answers: [Answer] = []
    var rest = Data(bytes)[...]
    while let end = rest.range(of: Data("\r\n\r\n".utf8)) {
      let lines = String(decoding: rest[rest.startIndex..<end.lowerBound], as: UTF8.self)
        .components(separatedBy: "\r\n")
      var fields: [String: String] = [:]
      for line in lines.dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1)
        fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
      }
      let length = fields["content-length"].flatMap { Int($0) } ?? 0
      guard rest.endIndex - end.upperBound >= length else { break }
      let words = lines[0].split(separator: " ")
      let body = rest[end.upperBound..<(end.upperBound + length)]
      answers.append(
        Answer(
          status: words.count > 1 ? Int(words[1]) ?? 0 : 0, fields: fields,
          body: String(decoding: body, as: UTF8.self)))
      rest = rest[(end.upperBound + length)...]
    }
    return answers
  }
}

/// A whole request for a decision.
func decide(_ body: String, fields: String = "", decision: String = "shop.may_ship") -> String {
  "POST /v1/decide/\(decision) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    + "\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
}
