/// The parser against the corpus: trees of good files, diagnostics of bad ones.
import Foundation
import PolicySource
import PolicySyntax
import TestSupport
import Testing

/// What the parser makes of a file: its tree and its diagnostics, both as text.
struct Parsed: Sendable {
  let tree: String
  let diagnostics: [Diagnostic]
  let rendered: String

  init(name: String, bytes: [UInt8]) {
    guard let parsed = try? onDeepStack({ Parsed(here: name, bytes) }) else {
      fatalError("nothing was read")
    }
    self = parsed
  }

  private init(here name: String, _ bytes: [UInt8]) {
    var files = SourceFiles()
    let source = SourceFile(name: name, bytes: bytes)
    let id = files.add(source)
    let found: DiagnosticList
    if name.hasSuffix(".cases") {
      let (cases, list) = PolicyParser.parseCases(source, id: id)
      (tree, found) = (TreeDump.text(cases), list)
    } else if name.hasSuffix(".csv") {
      let (sheet, list) = SheetReader.read(source, id: id)
      (tree, found) = (sheet.dump, list)
    } else {
      let (policy, list) = PolicyParser.parsePolicy(source, id: id)
      (tree, found) = (TreeDump.text(policy), list)
    }
    diagnostics = found.all
    rendered = DiagnosticText(files: files, colour: false).render(found.all)
  }

  init(_ file: URL) throws {
    self.init(name: file.lastPathComponent, bytes: try Golden.bytes(file))
  }

  init(policy text: String) { self.init(name: "test.writ", bytes: Array(text.utf8)) }
}

@Suite struct CorpusTests {
  static let good = Golden.files("parse/ok", endings: "writ", "cases", "csv")
  static let bad = Golden.files("parse/bad", endings: "writ", "cases", "csv")

  @Test(arguments: good) func goodFileHasItsTree(file: URL) throws {
    let parsed = try Parsed(file)
    #expect(parsed.diagnostics.isEmpty, "\(parsed.rendered)")
    try Golden.check(parsed.tree, against: file.appendingPathExtension("tree"))
  }

  @Test(arguments: bad) func badFileHasItsDiagnostics(file: URL) throws {
    let parsed = try Parsed(file)
    let code = file.deletingPathExtension().lastPathComponent
    if !code.hasPrefix("several") {
      let slugs = parsed.diagnostics.map(\.code.slug)
      #expect(slugs.count == 1, "one mistake, one diagnostic\n\(parsed.rendered)")
      #expect(slugs.allSatisfy { code == $0 || code.hasPrefix("\($0)-") }, "\(parsed.rendered)")
    }
    try Golden.check(parsed.rendered, against: file.appendingPathExtension("txt"))
  }
}
