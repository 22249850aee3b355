/// Answers cut out of bytes: whole, in pieces, chunked, malformed.
import Testing

@testable import PolicyClient

@Suite struct AnswerBufferTests {
  /// What an answer came to: status and body.
  struct Taken: Equatable {
    let status: Int
    let body: String
    let closes: Bool
  }

  /// The answers in bytes that come in pieces of a length.
  static func answers(_ text: String, piece: Int, limit: Int = 1 << 20) throws -> [Taken] {
    var buffer = AnswerBuffer(limit: limit)
    var taken: [Taken] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      buffer.append(Array(rest.prefix(piece)))
      rest = rest.dropFirst(piece)
      while let place = try buffer.next() {
        let body = String(decoding: buffer.bytes[place.body], as: UTF8.self)
        taken.append(Taken(status: place.head.status, body: body, closes: place.head.closes))
      }
    }
    return taken
  }

  static let plain = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
  static let chunked =
    "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nT: 1\r\n\r\n"
  static let interim = "HTTP/1.1 100 Continue\r\n\r\n"
  static let refusal =
    "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"

  /// However the bytes are cut, the answers are the same.
  @Test func piecesOfAnyLengthGiveTheSameAnswers() throws {
    let text = Self.plain + Self.interim + Self.chunked + Self.refusal
    let expected = [
      Taken(status: 200, body: "hello", closes: false),
      Taken(status: 200, body: "hello", closes: false),
      Taken(status: 503, body: "{}", closes: true),
    ]
    for piece in 1...text.utf8.count {
      #expect(try Self.answers(text, piece: piece) == expected, "pieces of \(piece)")
    }
  }

  /// Every proper beginning of an answer is no answer: a cut one is never taken for whole.
  @Test(arguments: [plain, chunked, refusal]) func aBeginningIsNoAnswer(text: String) throws {
    let bytes = Array(text.utf8)
    for length in 0..<bytes.count {
      let beginning = String(decoding: bytes[..<length], as: UTF8.self)
      #expect(try Self.answers(beginning, piece: 1000).isEmpty, "\(length)")
    }
  }

  @Test func manyAnswersLargerThanTheBufferComeThrough() throws {
    let body = String(repeating: "x", count: 100_000)
    let one = "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    let taken = try Self.answers(one + one + one, piece: 70_000)
    #expect(taken.map(\.body) == [body, body, body])
  }

  static let malformed: [(String, ClientProblem)] = [
    ("SSH-2.0-OpenSSH_9.2\r\n", .notHTTP),
    ("HTTP/2.0 200 OK\r\n\r\n", .notHTTP),
    ("HTTP/1.1 20x OK\r\n\r\n", .notHTTP),
    ("HTTP/1.1 2000 OK\r\n\r\n", .notHTTP),
    ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", .notHTTP),
    ("HTTP/1.1 200 OK\r\n folded: 1\r\n\r\n", .notHTTP),
    ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}", .lengthMissing),
    ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", .lengthUnclear),
    ("HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello", .lengthUnclear),
    ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", .lengthUnclear),
    ("HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nhello", .lengthUnclear),
    (
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
      .lengthUnclear
    ),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .lengthUnclear),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", .lengthUnclear),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n", .lengthUnclear),
    ("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n", .tooLarge(limit: 1000)),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n", .tooLarge(limit: 1000)),
  ]

  @Test(arguments: malformed) func whatIsMalformedIsRefused(text: String, problem: ClientProblem) {
    #expect(throws: problem) { try Self.answers(text, piece: 1000, limit: 1000) }
  }

  @Test func anEndlessHeaderIsRefused() {
    let text = "HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 100_000)
    #expect(throws: ClientProblem.tooLarge(limit: AnswerBuffer.headLimit)) {
      try Self.answers(text, piece: 4096)
    }
  }
}
