/// The description of the protocol: valid OpenAPI, and true of every sample request and its answer.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

/// A Python with `openapi-spec-validator` and `jsonschema`, made once for all tests; nil where it cannot be made.
private enum Validator {
  static let python: String? = {
    let home = FileManager.default.temporaryDirectory
      .appending(path: "writ-openapi-\(ProcessInfo.processInfo.processIdentifier)").path
    guard let found = find("python3"), run([found, "-m", "venv", home]) == 0 else { return nil }
    let own = home + "/bin/python"
    let installs = [
      own, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1",
      "--timeout", "15", "openapi-spec-validator",
    ]
    return run(installs) == 0 ? own : nil
  }()

  private static func find(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  @discardableResult static func run(_ words: [String], output: Pipe? = nil) -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = output ?? FileHandle.nullDevice
    do { try process.run() } catch { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// What the script says about a folder, and whether it found nothing wrong.
  static func check(_ folder: String) throws -> (isFine: Bool, words: String) {
    let output = Pipe()
    let process = Process()
    process.executableURL = URL(filePath: try #require(python))
    process.arguments = [Golden.corpus.appending(path: "openapi/validate.py").path, folder]
    process.standardOutput = output
    process.standardError = output
    try process.run()
    // Its last line tells how it ended. Waiting for a process would wait for the daemon too: it closes the descriptor
    // by whose end Foundation learns that a child has ended, and Foundation then stays with that child.
    let said = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return (said.hasSuffix(", 0 mistakes\n"), said)
  }
}

@Suite(.timeLimit(.minutes(20))) struct OpenAPITests {
  /// What is written down of a set for the script.
  private struct Notes {
    let folder = Folder()
    let daemon: BuiltDaemon
    var exchanges: [JSONTree] = []

    init(_ policies: URL) throws {
      daemon = try BuiltDaemon(policies)
      let files = FileManager.default
      try files.createDirectory(
        atPath: folder.path + "/policies", withIntermediateDirectories: true)
      try write(get("/openapi.json"), "openapi.json")
      let listing = try get("/v1/policies").tree["policies"]?.items ?? []
      for name in Set(listing.compactMap { $0["name"]?.word }) {
        try write(get("/v1/policies/\(name)"), "policies/\(name).json")
      }
    }

    private func get(_ path: String) throws -> Answer {
      let answer = try daemon.post(path, [], type: nil, method: "GET")
      try #require(answer.status == 200, "\(path): \(answer.body)")
      return answer
    }

    private func write(_ answer: Answer, _ name: String) throws {
      try answer.body.write(
        toFile: folder.path + "/" + name, atomically: false, encoding: .utf8)
    }

    mutating func note(
      _ name: String, _ path: String, _ body: [UInt8]?, _ answer: Answer, refused: Bool = false
    ) {
      var members: [JSONTree.Member] = [
        .init("name", .string(name)), .init("path", .string(path)),
        .init("method", .string(body == nil ? "get" : "post")),
        .init("type", .string("application/json")),
        .init("status", .number("\(answer.status)")),
        .init("answerType", .string(answer.fields["content-type"] ?? "")),
        .init("answer", answer.tree), .init("refused", .bool(refused)),
      ]
      if let body, let tree = JSONTree(parsing: body) { members.append(.init("request", tree)) }
      exchanges.append(.object(members))
    }

    func check() throws {
      let text = exchanges.map { $0.text + "\n" }.joined()
      try text.write(
        toFile: folder.path + "/exchanges.jsonl", atomically: false, encoding: .utf8)
      let (isFine, words) = try Validator.check(folder.path)
      #expect(isFine, "\(words)")
    }
  }

  /// Every sample request fits the schema of its decision, and its answer that of its kind.
  @Test(.enabled(if: Validator.python != nil, "PyPI is not reached for openapi-spec-validator"))
  func isTrueOfEverySample() throws {
    let root = Products.root
    var notes = try Notes(root.appending(path: "policies"))
    let names = try FileManager.default.subpathsOfDirectory(
      atPath: root.appending(path: "samples").path
    ).sorted().filter { $0.hasSuffix(".json") }
    #expect(names.count > 400)
    for name in names {
      let parts = name.split(separator: "/").last?.split(separator: ".").map(String.init) ?? []
      let decision = "\(parts[0]).\(parts[1])"
      let body = try Golden.bytes(root.appending(path: "samples/\(name)"))
      notes.note(name, "/v1/decide/\(decision)", body, try notes.daemon.ask(decision, body))
    }
    try notes.check()
  }

  /// What the daemon refuses for its form or type, the schema refuses too.
  static let refused = [
    "misspelt-field", "misspelt-item-field", "misspelt-member", "misspelt-post", "misspelt-input",
    "misspelt-envelope", "wrong-type-number", "wrong-type-bool", "wrong-type-list",
    "wrong-type-amount", "wrong-type-record", "bad-date", "bad-pattern", "negative-amount",
    "null-fact", "permitted-in-the-request",
  ]

  @Test(.enabled(if: Validator.python != nil, "PyPI is not reached for openapi-spec-validator"))
  func isTrueOfTheCorpus() throws {
    var notes = try Notes(BuiltDaemon.corpus)
    for name in Self.refused {
      let body = try Golden.bytes(Golden.corpus.appending(path: "daemon/\(name).json"))
      let answer = try notes.daemon.ask("orders.may_ship", body)
      notes.note(name, "/v1/decide/orders.may_ship", body, answer, refused: true)
    }
    for folder in EndpointCorpusTests.folders where folder.ending == "json" {
      for file in Golden.files("endpoints/\(folder.name)", endings: "json") {
        let body = try Golden.bytes(file)
        let answer = try notes.daemon.post(folder.path, body, type: folder.type)
        let isGood = answer.status == 200 && !answer.body.contains("\"status\":4")
        notes.note(file.lastPathComponent, folder.path, isGood ? body : [], answer)
      }
    }
    for path in [
      "/v1/policies", "/healthz", "/readyz", "/.well-known/authzen-configuration",
    ] {
      notes.note(path, path, nil, try notes.daemon.post(path, [], type: nil, method: "GET"))
    }
    for failing in TrapTests.all {
      let body = Array("{\"input\":{\(failing.bad)},\"explain\":\"trace\"}".utf8)
      let path = "/v1/decide/traps.\(failing.decision)"
      notes.note(path, path, body, try notes.daemon.ask("traps.\(failing.decision)", body))
    }
    try notes.check()
  }

  /// Every code that the server's own refusals have is in the description.
  @Test func everyCodeIsDescribed() throws {
    let source = try String(
      contentsOf: Products.root.appending(path: "Sources/PolicyServer/HTTP/Problem.swift"),
      encoding: .utf8)
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let description = try daemon.post("/openapi.json", [], type: nil, method: "GET")
    let codes = source.matches(of: /\b([45][0-9][0-9]),\s*"([a-z_]+)"/)
    #expect(codes.count > 30)
    for code in codes {
      let status = description.tree["components"]?["responses"]?["Problem\(code.1)"]
      let words = status?["description"]?.word ?? ""
      #expect(words.contains("`\(code.2)`"), "\(code.1) \(code.2)")
    }
  }
}
