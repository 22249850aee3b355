/// The same question in other forms has the same answer; and the examples of the page about them are run.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct OtherFormsTests {
  /// A sample request: its decision and its envelope.
  private struct Sample {
    let name: String
    let decision: String
    let envelope: [JSONTree.Member]

    static func all() throws -> [Sample] {
      let folder = Products.root.appending(path: "samples")
      return try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        .filter { $0.hasSuffix(".json") }
        .map { name in
          let parts = name.split(separator: "/").last?.split(separator: ".") ?? []
          let bytes = try Golden.bytes(folder.appending(path: name))
          return Sample(
            name: name, decision: "\(parts[0]).\(parts[1])",
            envelope: try #require(JSONTree(parsing: bytes)).members)
        }
    }

    /// The envelope with the name of the decision.
    var item: JSONTree {
      .object([.init("decision", .string(decision)), .init("id", .string(name))] + envelope)
    }

    /// The envelope as an evaluation of AuthZEN.
    var evaluation: JSONTree {
      func entity(_ type: String, _ properties: [JSONTree.Member]) -> JSONTree {
        .object([
          .init("type", .string(type)), .init("id", .string("1")),
          .init("properties", .object(properties)),
        ])
      }
      let inputs = envelope.first { $0.name == "input" }?.value.members ?? []
      return .object([
        .init("subject", entity("user", [])),
        .init("action", .object([.init("name", .string(decision))])),
        .init("resource", entity("case", inputs)),
        .init("context", .object(envelope.filter { $0.name != "input" })),
      ])
    }
  }

  /// An answer without what differs from time to time, and without what marks an item.
  private static func plain(_ answer: JSONTree) -> JSONTree {
    .object(answer.members.filter { !["item", "id", "decisionId"].contains($0.name) })
  }

  @Test func aSampleIsAnsweredTheSameInEveryForm() throws {
    let samples = try Sample.all()
    #expect(samples.count > 400)
    let daemon = try BuiltDaemon(Products.root.appending(path: "policies"))
    let alone = try samples.map { sample in
      Self.plain(
        try daemon.ask(sample.decision, JSONTree.object(sample.envelope).bytes).tree)
    }
    let batch = try daemon.post(
      "/v1/decide", JSONTree.array(samples.map(\.item)).bytes, type: "application/json")
    #expect(batch.tree.items.map(Self.plain) == alone)
    #expect(batch.tree.items.map { $0["id"]?.word } == samples.map(\.name))
    let text = samples.map { $0.item.text + "\n" }.joined()
    let lines = try daemon.post("/v1/decide", Array(text.utf8), type: "application/x-ndjson")
    #expect(lines.objects.map(Self.plain) == alone)
    let all = JSONTree.object([.init("evaluations", .array(samples.map(\.evaluation)))])
    let evaluations = try daemon.post(
      "/access/v1/evaluations", all.bytes, type: "application/json")
    let found = evaluations.tree["evaluations"]?.items ?? []
    #expect(found.map { Self.plain($0["context"] ?? .null) } == alone)
    for (sample, (evaluation, answer)) in zip(samples, zip(found, alone)) {
      let permitted = answer["permitted"] == .bool(true)
      #expect(evaluation["decision"] == .bool(permitted), "\(sample.name)")
    }
  }

  // MARK: - The page

  private static let page = "Sources/PolicyEngine/PolicyEngine.docc/Endpoints.md"

  private static let hasCurl = ["/usr/bin/curl", "/bin/curl", "/usr/local/bin/curl"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Every command of the page is run, and what is shown behind it is in what it prints.
  @Test(.enabled(if: hasCurl, "there is no curl"))
  func theExamplesOfThePageAreTrue() throws {
    let daemon = try BuiltDaemon(Products.root.appending(path: "policies"))
    let fences = try Pages.fences(of: Self.page)
    let commands = fences.indices.filter { fences[$0].language == "sh" }
    #expect(commands.count >= 8)
    for index in commands {
      let shell = Process()
      shell.executableURL = URL(filePath: "/bin/sh")
      shell.arguments = ["-c", fences[index].body]
      shell.environment = ["SOCKET": daemon.socket, "PATH": "/usr/local/bin:/usr/bin:/bin"]
      let output = Pipe()
      shell.standardOutput = output
      try shell.run()
      let printed = output.fileHandleForReading.readDataToEndOfFile()
      let place = "\(fences[index].page):\(fences[index].line)"
      let got = try #require(JSONTree(parsing: Array(printed)), "\(place)")
      try #require(fences.indices.contains(index + 1), "\(place)")
      let shown = try #require(JSONTree(parsing: Array(fences[index + 1].body.utf8)), "\(place)")
      #expect(Self.isPart(shown, of: got), "\(place): \(got.text.prefix(1000))")
    }
  }

  /// Whether everything that is shown is there; `…` stands for anything.
  private static func isPart(_ shown: JSONTree, of got: JSONTree) -> Bool {
    switch (shown, got) {
    case (.object(let members), .object):
      return members.allSatisfy { isPart($0.value, of: got[$0.name] ?? .null) }
    case (.array(let items), .array(let found)):
      return items.count == found.count && zip(items, found).allSatisfy { isPart($0, of: $1) }
    case (.string("…"), _): return true
    case (.string(let text), .string(let found)) where text.hasSuffix("…"):
      return found.hasPrefix(text.dropLast())
    default: return shown == got
    }
  }

  /// Every figure that there is stands on the page.
  @Test func everyFigureIsOnThePage() throws {
    let text = try Pages.text(Self.page)
    let source = try String(
      contentsOf: Products.root.appending(path: "Sources/PolicyServer/Figures/FiguresText.swift"),
      encoding: .utf8)
    let names = Set(source.matches(of: /"((?:writ|process)_[a-z_]+)"/).map { String($0.1) })
    #expect(names.count > 15)
    for name in names {
      let ending = name.replacing(/^writ_(connections|log)/, with: "")
      #expect(text.contains(name) || text.contains("`\(ending)`"), "\(name)")
    }
  }
}
