/// The corpus of requests: each is read in one piece and byte by byte, with the same result.
import Foundation
import Testing

@testable import PolicyServer

@Suite struct RequestParserTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Corpus/protocol")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".http") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test func corpusIsThere() { #expect(Self.names.count > 50) }

  @Test(arguments: names)
  func readsAsExpected(name: String) throws {
    let bytes = Array(try Data(contentsOf: Self.folder.appending(path: name + ".http")))
    let whole = Self.summary(of: bytes, step: bytes.count)
    for step in [1, 2, 7, 64] { #expect(Self.summary(of: bytes, step: step) == whole) }
    let expectedFile = Self.folder.appending(path: name + ".expected")
    let expected = (try? String(contentsOf: expectedFile, encoding: .utf8)) ?? ""
    if ProcessInfo.processInfo.environment["GOLDEN"] == "update", whole != expected {
      try Data(whole.utf8).write(to: expectedFile)
    }
    #expect(whole == expected)
    if name.hasPrefix("bad-") { #expect(whole.contains("refused ")) }
    if name.hasPrefix("ok-") { #expect(!whole.contains("refused") && !whole.contains("needs")) }
  }

  /// What becomes of bytes that arrive so many at a time, a line for each request.
  static func summary(of bytes: [UInt8], step: Int) -> String {
    var lines: [String] = []
    var parser = RequestParser(Limits())
    var start = 0
    var arrived = 0
    while start < bytes.count {
      if arrived < bytes.count { arrived = min(arrived + max(step, 1), bytes.count) }
      while start < arrived {
        let request = Array(bytes[start..<arrived])
        switch parser.advance(over: request.span) {
        case .needsMore:
          if arrived == bytes.count {
            lines.append("needs more")
            return lines.joined(separator: "\n") + "\n"
          }
        case .refused(let problem):
          lines.append("refused \(problem.status) \(problem.code)")
          return lines.joined(separator: "\n") + "\n"
        case .complete(let size), .lines(let size):
          lines.append(describe(parser, request, size))
          parser.reset()
          start += size
          continue
        }
        break
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func describe(_ parser: RequestParser, _ request: [UInt8], _ size: Int) -> String {
    let head = parser.head
    let body = head.framing == .chunked ? parser.chunks.body : Array(request[head.length..<size])
    func text(_ bytes: some Sequence<UInt8>) -> String {
      String(decoding: Array(bytes), as: UTF8.self)
    }
    var words = ["\(head.method)", text(request[head.path])]
    if head.hasQuery { words.append("query") }
    words.append(head.keepsAlive ? "keeps" : "closes")
    words.append("\(head.bodyType)")
    if !head.requestID.isEmpty { words.append("id=\(text(request[head.requestID]))") }
    if head.expectsContinue { words.append("expects") }
    return words.joined(separator: " ") + " | " + text(body)
  }
}
