/// The checker against the corpus: what the parser recovered is checked, and both stages' findings compared.
import Foundation
import PolicyCompiler
import PolicySource
import PolicySyntax
import TestSupport
import Testing

/// A set read and checked, with its sample cases.
struct Checked {
  var set: TypedSet
  var cases: [TypedCases] = []
  let diagnostics: [Diagnostic]
  let rendered: String

  /// Reads files of the corpus; those that end in `.cases` are checked against the others.
  init(_ urls: [URL]) throws {
    var named: [(String, [UInt8])] = []
    for url in urls { named.append((url.lastPathComponent, try Golden.bytes(url))) }
    self.init(named)
  }

  /// Reads one policy from a text.
  init(_ text: String) { self.init([("test.writ", Array(text.utf8))]) }

  init(_ named: [(name: String, bytes: [UInt8])]) {
    var files = SourceFiles()
    var trees: [PolicyTree] = []
    var cases: [CasesTree] = []
    var list = DiagnosticList()
    for (name, bytes) in named {
      let file = SourceFile(name: name, bytes: bytes)
      let id = files.add(file)
      if name.hasSuffix(".csv") { continue }
      if name.hasSuffix(".cases") {
        let (tree, found) = PolicyParser.parseCases(file, id: id)
        cases.append(tree)
        list.add(found)
      } else {
        let (tree, found) = PolicyParser.parsePolicy(file, id: id)
        trees.append(tree)
        list.add(found)
      }
    }
    let (set, found) = PolicyChecker.check(trees, files: files)
    self.set = set
    list.add(found)
    for tree in cases {
      let (typed, found) = PolicyChecker.check(tree, in: set, files: files)
      self.cases.append(typed)
      list.add(found)
    }
    diagnostics = list.sorted
    rendered = DiagnosticText(files: files, colour: false).render(diagnostics)
  }
}

@Suite struct CheckCorpusTests {
  static let good = entries("check/ok")
  static let bad = entries("check/bad")

  /// The first files of the entries; `NAME.2.writ`, `NAME.3.writ`, `NAME.cases` and `NAME.csv` belong to
  /// `NAME.writ`.
  static func entries(_ folder: String) -> [URL] {
    Golden.files(folder, endings: "writ").filter {
      !$0.deletingPathExtension().lastPathComponent.contains(".")
    }
  }

  /// All files of an entry.
  static func parts(of entry: URL) -> [URL] {
    let base = entry.deletingPathExtension()
    return [entry]
      + ["2.writ", "3.writ", "cases", "csv"].map { base.appendingPathExtension($0) }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
  }

  @Test(arguments: good) func goodSetHasNoDiagnostics(entry: URL) throws {
    let checked = try Checked(Self.parts(of: entry))
    #expect(checked.diagnostics.isEmpty, "\(checked.rendered)")
  }

  /// All diagnostics of a file have the code in its name: one mistake has no followers.
  @Test(arguments: bad) func badSetHasItsDiagnostics(entry: URL) throws {
    let checked = try Checked(Self.parts(of: entry))
    let name = entry.deletingPathExtension().lastPathComponent
    let slugs = checked.diagnostics.map(\.code.slug)
    if name != "twenty-mistakes" {
      #expect(!slugs.isEmpty)
      #expect(slugs.allSatisfy { name == $0 || name.hasPrefix("\($0)-") }, "\(checked.rendered)")
    }
    try Golden.check(
      checked.rendered, against: entry.deletingPathExtension().appendingPathExtension("txt"))
  }

  @Test func twentyMistakesAreToldAtOnce() throws {
    let checked = try Checked([
      Golden.corpus.appendingPathComponent("check/bad/twenty-mistakes.writ")
    ])
    #expect(checked.diagnostics.count == 20, "\(checked.rendered)")
  }

  /// Every code that the message files name has an entry of the corpus.
  @Test func everyCodeHasAnEntry() throws {
    let sources = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/PolicyCompiler")
    let names = Self.bad.map { $0.deletingPathExtension().lastPathComponent }
    for file in try FileManager.default.contentsOfDirectory(atPath: sources.path)
    where file.hasPrefix("CheckMessages") {
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      for match in text.matches(of: /"([a-z-]+)", \.(error|warning)/) {
        let code = String(match.1)
        #expect(names.contains { $0 == code || $0.hasPrefix("\(code)-") }, "no entry for \(code)")
      }
    }
  }
}
