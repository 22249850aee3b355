/// Loading of folders: whole or not at all, with a clear word about what stands in the way.
import Foundation
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
import PolicySource
import PolicySyntax
import TestSupport
import Testing

@Suite struct LoadingTests {
  private static func sets(_ name: String) -> String {
    Golden.corpus.appendingPathComponent("sets/\(name)").path
  }

  private func load(_ name: String) -> PolicySet.LoadResult {
    PolicySet.load(folder: Self.sets(name))
  }

  /// A folder that is taken away again.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private static let policy =
    "policy p \"P\"\n  owner \"o\"\n  effective 2026-01-01\n\ninput n Number\nvalue twice of Number = n * 2\n"

  private func codes(_ result: PolicySet.LoadResult) -> [String] {
    result.diagnostics.all.map(\.code.slug)
  }

  @Test func goodSetLoads() throws {
    let result = load("good")
    let shown = DiagnosticText(files: result.files, colour: false)
      .render(result.diagnostics.sorted)
    let set = try #require(result.set, "\(shown)")
    #expect(set.decisionNames == ["stock.low", "till.may_pay"])
    #expect(set.program(named: "till.may_pay") != nil)
    #expect(set.suggestions(for: "till.may_pai") == ["till.may_pay"])
    #expect(set.suggestions(for: "may_pay") == ["till.may_pay"])
    try Golden.check(
      String(decoding: set.listing(), as: UTF8.self) + "\n",
      against: Golden.corpus.appendingPathComponent("sets/good.listing.json"))
    let example = try #require(set.exampleRequest)
    try Golden.check(
      "\(example.decision)\n" + example.body + "\n",
      against: Golden.corpus.appendingPathComponent("sets/good.example.txt"))
  }

  @Test(arguments: [
    ("nothing-here", "missing-folder"), ("good/till.writ", "not-a-folder"),
  ]) func folderIsNotThere(name: String, code: String) {
    let result = load(name)
    #expect(result.set == nil)
    #expect(codes(result) == [code])
  }

  @Test(arguments: [
    "invalid-utf8", "same-name", "one-bad-file", "versions-overlap", "versions-apart",
    "wrong-encoding", "wrong-encoding-utf16", "not-text", "gbk-cell",
  ])
  func badSetDoesNotLoad(name: String) throws {
    let result = load(name)
    #expect(result.set == nil)
    #expect(result.diagnostics.hasErrors)
    let text = DiagnosticText(files: result.files, colour: false).render(result.diagnostics.sorted)
    let folder = Self.sets("")
    try Golden.check(
      text.replacing(folder, with: ""),
      against: Golden.corpus.appendingPathComponent("sets/\(name).txt"))
  }

  /// Rows from files of three encodings; the names of the folder show where they lie.
  @Test func sheetsLoad() throws {
    let result = load("sheets")
    let set = try #require(result.set)
    #expect(result.fileCount == 4)
    #expect(codes(result) == [])
    for policy in set.types.policies {
      let row = policy.tables[0].rows[0]
      #expect(row.values == [.money(Decimal(500_000), currency: "CNY"), .text("一级 甲")])
    }
  }

  @Test func encodingIsDetectedAndSaid() throws {
    let result = load("detected-encoding")
    #expect(result.set != nil)
    let text = DiagnosticText(files: result.files, colour: false).render(result.diagnostics.sorted)
    try Golden.check(
      text, against: Golden.corpus.appendingPathComponent("sets/detected-encoding.txt"))
  }

  /// What a file holds counts, not only that it is there.
  @Test func digestCoversSheets() throws {
    try withFolder { folder in
      let text =
        Self.policy + "table t (k Number) -> (v Number) from \"t.csv\"\n"
      try text.write(
        to: folder.appendingPathComponent("a.writ"), atomically: false, encoding: .utf8)
      let sheet = folder.appendingPathComponent("t.csv")
      try "k,v\n1,2\n".write(to: sheet, atomically: false, encoding: .utf8)
      let before = PolicySet.load(folder: folder.path).set?.digest
      try "k,v\n1,3\n".write(to: sheet, atomically: false, encoding: .utf8)
      let after = PolicySet.load(folder: folder.path).set?.digest
      #expect(before != nil && after != nil && before != after)
      try FileManager.default.removeItem(at: sheet)
      #expect(codes(PolicySet.load(folder: folder.path)) == ["unknown-file"])
    }
  }

  @Test func emptyFolderIsAnError() throws {
    try withFolder { folder in
      #expect(codes(PolicySet.load(folder: folder.path)) == ["empty-folder"])
    }
  }

  @Test func hiddenNamesArePassedOver() throws {
    try withFolder { folder in
      try Self.policy.write(
        to: folder.appendingPathComponent("a.writ"), atomically: false, encoding: .utf8)
      try "nonsense".write(
        to: folder.appendingPathComponent(".b.writ"), atomically: false, encoding: .utf8)
      #expect(PolicySet.load(folder: folder.path).set != nil)
    }
  }

  @Test func linkOutOfTheSetIsRefused() throws {
    try withFolder { folder in
      try Self.policy.write(
        to: folder.appendingPathComponent("a.writ"), atomically: false, encoding: .utf8)
      try FileManager.default.createSymbolicLink(
        atPath: folder.appendingPathComponent("b.writ").path,
        withDestinationPath: Self.sets("good") + "/till.writ")
      #expect(codes(PolicySet.load(folder: folder.path)) == ["link-outside"])
    }
  }

  @Test func linkToAFolderIsRefused() throws {
    try withFolder { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder.appendingPathComponent("loop").path, withDestinationPath: ".")
      #expect(codes(PolicySet.load(folder: folder.path)) == ["linked-folder"])
    }
  }

  @Test func hugeFileIsRefused() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("a.writ")
      try Data().write(to: file)
      let handle = try FileHandle(forWritingTo: file)
      try handle.truncate(atOffset: UInt64(SetFolder.largestFile) + 1)
      try handle.close()
      #expect(codes(PolicySet.load(folder: folder.path)).first == "file-too-large")
    }
  }

  @Test func hugeTextIsRefusedByTheParserToo() {
    let file = SourceFile(
      name: "a.writ", bytes: [UInt8](repeating: 0x20, count: PolicyParser.largestFile + 1))
    var files = SourceFiles()
    let (_, found) = PolicyParser.parsePolicy(file, id: files.add(file))
    #expect(found.all.contains { $0.code == "too-large" })
  }

  @Test func strangeFileNameIsRefused() throws {
    try withFolder { folder in
      try Self.policy.write(
        to: folder.appendingPathComponent("a\nb.writ"), atomically: false, encoding: .utf8)
      #expect(codes(PolicySet.load(folder: folder.path)) == ["strange-file-name"])
    }
  }

  @Test func linkToNowhereIsUnreadable() throws {
    try withFolder { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder.appendingPathComponent("a.writ").path, withDestinationPath: "nowhere.writ")
      #expect(codes(PolicySet.load(folder: folder.path)) == ["unreadable"])
    }
  }

  @Test func definitionsThatExplodeAreRefused() throws {
    try withFolder { folder in
      var text = Self.policy + "define d0(x Number) = x * n\n"
      for level in 1...24 {
        text += "define d\(level)(x Number) = d\(level - 1)(x) + d\(level - 1)(x + 1)\n"
      }
      text += "value much of Number = d24(n)\n"
      try text.write(
        to: folder.appendingPathComponent("a.writ"), atomically: false, encoding: .utf8)
      #expect(codes(PolicySet.load(folder: folder.path)).contains("decision-too-large"))
    }
  }

  @Test func filesAreCounted() throws {
    try withFolder { folder in
      for number in 0...SetFolder.mostFiles {
        #expect(
          FileManager.default.createFile(
            atPath: folder.appendingPathComponent("\(number).writ").path, contents: nil))
      }
      #expect(codes(PolicySet.load(folder: folder.path)) == ["too-many-files"])
    }
  }
}
