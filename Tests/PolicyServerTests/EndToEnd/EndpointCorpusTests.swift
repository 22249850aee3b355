/// Bodies for the endpoints that ask for several decisions, or as AuthZEN asks: each gets its documented answer.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct EndpointCorpusTests {
  /// A folder of the corpus and where its files are posted to.
  struct Folder: CustomStringConvertible {
    let name: String
    let path: String
    let type: String
    let ending: String
    let least: Int

    var description: String { name }
  }

  static let folders = [
    Folder(
      name: "batch", path: "/v1/decide", type: "application/json", ending: "json", least: 20),
    Folder(
      name: "lines", path: "/v1/decide", type: "application/x-ndjson", ending: "ndjson", least: 10),
    Folder(
      name: "evaluation", path: "/access/v1/evaluation", type: "application/json", ending: "json",
      least: 35),
    Folder(
      name: "evaluations", path: "/access/v1/evaluations", type: "application/json",
      ending: "json", least: 20),
  ]

  /// `batch/good.json` is posted to `/v1/decide`; `batch/good.answer` is what comes.
  @Test(arguments: folders) func everyBodyGetsItsAnswer(folder: Folder) throws {
    let files = Golden.files("endpoints/\(folder.name)", endings: folder.ending)
    #expect(files.count >= folder.least)
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    for file in files {
      let answer = try daemon.post(folder.path, Golden.bytes(file), type: folder.type)
      #expect(answer.fields["x-request-id"] == "test", "\(file.lastPathComponent)")
      let expected = file.deletingPathExtension().appendingPathExtension("answer")
      #expect(throws: Never.self) { try Golden.check(answer.shown, against: expected) }
      // A problem never permits, wherever it stands.
      for object in answer.objects where object["status"] != nil {
        #expect(object["permitted"] == nil, "\(file.lastPathComponent): \(answer.body)")
      }
      for object in answer.objects where object["decision"] == .bool(true) {
        #expect(object["context"]?["permitted"] == .bool(true), "\(file.lastPathComponent)")
      }
      #expect(try daemon.answersTheNext(), "after \(file.lastPathComponent)")
    }
  }

  @Test func aBatchHasItsLimit() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let item = "{\"decision\":\"traps.no_fee\",\"input\":{\"n\":1},\"explain\":\"none\"}"
    for (count, status) in [(1_000, 200), (1_001, 413)] {
      let body = "[" + [String](repeating: item, count: count).joined(separator: ",") + "]"
      let answer = try daemon.post("/v1/decide", Array(body.utf8), type: "application/json")
      #expect(answer.status == status)
      if status == 200 {
        #expect(answer.tree.items.count == count)
        let ids = Set(answer.tree.items.compactMap { $0["decisionId"]?.word })
        #expect(ids.count == count, "every item has a decision id of its own")
        #expect(answer.tree.items.allSatisfy { $0["requestId"]?.word == "test" })
      } else {
        #expect(answer.tree["code"]?.word == "batch_too_large")
      }
    }
    let part = "{\"subject\":{\"type\":\"a\",\"id\":\"b\"}}"
    let many = [String](repeating: part, count: 1_001).joined(separator: ",")
    let answer = try daemon.post(
      "/access/v1/evaluations", Array("{\"evaluations\":[\(many)]}".utf8),
      type: "application/json")
    #expect(answer.status == 413 && answer.tree["code"]?.word == "batch_too_large")
  }

  /// A wrong content type is a 415, and for AuthZEN a 400, as its specification says.
  @Test(arguments: [
    ("/v1/decide", 415), ("/access/v1/evaluation", 400), ("/access/v1/evaluations", 400),
  ])
  func wantsItsContentType(path: String, status: Int) throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let answer = try daemon.post(path, Array("{}".utf8), type: "text/plain")
    #expect(answer.status == status && answer.tree["code"]?.word == "not_json")
    let none = try daemon.post(path, Array("{}".utf8), type: nil)
    #expect(none.status == status && none.tree["code"]?.word == "not_json")
  }

  @Test func problemsAreInTheLanguageOfTheHeader() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    for (path, body) in [
      ("/v1/decide", "[{}]"), ("/access/v1/evaluation", "{}"), ("/v1/policies/order", ""),
    ] {
      let answer = try daemon.post(
        path, Array(body.utf8), type: "application/json", language: "zh-CN",
        method: body.isEmpty ? "GET" : "POST")
      #expect(answer.fields["content-language"] == "zh-CN")
      #expect(answer.body.contains(/\p{Han}/), "\(answer.body)")
    }
  }
}

extension BuiltDaemon {
  /// The answer to a request on a connection of its own.
  func post(
    _ path: String, _ body: [UInt8], type: String?, language: String? = nil,
    method: String = "POST"
  ) throws -> Answer {
    let client = try client()
    let accepts = language.map { "Accept-Language: \($0)\r\n" } ?? ""
    let declares = type.map { "Content-Type: \($0)\r\n" } ?? ""
    let head =
      "\(method) \(path) HTTP/1.1\r\nHost: x\r\n\(declares)\(accepts)X-Request-ID: test\r\n"
      + "Connection: close\r\nContent-Length: \(body.count)\r\n\r\n"
    try client.send(Array(head.utf8) + body)
    while try client.receive() {}
    let chunked = try #require(ChunkedAnswer(client.received))
    return chunked.answer
  }
}

extension Answer {
  /// Every object of the body: the body itself, the items of an array, the lines.
  var objects: [JSONTree] {
    if fields["content-type"] == "application/x-ndjson" {
      return body.split(separator: "\n").compactMap { JSONTree(parsing: Array($0.utf8)) }
    }
    let inside = tree["evaluations"]?.items ?? []
    return [tree] + tree.items + inside
  }
}

/// One answer with a length or in chunks.
struct ChunkedAnswer {
  let answer: Answer
  /// Whether the last chunk came.
  let isWhole: Bool

  init?(_ received: [UInt8]) {
    guard let end = Data(received).range(of: Data("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
    var fields: [String: String] = [:]
    for line in head.components(separatedBy: "\r\n").dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    guard fields["transfer-encoding"] == "chunked" else {
      guard let answer = Answer.all(in: received).first else { return nil }
      self.answer = answer
      isWhole = true
      return
    }
    var body: [UInt8] = []
    var at = end.upperBound
    var isWhole = false
    while let line = received[at...].firstIndex(of: 0x0D), line + 2 <= received.count {
      let digits = String(decoding: received[at..<line], as: UTF8.self)
      guard let size = Int(digits, radix: 16) else { return nil }
      at = line + 2
      if size == 0 {
        isWhole = true
        break
      }
      guard at + size + 2 <= received.count else { break }
      body += received[at..<(at + size)]
      at += size + 2
    }
    let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    answer = Answer(
      status: status, fields: fields, body: String(decoding: body, as: UTF8.self))
    self.isWhole = isWhole
  }
}
