/// Requests of lines over a real socket: answered as they come, with back-pressure, and told when they break off.
import Foundation
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct LinesTests {
  private static func head(_ framing: String) -> String {
    "POST /v1/decide HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
      + "X-Request-ID: r\r\n\(framing)\r\n\r\n"
  }

  private static let chunked = "Transfer-Encoding: chunked"

  private static func line(_ number: Int) -> String {
    "{\"decision\":\"shop.may_ship\",\"input\":{\"n\":\(number)}}\n"
  }

  private static func chunk(_ text: String) -> String {
    String(text.utf8.count, radix: 16) + "\r\n\(text)\r\n"
  }

  private static func answer(_ number: Int) -> String {
    "shop.may_ship r {\"input\":{\"n\":\(number)}}\n"
  }

  /// The answer of a line is there before the next line is sent.
  @Test(arguments: [true, false]) func answersALineBeforeTheNextIsSent(isChunked: Bool) throws {
    let server = try TestServer()
    let client = try server.client()
    let length = (1...5).reduce(0) { $0 + Self.line($1).utf8.count }
    try client.send(Self.head(isChunked ? Self.chunked : "Content-Length: \(length)"))
    for number in 1...5 {
      try client.send(isChunked ? Self.chunk(Self.line(number)) : Self.line(number))
      let expected = (1...number).map(Self.answer).joined()
      while ChunkedAnswer(client.received)?.answer.body != expected, try client.receive() {}
      #expect(ChunkedAnswer(client.received)?.answer.body == expected)
    }
    if isChunked { try client.send("0\r\n\r\n") }
    try client.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    while try client.receive() {}
    let text = String(decoding: client.received, as: UTF8.self)
    #expect(text.contains("0\r\n\r\nHTTP/1.1 200 OK\r\n"), "the connection goes on")
    #expect(text.hasSuffix("{\"status\":\"ok\"}"))
  }

  @Test func answersLinesSentByteByByte() throws {
    let server = try TestServer()
    let client = try server.client()
    let begun = Self.chunk(Self.line(1) + "\n" + "{\"decision\"")
    let body = begun + Self.chunk(":\"a\"}") + "0\r\n\r\n"
    for byte in (Self.head(Self.chunked) + body).utf8 { try client.send([byte]) }
    while ChunkedAnswer(client.received)?.isWhole != true, try client.receive() {}
    #expect(ChunkedAnswer(client.received)?.answer.body == Self.answer(1) + "a r {}\n")
  }

  /// Far more lines than buffers hold, from a client that reads only when it can send no more.
  @Test func holdsManyLinesOfASlowReader() throws {
    var limits = Limits()
    limits.pendingOutputBytes = 10_000
    let server = try TestServer(limits)
    let client = try server.client()
    let count = 50_000
    let lines = (1...count).map(Self.line).joined()
    try client.send(Self.head("Content-Length: \(lines.utf8.count)"))
    #expect(try client.send(lines))
    client.endSending()
    while try client.receive() {}
    let answer = try #require(ChunkedAnswer(client.received))
    #expect(answer.isWhole)
    #expect(answer.answer.body == (1...count).map(Self.answer).joined())
  }

  @Test func aLineHasItsLimit() throws {
    var limits = Limits()
    limits.bodyBytes = 1000
    let server = try TestServer(limits)
    let client = try server.client()
    let long = "{\"decision\":\"" + String(repeating: "x", count: 5000) + "\"}\n"
    let body = Self.line(1) + long + Self.line(2) + long
    try client.send(Self.head("Content-Length: \(body.utf8.count)") + body)
    while ChunkedAnswer(client.received)?.isWhole != true, try client.receive() {}
    let answers = ChunkedAnswer(client.received)?.answer.body.split(separator: "\n") ?? []
    #expect(answers.count == 4)
    #expect(answers[0] + "\n" == Self.answer(1) && answers[2] + "\n" == Self.answer(2))
    for answer in [answers[1], answers[3]] {
      #expect(answer.contains("\"code\":\"line_too_large\""), "\(answer)")
    }
  }

  /// What breaks off ends with a problem, and without the last chunk.
  @Test(arguments: [
    ("Content-Length: 1000", "", "incomplete_request"),
    (chunked, "zz\r\n", "malformed_chunk"),
  ])
  func aRequestThatBreaksOffSaysSo(framing: String, rest: String, code: String) throws {
    let server = try TestServer()
    let client = try server.client()
    let line = framing == Self.chunked ? Self.chunk(Self.line(1)) : Self.line(1)
    try client.send(Self.head(framing) + line + rest)
    client.endSending()
    while try client.receive() {}
    let answer = try #require(ChunkedAnswer(client.received))
    #expect(!answer.isWhole)
    let lines = answer.answer.body.split(separator: "\n")
    #expect(lines.count == 2 && lines[1].contains("\"code\":\"\(code)\""), "\(lines)")
  }

  /// A client that stops sending in the middle is told so after the time for a request.
  @Test func aSlowClientIsTimedOut() throws {
    var limits = Limits()
    limits.requestMilliseconds = 300
    let server = try TestServer(limits)
    let client = try server.client()
    try client.send(Self.head("Content-Length: 1000") + Self.line(1) + "{")
    while try client.receive() {}
    let answer = try #require(ChunkedAnswer(client.received))
    #expect(!answer.isWhole && answer.answer.body.contains("request_timeout"))
  }

  @Test func aClientOfTheOldVersionReadsToTheEnd() throws {
    let server = try TestServer()
    let client = try server.client()
    let body = Self.line(1)
    try client.send(
      "POST /v1/decide HTTP/1.0\r\nContent-Type: application/x-ndjson\r\nX-Request-ID: r\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    while try client.receive() {}
    let text = String(decoding: client.received, as: UTF8.self)
    #expect(text.contains("Connection: close\r\n") && !text.contains("chunked"))
    #expect(text.hasSuffix("\r\n\r\n" + Self.answer(1)))
  }

  @Test func aStreamThatIsDrainedSaysSo() throws {
    let server = try TestServer()
    let client = try server.client()
    try client.send(Self.head("Content-Length: 1000") + Self.line(1))
    while ChunkedAnswer(client.received)?.answer.body.isEmpty != false, try client.receive() {}
    server.beginStop()
    while try client.receive() {}
    let answer = try #require(ChunkedAnswer(client.received))
    #expect(!answer.isWhole && answer.answer.body.contains("\"code\":\"draining\""))
  }

  @Test func waitsForTheGoAhead() throws {
    let server = try TestServer()
    let client = try server.client()
    let body = Self.line(1)
    try client.send(Self.head("Expect: 100-continue\r\nContent-Length: \(body.utf8.count)"))
    while !String(decoding: client.received, as: UTF8.self).hasPrefix("HTTP/1.1 100"),
      try client.receive()
    {}
    try client.send(body)
    while !String(decoding: client.received, as: UTF8.self).hasSuffix("0\r\n\r\n"),
      try client.receive()
    {}
    #expect(String(decoding: client.received, as: UTF8.self).contains(Self.answer(1)))
  }
}
