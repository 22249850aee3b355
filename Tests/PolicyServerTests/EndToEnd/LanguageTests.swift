/// The language of answers: chosen by `Accept-Language`, English without it, with the same codes in both.
import Foundation
import PolicyEngine
import PolicySource
import TestSupport
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct LanguageTests {
  private static let policy = """
    policy desk
      currency CNY
    posts { manager }
    type Trip { place Text? "地点", cost Number, urgent Bool }
    input trip Trip
    approval review { step first by manager reviews }
    check form { require fields trip.{place} }
    release go { deny dear "it costs {trip.cost}, urgent: {trip.urgent}" when trip.urgent }
    value share of Number = 1 / trip.cost

    """

  private static let questions: [(decision: String, body: String, chinese: String)] = [
    (
      "desk.review",
      "{\"input\":{},\"asOf\":\"2026-11-21\",\"history\":[{\"decision\":\"review\",\"step\":\"first\","
        + "\"person\":\"li\",\"post\":\"manager\",\"result\":\"passes\",\"on\":\"2026-12-24\"}]}",
      "日期晚于今天"
    ),
    ("desk.form", "{\"input\":{\"trip\":{}}}", "缺少地点"),
    ("desk.go", "{\"input\":{\"trip\":{\"urgent\":true}}}", "it costs （未知）, urgent: 是"),
    ("desk.share", "{\"input\":{\"trip\":{\"cost\":0}}}", "除数为零"),
    ("desk.share", "{\"input\":{\"trip\":{\"cots\":1}}}", "没有字段 `cots`"),
    ("desk.shar", "{\"input\":{}}", "没有决策 `desk.shar`"),
  ]

  private func daemon() throws -> (BuiltDaemon, Folder) {
    let folder = Folder()
    let place = URL(filePath: folder.path).appending(path: "policies")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try Self.policy.write(
      to: place.appending(path: "desk.writ"), atomically: false, encoding: .utf8)
    return (try BuiltDaemon(place), folder)
  }

  @Test func answersSpeakTheLanguageThatIsAskedFor() throws {
    let (daemon, folder) = try daemon()
    defer { withExtendedLifetime(folder) {} }
    for (decision, body, words) in Self.questions {
      let english = try daemon.ask(decision, Array(body.utf8))
      let chinese = try daemon.ask(decision, Array(body.utf8), language: "zh-CN")
      #expect(chinese.body.contains(words), "\(chinese.body)")
      #expect(!english.body.contains(words) && !english.body.contains("（"), "\(english.body)")
      #expect(english.status == chinese.status)
      #expect(chinese.fields["content-language"] == "zh-CN")
      #expect(english.fields["content-language"] == nil)
      #expect(Self.codes(english.tree) == Self.codes(chinese.tree))
      #expect(english.tree["outcome"] == chinese.tree["outcome"])
      // The next client of the same worker is not answered in the language of the last.
      #expect(try daemon.ask(decision, Array(body.utf8)).status == english.status)
    }
  }

  @Test func refusalsOfTheServerSpeakItToo() throws {
    let (daemon, folder) = try daemon()
    defer { withExtendedLifetime(folder) {} }
    for (head, words) in [
      ("GET /v1/polices HTTP/1.1\r\nHost: x", "`/v1/polices` 处没有内容，是否想写 `/v1/policies`？"),
      ("PUT /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 0", "该路径存在，但只接受 `GET, HEAD`"),
      ("POST /v1/decide/desk.go HTTP/1.1\r\nHost: x\r\nContent-Length: 0", "正文必须标明"),
    ] {
      for (language, isChinese) in [("zh-CN,zh;q=0.9,en;q=0.8", true), ("en, zh;q=0.5", false)] {
        let client = try daemon.client()
        try client.send(Array((head + "\r\nAccept-Language: \(language)\r\n\r\n").utf8))
        let answer = try #require(try client.read(1).first)
        #expect(answer.body.contains(words) == isChinese, "\(answer.body)")
      }
    }
  }

  @Test(arguments: [
    ("", Language.english), ("zh", .chinese), ("zh-CN", .chinese), ("ZH-Hans-CN", .chinese),
    ("en", .english), ("fr, *", .english), ("zh;q=0", .english), ("en;q=0.8, zh;q=0.9", .chinese),
    ("zh;q=0.8, en;q=0.9", .english), ("zh, en", .chinese), ("en, zh", .english), ("zha", .english),
    ("zh;q=0.001", .chinese), ("zh;q=abc", .english), (",, zh ;q=1.000 ,", .chinese),
    ("z", .english),
  ])
  func theHeavierLanguageIsTaken(value: String, language: Language) {
    var accepted = AcceptedLanguages()
    let bytes = Array(value.utf8)
    accepted.read(bytes.span, 0..<bytes.count)
    #expect(accepted.best == language)
  }

  /// Every refusal of the server has its Chinese words.
  @Test func everyRefusalHasItsChinese() {
    let known = Set(Problem.chinese.map(\.key))
    for problem in [
      Problem.bareLineFeed, .bodyTooLarge(limit: 5), .conflictingLength, .controlCharacter,
      .draining, .foldedField, .headerTooLarge, .incomplete, .internalError, .lengthRequired,
      .lineTooLong, .malformedChunk, .malformedFieldName, .malformedHost, .malformedLength,
      .malformedPath, .malformedRequestLine, .malformedTarget, .methodNotAllowed(allow: "GET"),
      .missingHost, .notJSON, .notFound(path: "/", nearest: nil),
      .notFound(path: "/", nearest: "/healthz"), .queryNotSupported, .requestTimeout,
      .severalContentTypes, .severalHosts, .tooManyConnections, .unknownExpectation,
      .unknownTransferCoding, .versionNotSupported,
    ] {
      #expect(known.contains(problem.detail.template), "\(problem.code)")
    }
  }

  /// All members named `code` of a document, in order.
  private static func codes(_ tree: JSONTree) -> [String] {
    switch tree {
    case .object(let members):
      members.flatMap { member in
        (member.name == "code" ? [member.value.word ?? ""] : []) + codes(member.value)
      }
    case .array(let items): items.flatMap(codes)
    default: []
    }
  }
}
