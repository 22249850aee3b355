/// `writ ask` against the real daemon and against false ones.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct AskTests {
  static let transcripts = Golden.files("client", endings: "transcript")

  /// Commands with `$SOCKET`, where a daemon serves `sets/good`; what is random becomes `…`.
  @Test(arguments: transcripts) func transcriptHolds(file: URL) throws {
    let daemon = try BuiltDaemon(Golden.corpus.appending(path: "sets/good"))
    var text = ""
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    where line.hasPrefix("$ ") || line.hasPrefix("# ") {
      text += (text.isEmpty ? "" : "\n") + line + "\n"
      guard line.hasPrefix("$ ") else { continue }
      let socket = "SOCKET=\(daemon.socket); "
      let (printed, code) = try Shell.run(socket + line.dropFirst(2), in: Golden.corpus)
      text += Self.settled(printed) + "[exit \(code)]\n"
    }
    try Golden.check(text, against: file)
  }

  @Test func thereAreTranscripts() { #expect(!Self.transcripts.isEmpty) }

  /// Without what differs from run to run.
  private static func settled(_ text: String) -> String {
    text.replacing(/"decisionId":"[0-9a-f]+"/, with: "\"decisionId\":\"…\"")
      .replacing(/"requestId":"ask-[0-9a-z]+/, with: "\"requestId\":\"ask-…")
      .replacing(/`[^`]*\/s`/, with: "`SOCKET`")
  }

  /// One of each kind of answer: the text is that of `writ eval`.
  @Test(arguments: [
    "shipment/full_payment.may_ship.deny", "shipment/full_payment.contract_review.open",
    "shipment/full_payment.contract_review.not_applicable", "expense/travel.approver.needs",
    "distributor/admission.credit_grade.d", "expense/disposal.item_right.exceeded",
    "expense/outing_match.day_record.invalid", "governance/staffing.total.34",
  ])
  func theTextIsThatOfEval(sample: String) throws {
    let daemon = try Self.policies()
    let file = "samples/\(sample).json"
    let decision = sample.split(separator: "/")[1].split(separator: ".").prefix(2)
      .joined(separator: ".")
    let rest = "\(decision) --input \(file) --format text"
    let asked = try Shell.run("writ ask --any-answer --socket \(daemon.socket) \(rest)")
    let evaluated = try Shell.run("writ eval \(rest)")
    #expect(asked.text == evaluated.text)
    #expect(asked.code == 0 && evaluated.code == 0, "\(asked.text)")
  }

  private static func policies() throws -> BuiltDaemon {
    try BuiltDaemon(Products.root.appending(path: "policies"))
  }

  /// Every sample in one file: the answers come in order, each the one that the daemon gives to it alone.
  @Test func manyAnswersComeInOrder() throws {
    let daemon = try Self.policies()
    let samples = Products.root.appending(path: "samples")
    let names =
      (FileManager.default.enumerator(atPath: samples.path)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".json") && $0.split(separator: ".").count >= 4 }.sorted()
    #expect(names.count > 300)
    let folder = Folder()
    var lines = ""
    var expected: [JSONTree] = []
    for name in names {
      let bytes = try Golden.bytes(samples.appending(path: name))
      guard case .object(let members)? = JSONTree(parsing: bytes) else { continue }
      let decision = name.split(separator: "/")[1].split(separator: ".").prefix(2)
        .joined(separator: ".")
      lines += JSONTree.object([.init("decision", .string(decision))] + members).text + "\n\n"
      expected.append(Self.plain(try daemon.ask(decision, bytes).tree))
    }
    try lines.write(toFile: folder.path + "/many.jsonl", atomically: false, encoding: .utf8)
    let (text, code) = try Shell.run(
      "writ ask --jsonl --any-answer --request-id m --socket \(daemon.socket) --input \(folder.path)/many.jsonl"
    )
    #expect(code == 0)
    let answers = text.split(separator: "\n").compactMap { JSONTree(parsing: Array($0.utf8)) }
    #expect(answers.count == expected.count)
    for (index, (answer, wanted)) in zip(answers, expected).enumerated() {
      #expect(Self.plain(answer) == wanted)
      // Every second line is blank.
      #expect(answer["requestId"]?.word == "m-\(index * 2 + 1)")
    }
  }

  /// An answer without what differs from run to run.
  private static func plain(_ tree: JSONTree) -> JSONTree {
    .object(tree.members.filter { !["decisionId", "requestId"].contains($0.name) })
  }

  /// Whatever a daemon does, an error is no yes, and it says what happened.
  @Test func noDoubtIsAYes() throws {
    var told = ""
    for doubtful in Doubtful.all {
      let fake = try FakeDaemon([doubtful.act])
      for option in ["", "--any-answer", "--format text"] {
        let (text, code) = try Shell.run(
          "writ ask full_payment.may_ship --timeout 0.3 --request-id r --socket \(fake.socket) \(option) "
            + "--input samples/shipment/full_payment.may_ship.allow.json")
        #expect(code == 1, "\(doubtful.name): \(text)")
        if option.isEmpty { told += "# \(doubtful.name)\n\(Self.settled(text))[exit \(code)]\n\n" }
      }
    }
    try Golden.check(told, against: Golden.corpus.appending(path: "client/doubts.txt"))
  }

  /// A daemon that closes behind each answer: what is left is asked over a new connection, each line once.
  @Test func aConnectionThatEndsIsMadeAnew() throws {
    let fake = try FakeDaemon([.answers("200 OK", Doubtful.yes)])
    let lines = String(repeating: "{\"input\": {}}\\n", count: 5)
    let (text, code) = try Shell.run(
      "printf '\(lines)' | writ ask a.b --jsonl --request-id r --socket \(fake.socket) --input -")
    #expect(code == 0 && text.split(separator: "\n").count == 5, "\(text)")
    #expect(fake.ids == ["r-1", "r-2", "r-3", "r-4", "r-5"])
  }

  /// One that then brings nothing is not asked for ever.
  @Test func aDaemonThatIsGoneEndsIt() throws {
    let fake = try FakeDaemon([.answers("200 OK", Doubtful.yes), .sends("")])
    let lines = String(repeating: "{\"input\": {}}\\n", count: 3)
    let (text, code) = try Shell.run(
      "printf '\(lines)' | writ ask a.b --jsonl --request-id r --socket \(fake.socket) --input -")
    #expect(code == 1)
    #expect(text.contains("writ: the daemon closed the connection without an answer\n"))
    #expect(text.contains("writ: answered before: 1\n"))
    #expect(fake.ids == ["r-1", "r-2"])
  }

  /// A request larger than the daemon takes: its refusal is read, though it does not take the rest.
  @Test func aRefusalOfAHugeRequestIsRead() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let (text, code) = try Shell.run(
      "{ printf '{\"input\": {\"x\": \"'; head -c 9000000 /dev/zero | tr '\\0' x; printf '\"}}'; }"
        + " | writ ask orders.may_ship --socket \(daemon.socket) --input - --format text")
    #expect(code == 1)
    #expect(text.hasPrefix("error body_too_large: "), "\(text)")
  }

  private static let another: String? =
    getuid() != 0
    ? "" : FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv") ? "setpriv" : nil

  @Test(.enabled(if: another != nil, "root connects everywhere, and there is no setpriv"))
  func aSocketOfSomebodyElseIsSaid() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let folder = Folder()
    // Where somebody else can read it.
    var line = "cp \"$(command -v writ)\" \(folder.path)/writ; chmod 755 \(folder.path); "
    if Self.another == "" {
      line += "chmod 000 \(daemon.socket); "
    } else {
      line += "setpriv --reuid 65534 --regid 65534 --clear-groups "
    }
    let (text, code) = try Shell.run(
      "\(line) \(folder.path)/writ ask orders.may_ship --socket \(daemon.socket) --input - < Tests/Corpus/daemon/good.json"
    )
    #expect(code == 1)
    #expect(
      text == """
        writ: the permissions of `\(daemon.socket)` do not let this user connect
        help: run as a user whom the socket lets in, or let the group in: `writd --socket-mode 660`

        """)
  }
}
