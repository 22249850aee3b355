/// The real daemon with as many clients as it admits by default.
import Foundation
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct ManyConnectionsTests {
  /// A connection that says nothing.
  private final class Idle {
    private let descriptor: FileDescriptor

    init(_ path: String) throws(Errno) {
      descriptor = try UnixSocket.make()
      try UnixSocket.connect(descriptor, to: path)
    }
  }

  private static let limit = Limits().connections
  private static let room = limit + 500
  private static let granted = (try? ProcessEnvironment.raiseOpenFiles(to: room)) ?? 0

  @Test(.enabled(if: granted >= room, "the system grants fewer open files than the test needs"))
  func tenThousandIdleConnectionsDoNotKeepAnyoneFromAnAnswer() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus, ["--idle-timeout", "120"])
    let asker = try daemon.client()
    let good = try String(
      contentsOf: BuiltDaemon.corpus.deletingLastPathComponent().appending(path: "good.json"),
      encoding: .utf8)
    let request = decide(good, decision: "orders.may_ship")
    var idle: [Idle] = []
    var asked = 0
    while idle.count < Self.limit - 1 {
      for _ in 0..<min(100, Self.limit - 1 - idle.count) { idle.append(try Idle(daemon.socket)) }
      // An answer shows that the daemon has been round its loop, so its backlog has room again.
      try asker.send(request)
      asked += 1
      let answers = try asker.read(asked)
      #expect(answers.last?.status == 200 && answers.last?.isPermitted == true)
      try #require(answers.count == asked)
    }
    #expect(try daemon.client().readToEnd().map(\.status) == [503])
    idle.removeAll()
    #expect(try daemon.answersTheNext())
  }
}
