/// The formatter: its results, and that it changes neither meaning nor comments and has nothing left to do.
import Foundation
import PolicySource
import PolicySyntax
import TestSupport
import Testing

/// Why a file was not formatted.
struct Refusal: Error, CustomStringConvertible {
  let description: String
}

/// A file, formatted.
enum Formatted {
  /// The canonical text; throws when the file has mistakes or the formatter is at fault.
  static func text(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = SourceFile(name: name, bytes: bytes)
    let outcome =
      name.hasSuffix(".cases")
      ? PolicyFormatter.formatCases(file, id: FileID(0))
      : PolicyFormatter.formatPolicy(file, id: FileID(0))
    switch outcome {
    case .formatted(let text): return String(decoding: text, as: UTF8.self)
    case .refused(let found):
      throw Refusal(description: "\(name) has mistakes: \(found.all)")
    case .unfaithful: throw Refusal(description: "\(name): the meaning would change")
    }
  }

  /// Formats, and checks what must hold of every file; gives the canonical text.
  @discardableResult
  static func check(_ name: String, _ bytes: [UInt8]) throws -> String {
    let text = try text(name, bytes)
    let parsed = Parsed(name: name, bytes: bytes)
    let again = Parsed(name: name, bytes: Array(text.utf8))
    #expect(again.tree == parsed.tree, "\(name): the tree differs")
    #expect(try Self.text(name, Array(text.utf8)) == text, "\(name): formatted twice it differs")
    #expect(
      comments(in: Array(text.utf8)).sorted() == comments(in: bytes).sorted(),
      "\(name): comments differ")
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      #expect(
        !line.hasSuffix(" ") && !line.contains("\t") || line.contains("#"), "\(name):\(index + 1)")
    }
    #expect(text.isEmpty || text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
    #expect(!text.contains("\n\n\n") && !text.contains("\r"))
    return text
  }

  /// The comments of a file, found without its lexer: `#` outside of texts.
  static func comments(in bytes: [UInt8]) -> [String] {
    var result: [String] = []
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      var inText = false
      var isEscaped = false
      for index in line.indices {
        switch line[index] {
        case _ where isEscaped: isEscaped = false
        case "\\" where inText: isEscaped = true
        case "\"": inText.toggle()
        case "#" where !inText:
          let comment = line[index...]
          result.append(comment.trimmingCharacters(in: .whitespaces))
          isEscaped = false
        default: break
        }
        if line[index] == "#", !inText { break }
      }
    }
    return result
  }
}

@Suite struct FormatTests {
  static let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
  static let ugly = Golden.files("format", endings: "writ", "cases")

  /// Files below a folder of the repository.
  static func files(_ folder: String) -> [URL] {
    let place = root.appendingPathComponent(folder)
    let paths = FileManager.default.subpaths(atPath: place.path) ?? []
    return paths.sorted().filter { $0.hasSuffix(".writ") || $0.hasSuffix(".cases") }
      .map { place.appendingPathComponent($0) }
  }

  @Test(arguments: ugly) func uglyFileHasItsLayout(file: URL) throws {
    let text = try Formatted.check(file.lastPathComponent, try Golden.bytes(file))
    try Golden.check(text, against: file.appendingPathExtension("expected"))
  }

  @Test(arguments: files("policies") + files("samples"))
  func policiesAndSamplesAreFormatted(file: URL) throws {
    let bytes = try Golden.bytes(file)
    let text = try Formatted.check(file.lastPathComponent, bytes)
    let isFormatted = text == String(decoding: bytes, as: UTF8.self)
    #expect(isFormatted, "`writ fmt policies samples` would change it")
  }

  @Test func everyFileThatParsesKeepsItsMeaning() throws {
    try onDeepStack {
      var count = 0
      for file in Self.files("Tests/Corpus") + Self.files("Sources") {
        let bytes = try Golden.bytes(file)
        let parsed = Parsed(name: file.lastPathComponent, bytes: bytes)
        if parsed.diagnostics.contains(where: { $0.severity == .error }) { continue }
        try Formatted.check(file.lastPathComponent, bytes)
        count += 1
      }
      #expect(count > 100)
    }
  }

  /// `FORMAT_EVERY=1` inserts behind every piece.
  @Test(
    arguments: CorpusTests.good.filter { $0.pathExtension != "csv" } + ugly,
    [" # between\n  # and here\n", "\n", " # between\n  , # and here\n", ", # behind\n"])
  func commentsAndLineBreaksAnywhereAreTaken(file: URL, inserted: String) throws {
    let bytes = try Golden.bytes(file)
    let ends = MutationTests.pieces(bytes).map(\.upperBound)
    // Behind a piece here and there: wherever the result parses, nothing may be lost.
    let isEvery = ProcessInfo.processInfo.environment["FORMAT_EVERY"] != nil
    let stride = isEvery ? 1 : max(1, ends.count / 16)
    for end in ends.enumerated().filter({ $0.offset % stride == 0 }).map(\.element) {
      let changed = Array(bytes[..<end]) + inserted.utf8 + bytes[end...]
      let parsed = Parsed(name: file.lastPathComponent, bytes: changed)
      if parsed.diagnostics.contains(where: { $0.severity == .error }) { continue }
      try Formatted.check(file.lastPathComponent, changed)
    }
  }

  @Test func wideCharactersTakeTwoColumns() throws {
    let text = try Formatted.text(
      "a.writ", Array("policy p\nposts {\n  甲乙 \"一\"\n  cafe\u{301} \"二\"\n  ｆ \"三\"\n}\n".utf8))
    #expect(
      text
        == "policy p\n\nposts {\n  甲乙  \"一\"\n  caf\u{E9}  \"二\"\n  ｆ    \"三\"\n}\n")
  }

  @Test func generatedProgramsKeepTheirMeaning() throws {
    let setting = ProcessInfo.processInfo.environment["FORMAT_PROGRAMS"]
    var generator = ProgramGenerator(seed: 20_261_121)
    for _ in 0..<(setting.flatMap { Int($0) } ?? 40) {
      for file in generator.next().files where file.name.hasSuffix(".writ") {
        try Formatted.check(file.name, Array(file.text.utf8))
      }
    }
  }

  @Test func filesWithMistakesAreRefused() throws {
    let file = SourceFile(name: "a.writ", bytes: Array("policy p\ndefine x =\n".utf8))
    guard case .refused(let found) = PolicyFormatter.formatPolicy(file, id: FileID(0)) else {
      Issue.record("it was formatted")
      return
    }
    #expect(found.hasErrors)
  }
}
