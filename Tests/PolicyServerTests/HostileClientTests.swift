/// The server over a real socket: clients that send too much, too slowly or nonsense.
import Foundation
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct HostileClientTests {
  @Test func refusesABodyByItsContentLength() throws {
    let server = try TestServer()
    let client = try server.client()
    try client.send(
      "POST /v1/decide/a.b HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + "Content-Length: 100000000\r\n\r\n")
    let piece = [UInt8](repeating: 0x20, count: 100_000)
    for _ in 0..<1000 where try !client.send(piece) { break }
    let answers = try client.readToEnd()
    #expect(answers.map(\.status) == [413])
    #expect(answers.first?.fields["connection"] == "close")
    try expectAlive(server)
  }

  @Test func refusesAHeaderThatIsTooLarge() throws {
    let server = try TestServer()
    let client = try server.client()
    try client.send("GET / HTTP/1.1\r\nHost: x\r\nX-A: " + String(repeating: "a", count: 50_000))
    #expect(try client.readToEnd().map(\.status) == [431])
    try expectAlive(server)
  }

  @Test(arguments: [
    "GET /heal", "POST /v1/decide/a.b HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{",
  ])
  func givesUpOnHalfARequest(half: String) throws {
    var limits = Limits()
    limits.requestMilliseconds = 300
    limits.discardMilliseconds = 200
    let server = try TestServer(limits)
    let client = try server.client()
    try client.send(half)
    #expect(try client.readToEnd().map(\.status) == [408])
    try expectAlive(server)
  }

  /// Patience of 300 ms may run out before the request is sent when the machine is busy: then with more.
  @Test func closesAnIdleConnection() throws {
    var answers: [Answer] = []
    for patience: Int64 in [300, 1_200, 4_800] where answers.isEmpty {
      var limits = Limits()
      limits.idleMilliseconds = patience
      let server = try TestServer(limits)
      let client = try server.client()
      try client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
      answers = try client.readToEnd()
    }
    #expect(answers.map(\.status) == [200])
  }

  @Test func saysThatARequestWasCutOff() throws {
    let server = try TestServer()
    let client = try server.client()
    try client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /heal")
    client.endSending()
    #expect(try client.readToEnd().map(\.status) == [200, 400])
  }

  @Test func refusesConnectionsPastTheLimit() throws {
    var limits = Limits()
    limits.connections = 2
    let server = try TestServer(limits)
    let first = try server.client()
    let second = try server.client()
    for client in [first, second] {
      try client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(try client.read(1).first?.status == 200)
    }
    #expect(try server.client().readToEnd().map(\.status) == [503])
  }

  @Test func survivesClientsThatLeave() throws {
    let server = try TestServer()
    for _ in 0..<50 {
      let client = try server.client()
      try client.send((0..<50).map { _ in decide(String(repeating: "x", count: 9000)) }.joined())
    }
    try expectAlive(server)
  }

  private func expectAlive(_ server: TestServer) throws {
    let client = try server.client()
    try client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try client.read(1).first?.status == 200)
  }
}
