/// The server over a real socket: what well-meaning clients do.
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct ServingTests {
  @Test func keepsAConnectionForManyRequests() throws {
    let server = try TestServer()
    let client = try server.client()
    for number in 1...20 {
      try client.send(decide("{\(number)}", fields: "X-Request-ID: r\(number)\r\n"))
      let answers = try client.read(number)
      #expect(answers.last?.body == "shop.may_ship r\(number) {\(number)}")
      #expect(answers.last?.fields["x-request-id"] == "r\(number)")
      #expect(answers.last?.fields["connection"] == nil)
    }
  }

  @Test func answersAHundredPipelinedRequestsInOrder() throws {
    let server = try TestServer()
    let client = try server.client()
    let requests = (0..<100).map { decide("{\($0)}", fields: "X-Request-ID: i\r\n") }
    try client.send(requests.joined())
    let bodies = try client.read(100).map(\.body)
    #expect(bodies == (0..<100).map { "shop.may_ship i {\($0)}" })
  }

  @Test func answersMoreThanOneBatchAndMoreOutputThanASocketTakes() throws {
    let server = try TestServer()
    let client = try server.client()
    let body = String(repeating: "x", count: 2000)
    let count = 3000
    let all = (0..<count).map { _ in decide(body) }.joined()
    #expect(try client.send(all))
    client.endSending()
    let answers = try client.readToEnd()
    #expect(answers.count == count)
    #expect(answers.allSatisfy { $0.status == 200 && $0.body.hasSuffix(body) })
  }

  @Test func answersARequestSentByteByByte() throws {
    let server = try TestServer()
    let client = try server.client()
    for byte in decide("{\"a\":1}").utf8 { try client.send([byte]) }
    #expect(try client.read(1).first?.body.hasSuffix(" {\"a\":1}") == true)
  }

  @Test func decodesChunkedBodiesAndPercentSigns() throws {
    let server = try TestServer()
    let client = try server.client()
    try client.send(
      "POST /v1/decide/%E8%B4%A7.b HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + "X-Request-ID: r\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
    #expect(try client.read(1).first?.body == "货.b r {}")
  }

  @Test func makesRequestIDsThatDiffer() throws {
    let server = try TestServer()
    let client = try server.client()
    try client.send(decide("{}") + decide("{}"))
    let ids = try client.read(2).compactMap { $0.fields["x-request-id"] }
    #expect(Set(ids).count == 2)
  }

  @Test func givesTheGoAheadForABody() throws {
    let server = try TestServer()
    let client = try server.client()
    let request = decide("{}", fields: "Expect: 100-continue\r\n")
    try client.send(String(request.dropLast(2)))
    #expect(try client.read(1).first?.status == 100)
    try client.send("{}")
    #expect(try client.read(2).map(\.status) == [100, 200])
  }

  @Test func closesWhenAsked() throws {
    let server = try TestServer()
    for request in [
      "GET /healthz HTTP/1.0\r\n\r\n",
      "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ] {
      let client = try server.client()
      try client.send(request)
      let answers = try client.readToEnd()
      #expect(answers.map(\.status) == [200])
      #expect(answers.first?.fields["connection"] == "close")
    }
  }

  @Test func answersAHeadWithoutABody() throws {
    let server = try TestServer()
    let client = try server.client()
    try client.send("HEAD /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    while try client.receive() {}
    let text = String(decoding: client.received, as: UTF8.self)
    #expect(text.contains("Content-Length: 15\r\n") && text.hasSuffix("\r\n\r\n"))
  }

  @Test func servesManyConnectionsAtOnce() throws {
    let server = try TestServer()
    let clients = try (0..<200).map { _ in try server.client() }
    for (number, client) in clients.enumerated() { try client.send(decide("{\(number)}")) }
    for (number, client) in clients.enumerated() {
      #expect(try client.read(1).first?.body.hasSuffix(" {\(number)}") == true)
    }
  }

  @Test(arguments: [
    ("GET /v1/policies", 200, "{\"policies\":[]}"), ("GET /healthz?probe=1", 200, "ok"),
    ("GET /v1/policie", 404, "did you mean `/v1/policies`?"),
    ("GET /v1/decide/shop.may_ship", 405, "POST"), ("DELETE /healthz", 405, "GET, HEAD"),
    ("GET /v1/policies?x", 400, "query_not_supported"),
    ("GET /v1/policies/", 404, "did you mean `/v1/policies`?"),
    ("GET /v1/policies/shop", 200, "{}"), ("GET /v1/policies/%73hop", 200, "{}"),
    ("GET /v1/policies/shopp", 404, "did you mean `/v1/policies/shop`?"),
    ("GET /v1/policies/shop?x", 400, "query_not_supported"),
    ("GET /v1/policies/%7", 400, "malformed_path"), ("DELETE /v1/policies/shop", 405, "GET, HEAD"),
    ("GET /v1/decide", 405, "POST"), ("GET /v1/decid", 404, "did you mean `/v1/decide`?"),
    ("GET /v1/decide/shop.may_shipp", 405, "POST"),
    ("GET /access/v1/evaluation", 405, "POST"), ("GET /access/v1/evaluations", 405, "POST"),
    ("GET /access/v1/evalation", 404, "did you mean `/access/v1/evaluation`?"),
    ("GET /.well-known/authzen-configuration", 200, "https://x/access/v1/evaluation"),
    ("DELETE /.well-known/authzen-configuration", 405, "GET, HEAD"),
    ("GET /.well-known/authzen-configuratoin", 404, "authzen-configuration`?"),
    ("GET /openapi.json", 200, "{}"), ("DELETE /openapi.json", 405, "GET, HEAD"),
    ("GET /openapi.jsn", 404, "did you mean `/openapi.json`?"),
    ("GET /readyz", 200, "\"status\":\"ready\""), ("DELETE /readyz", 405, "GET, HEAD"),
    ("GET /readz", 404, "did you mean `/readyz`?"),
    ("GET /metrics?x=1", 200, "# HELP "), ("DELETE /metrics", 405, "GET, HEAD"),
    ("GET /metric", 404, "did you mean `/metrics`?"), ("HEAD /nothing/there", 404, ""),
  ])
  func routes(line: String, status: Int, part: String) throws {
    let server = try TestServer()
    let client = try server.client()
    try client.send("\(line) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    let answer =
      line.hasPrefix("HEAD")
      ? try Self.headOnly(client) : try client.read(1).first
    #expect(answer?.status == status)
    #expect(answer?.body.contains(part) == true)
    if status == 405 { #expect(answer?.fields["allow"] == part) }
    if status != 200 { #expect(answer?.fields["content-type"] == "application/problem+json") }
  }

  /// An answer to HEAD: its length is told, and the body does not come.
  private static func headOnly(_ client: TestClient) throws -> Answer? {
    while try client.receive() {}
    let text = String(decoding: client.received, as: UTF8.self)
    #expect(text.hasSuffix("\r\n\r\n") && !text.contains("Content-Length: 0\r\n"))
    let without = text.replacing(/Content-Length: [0-9]+/, with: "Content-Length: 0")
    return Answer.all(in: Array(without.utf8)).first
  }

  /// HEAD is GET without the body.
  @Test(arguments: [
    "/healthz", "/readyz", "/metrics", "/openapi.json", "/v1/policies", "/v1/policies/shop",
    "/.well-known/authzen-configuration",
  ])
  func everyGetAnswersHead(path: String) throws {
    let server = try TestServer()
    let client = try server.client()
    try client.send("HEAD \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    #expect(try Self.headOnly(client)?.status == 200)
  }

  @Test func wantsJSON() throws {
    let server = try TestServer()
    let client = try server.client()
    try client.send(
      "POST /v1/decide/a.b HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
        + "Content-Length: 2\r\n\r\n{}")
    #expect(try client.read(1).first?.status == 415)
  }
}
