/// A daemon that says what a test wants: whole answers, broken ones, or nothing.
import Foundation
import Synchronization
import Testing

@testable import PolicyServer

/// Listens on a socket and plays one act per connection; the last act is repeated.
final class FakeDaemon: Sendable {
  /// What is done with a connection, once a request has come whole.
  enum Act: Sendable {
    /// Sends these bytes and closes; `ID` and `DECISION` stand for those of the request.
    case sends(String)
    /// Sends nothing, and keeps the connection until the client goes.
    case isSilent

    /// An answer with its length.
    static func answers(_ status: String, _ body: String, type: String = "application/json") -> Act
    {
      .sends(
        "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nX-Request-ID: ID\r\nContent-Length: LENGTH\r\n"
          + "Connection: close\r\n\r\n\(body)")
    }
  }

  /// What came, and whether it is to end; shared with its thread.
  private final class State: Sendable {
    private let content = Mutex<(ids: [String], isOver: Bool)>(([], false))

    var ids: [String] { content.withLock { $0.ids } }
    var isOver: Bool { content.withLock { $0.isOver } }
    func note(_ id: String) { content.withLock { $0.ids.append(id) } }
    func end() { content.withLock { $0.isOver = true } }
  }

  private let folder = Folder()
  private let state = State()
  private let finished = DispatchSemaphore(value: 0)

  var socket: String { folder.socket }

  /// The `X-Request-ID` of each request that came.
  var ids: [String] { state.ids }

  init(_ acts: [Act]) throws {
    let listening = DispatchSemaphore(value: 0)
    let path = folder.socket
    Thread.detachNewThread { [state, finished] in
      do {
        let listener = try Listener(path: path, mode: 0o600)
        listening.signal()
        var number = 0
        var poller = try Poller()
        try poller.add(listener.number, .reading)
        while !state.isOver {
          guard try poller.wait(milliseconds: 20) > 0 else { continue }
          let connection = try FakeConnection(listener.accept())
          let act = acts[min(number, acts.count - 1)]
          number += 1
          guard let id = try connection.readRequest() else { continue }
          state.note(id)
          try connection.play(act)
        }
        listener.removePath()
      } catch {
        Issue.record("the fake daemon failed: \(error)")
        listening.signal()
      }
      finished.signal()
    }
    listening.wait()
  }

  deinit {
    state.end()
    finished.wait()
  }
}

/// A connection of the fake daemon.
private final class FakeConnection {
  private let descriptor: FileDescriptor
  private var poller: Poller
  private var room = [UInt8](repeating: 0, count: 1 << 16)
  private var request = ""
  private var id = ""

  init(_ descriptor: consuming FileDescriptor) throws {
    let poller = try Poller()
    try poller.add(descriptor.number, .reading)
    self.poller = poller
    self.descriptor = descriptor
  }

  /// Reads one request; gives its id, or nil when the client has gone.
  func readRequest() throws -> String? {
    while !isWhole { guard try receive() else { return nil } }
    id = request.firstMatch(of: /(?i)x-request-id: *(\S+)/).map { String($0.1) } ?? ""
    return id
  }

  /// Does what is to be done, and waits until the client goes.
  func play(_ act: FakeDaemon.Act) throws {
    if case .sends(let text) = act {
      let decision = request.firstMatch(of: /decide\/(\S+)/).map { String($0.1) } ?? ""
      var reply = text.replacing("DECISION", with: decision).replacing(": ID", with: ": " + id)
        .replacing("\"ID\"", with: "\"\(id)\"")
      if let end = reply.firstRange(of: "\r\n\r\n") {
        let length = reply[end.upperBound...].utf8.count
        reply = reply.replacing("LENGTH", with: String(length))
      }
      _ = descriptor.send(Array(reply.utf8)[...])
      descriptor.shutdownSending()
    }
    while try receive() {}
  }

  private func receive() throws -> Bool {
    guard try poller.wait(milliseconds: 60_000) > 0 else { return false }
    guard case .bytes(let count) = descriptor.read(into: &room) else { return false }
    request += String(decoding: room[0..<count], as: UTF8.self)
    return true
  }

  /// Whether header and body have come.
  private var isWhole: Bool {
    guard let end = request.firstRange(of: "\r\n\r\n"),
      let length = request.firstMatch(of: /(?i)content-length: *(\d+)/)
    else { return false }
    return request[end.upperBound...].utf8.count >= Int(length.1) ?? 0
  }
}

/// What a fake daemon may do to a client that wants to ship; none of it is a yes.
struct Doubtful: CustomTestStringConvertible, Sendable {
  let name: String
  let act: FakeDaemon.Act
  /// How often a client asks that tries twice where that is safe.
  let asks: Int

  var testDescription: String { name }

  static let yes =
    #"{"decision":"DECISION","outcome":"allow","permitted":true,"reasons":[],"requestId":"ID","decisionId":"1f"}"#

  static let all: [Doubtful] = [
    Doubtful(name: "garbage", act: .sends("SSH-2.0-OpenSSH_9.2\r\n"), asks: 1),
    Doubtful(
      name: "503",
      act: .answers(
        "503 Service Unavailable",
        #"{"status":503,"code":"draining","detail":"the daemon is stopping","requestId":"ID"}"#,
        type: "application/problem+json"), asks: 2),
    Doubtful(
      name: "a yes with status 500", act: .answers("500 Internal Server Error", yes), asks: 1),
    Doubtful(
      name: "a yes that is cut",
      act: .sends("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nX-Request-ID: ID\r\n\r\n" + yes),
      asks: 2),
    Doubtful(name: "a closed connection", act: .sends(""), asks: 2),
    Doubtful(
      name: "no JSON", act: .answers("200 OK", "<html>permitted: true</html>", type: "text/html"),
      asks: 1),
    Doubtful(
      name: "half a JSON",
      act: .answers("200 OK", #"{"decision":"DECISION","outcome":"allow","permitted":true"#),
      asks: 1),
    Doubtful(
      name: "no flag",
      act: .answers(
        "200 OK",
        #"{"decision":"DECISION","outcome":"allow","requestId":"ID","decisionId":"1f"}"#), asks: 1),
    Doubtful(
      name: "a flag that is a text",
      act: .answers("200 OK", yes.replacing(":true", with: ":\"true\"")), asks: 1),
    Doubtful(
      name: "a flag deeper inside",
      act: .answers(
        "200 OK",
        #"{"decision":"DECISION","outcome":"deny","reasons":[{"code":"x","text":"x","facts":{"permitted":true}}],"requestId":"ID","decisionId":"1f"}"#
      ), asks: 1),
    Doubtful(
      name: "another decision",
      act: .answers("200 OK", yes.replacing("DECISION", with: "mail_order.may_ship")), asks: 1),
    Doubtful(name: "silence", act: .isSilent, asks: 2),
  ]
}
