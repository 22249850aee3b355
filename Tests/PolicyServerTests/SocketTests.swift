/// Making the socket, and stopping: whose path it is, and who still gets an answer.
import Foundation
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct SocketTests {
  private func problem(_ path: String) -> String? {
    do throws(StartProblem) {
      _ = try Listener(path: path, mode: 0o600)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func replacesAStaleSocket() throws {
    let folder = Folder()
    do {
      let dead = try UnixSocket.make()
      try UnixSocket.bind(dead, to: folder.socket)
    }
    #expect(try FileAtPath(folder.socket).kind == .socket)
    let server = try TestServer(in: folder)
    let client = try server.client()
    try client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try client.read(1).first?.status == 200)
  }

  @Test func refusesTheSocketOfALiveDaemon() throws {
    let server = try TestServer()
    #expect(problem(server.folder.socket)?.contains("already answers") == true)
    // Also without the lock, as when another program listens there.
    try FileManager.default.removeItem(atPath: server.folder.socket + ".lock")
    #expect(problem(server.folder.socket)?.contains("already answers") == true)
    #expect(try FileAtPath(server.folder.socket).kind == .socket)
  }

  @Test func refusesASymbolicLink() throws {
    let folder = Folder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.socket, withDestinationPath: folder.path + "/elsewhere")
    #expect(problem(folder.socket)?.contains("symbolic link") == true)
  }

  @Test func refusesAFileThatIsNoSocket() throws {
    let folder = Folder()
    try Data("precious".utf8).write(to: URL(filePath: folder.socket))
    #expect(problem(folder.socket)?.contains("not a socket") == true)
    #expect(try String(contentsOfFile: folder.socket, encoding: .utf8) == "precious")
  }

  @Test func refusesAPathThatIsTooLong() {
    let path = Folder().path + "/" + String(repeating: "s", count: 120)
    #expect(problem(path)?.contains("a Unix socket allows 107") == true)
  }

  @Test func removesTheSocketUnlessItIsAnothers() throws {
    let server = try TestServer()
    #expect(server.stop())
    #expect(try FileAtPath(server.folder.socket).kind == .absent)
    let second = try TestServer()
    try FileManager.default.removeItem(atPath: second.folder.socket)
    try Data("mine".utf8).write(to: URL(filePath: second.folder.socket))
    #expect(second.stop())
    #expect(try FileAtPath(second.folder.socket).kind == .other)
  }

  @Test func answersWhatWasReceivedBeforeStopping() throws {
    let server = try TestServer()
    let clients = try (0..<20).map { _ in try server.client() }
    for client in clients { try client.send(decide("{1}") + decide("{2}")) }
    let half = try server.client()
    try half.send("POST /v1/dec")
    let idle = try server.client()
    #expect(server.stop())
    for client in clients {
      let answers = try client.readToEnd()
      #expect(answers.map(\.status) == [200, 200])
    }
    #expect(try half.readToEnd().map(\.status) == [503])
    #expect(try idle.readToEnd().isEmpty)
  }

  @Test func theDaemonStopsOnSIGTERM() throws {
    let folder = Folder()
    let daemon = Process()
    daemon.executableURL = Products.folder.appending(path: "writd")
    daemon.arguments = [
      "--policies", Products.root.appending(path: "policies").path, "--socket", folder.socket,
    ]
    let output = Pipe()
    daemon.standardOutput = output
    try daemon.run()
    var printed = ""
    while !printed.contains("--unix-socket") {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      printed += String(decoding: data, as: UTF8.self)
    }
    #expect(printed.contains("Asia/Shanghai"))
    let client = try TestClient(folder.socket)
    try client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try client.read(1).first?.status == 200)
    try client.send("GET /v1/policies HTTP/1.1\r\nHost: x\r\n\r\n")
    daemon.terminate()
    let answers = try client.readToEnd()
    #expect(answers.map(\.status) == [200, 200])
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 0)
    #expect(try FileAtPath(folder.socket).kind == .absent)
  }
}

/// Where the built programs and the package are.
enum Products {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let folder: URL = {
    let own = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let isHere = FileManager.default.fileExists(atPath: own.appending(path: "writd").path)
    return isHere ? own : root.appending(path: ".build/debug")
  }()
}
