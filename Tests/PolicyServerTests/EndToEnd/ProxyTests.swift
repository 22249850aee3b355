/// The daemon behind nginx: what clients get over TCP and TLS, and what nginx keeps away.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

@Suite(
  .enabled(if: Proxy.isHere, "there is no nginx, openssl or curl"), .timeLimit(.minutes(10)))
struct ProxyTests {
  static func good() throws -> String {
    try String(contentsOf: Golden.corpus.appending(path: "daemon/good.json"), encoding: .utf8)
  }

  static func bad() throws -> String {
    try good().replacing("\"paid\": \"12000.00 CNY\"", with: "\"paid\": \"9000.00 CNY\"")
  }

  @Test(arguments: [false, true]) func decidesOverTCPAndTLS(tls: Bool) throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let proxy = try Proxy(before: daemon.socket)
    let allowed = try proxy.decide(try Self.good(), tls: tls, ["-H", "X-Request-ID: order-17"])
    #expect(allowed.status == 200 && allowed.isPermitted, "\(allowed)")
    #expect(allowed.fields["x-request-id"] == "order-17")
    #expect(allowed.tree["requestId"]?.word == "order-17")
    let denied = try proxy.decide(try Self.bad(), tls: tls)
    #expect(denied.status == 200 && !denied.isPermitted)
    #expect(denied.tree["outcome"]?.word == "deny")
    // nginx makes an id for a request without one.
    #expect(denied.tree["requestId"]?.word?.wholeMatch(of: /[0-9a-f]{32}/) != nil)
    let refused = try proxy.decide("{", tls: tls)
    #expect(refused.status == 400)
    #expect(refused.fields["content-type"] == "application/problem+json")
  }

  @Test func passesOnItsPathsAndNoOther() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let proxy = try Proxy(before: daemon.socket)
    for path in ["/v1/policies", "/healthz"] {
      #expect(try proxy.curl(path).status == 200, "\(path)")
    }
    for path in ["/", "/v2/policies", "/v1", "/v1/../etc/passwd", "/debug", "/healthz/x"] {
      let answer = try proxy.curl(path, ["--path-as-is"])
      #expect(answer.status == 403, "\(path)")
      #expect(answer.tree["code"]?.word == "forbidden_path", "\(answer)")
      #expect(answer.fields["content-type"] == "application/problem+json")
    }
  }

  @Test func bodiesThatAreTooLargeAreRefusedByNginxOrByTheDaemon() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus, ["--max-body", "64KiB"])
    let proxy = try Proxy(before: daemon.socket)
    let file = Folder()
    for (size, detail) in [
      (1 << 21, "the body is larger than the proxy lets through"),
      (1 << 17, "the body is larger than 65536 bytes"),
    ] {
      let path = file.path + "/body"
      try Data(repeating: 0x20, count: size).write(to: URL(filePath: path))
      let answer = try proxy.decide("@" + path)
      #expect(answer.status == 413)
      #expect(answer.tree["code"]?.word == "body_too_large")
      #expect(answer.tree["detail"]?.word == detail)
    }
    #expect(try proxy.decide(try Self.good()).isPermitted)
  }

  @Test func requestsShareAConnectionToTheDaemon() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let proxy = try Proxy(before: daemon.socket)
    let before = daemon.openSockets
    for _ in 0..<20 { #expect(try proxy.decide(try Self.good()).isPermitted) }
    // Each curl came over a connection of its own; each worker of nginx keeps one to the daemon.
    #expect(daemon.openSockets == before + 1)
  }

  @Test func aSlowClientHoldsNothingOfTheDaemon() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let proxy = try Proxy(before: daemon.socket)
    let before = daemon.openSockets
    let request = decide(try Self.good(), decision: "orders.may_ship")
    let slow = try proxy.client()
    try slow.send(String(request.prefix(request.count / 2)))
    let quick = try proxy.client()
    for count in 1...5 {
      try quick.send(request)
      #expect(try quick.read(count).last?.isPermitted == true)
    }
    #expect(daemon.openSockets == before + 1, "the half request holds a connection")
    for byte in request.suffix(request.count - request.count / 2).utf8 { try slow.send([byte]) }
    #expect(try slow.read(1).first?.isPermitted == true)
  }

  @Test func aRestartOfTheDaemonLosesNoRequest() throws {
    let folder = Folder()
    var daemon: BuiltDaemon? = try BuiltDaemon(BuiltDaemon.corpus, at: folder)
    let proxy = try Proxy(before: folder.socket)
    #expect(try proxy.decide(try Self.good()).isPermitted)
    daemon?.signal()
    #expect(daemon?.exitCode() == 0)
    let answer = try proxy.decide(try Self.good())
    #expect(answer.status == 503)
    #expect(answer.tree["code"]?.word == "unavailable")
    #expect(answer.fields["retry-after"] == "1")
    daemon = try BuiltDaemon(BuiltDaemon.corpus, at: folder)
    for _ in 0..<5 { #expect(try proxy.decide(try Self.good()).isPermitted) }
    withExtendedLifetime(daemon) {}
  }

  @Test func manyClientsAtOnceAreAnsweredInTheirOrder() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let proxy = try Proxy(before: daemon.socket)
    let (good, bad) = (try Self.good(), try Self.bad())
    let clients = try (0..<32).map { _ in try proxy.client() }
    for (number, client) in clients.enumerated() {
      for round in 0..<10 {
        let body = (number + round).isMultiple(of: 2) ? good : bad
        let id = "X-Request-ID: \(number)-\(round)\r\n"
        try client.send(decide(body, fields: id, decision: "orders.may_ship"))
      }
    }
    for (number, client) in clients.enumerated() {
      let answers = try client.read(10)
      #expect(answers.count == 10)
      for (round, answer) in answers.enumerated() {
        #expect(answer.tree["requestId"]?.word == "\(number)-\(round)")
        #expect(answer.isPermitted == (number + round).isMultiple(of: 2))
      }
    }
  }
}
