/// The page about changes of policies: its command prints what stands there, and the lines for a CI do their work.
import Foundation
import TestSupport
import Testing

@Suite struct AnalysisPageTests {
  static let page = "Sources/PolicyEngine/PolicyEngine.docc/Analysis.md"

  /// `GOLDEN=update` writes what is printed into the page.
  @Test func pageShowsWhatTheToolPrints() throws {
    var text = try Pages.text(Self.page)
    var shown = 0
    for fence in try Pages.fences(of: Self.page) where fence.language == "console" {
      let line = try #require(fence.body.split(separator: "\n").first)
      let printed = try BuiltTool.run(String(line.dropFirst(2)), in: Pages.root)
        .replacing(/\[exit \d\]\n/, with: "")
      text = text.replacing(fence.body, with: "\(line)\n\(printed)")
      shown += 1
    }
    #expect(shown == 2)
    try Golden.check(text, against: Pages.root.appendingPathComponent(Self.page))
  }

  private static let policy = """
    policy stock "Stock"
      owner "Warehouse"
      effective 2026-01-01

    input pieces Number >= 0 "pieces in stock"

    value low "Few" of Bool = pieces < 10

    """

  private static func cases(around bound: Int) -> String {
    let cases = [bound - 1, bound, bound + 1].map { number in
      """
      case of_\(number) "\(number) pieces" {
        as of 2026-11-21
        given pieces = \(number)
        expect low \(number < bound)
      }

      """
    }
    return "cases for stock\n\n" + cases.joined()
  }

  /// A repository with a proposal; `gh` stands in for the program that posts.
  private static func proposal(_ change: String, _ folder: URL) throws -> String {
    let block = try #require(Pages.fences(of: page).first { $0.language == "sh" })
    #expect(block.body.split(separator: "\n").count == 10)
    for (path, text) in [
      ("policies/stock.writ", policy), ("samples/stock.cases", cases(around: 10)),
      ("bin/gh", "#!/bin/sh\necho \"$@\"\ncat \"$5\"\n"), ("ci.sh", block.body),
      ("cases20", cases(around: 20)),
    ] {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return try BuiltTool.run(
      """
      chmod +x bin/gh; export PATH="$PWD/bin:$PATH" PULL_REQUEST=7
      git() { command git -c user.name=test -c user.email=test@example.com -c commit.gpgsign=false "$@"; }
      git init -q -b main origin && cp -R policies samples origin && cd origin && git add . &&
      git commit -qm first && cd .. && git clone -q origin proposal && cd proposal && \(change)
      sh ../ci.sh
      """, in: folder)
  }

  @Test(.enabled(if: ShellTests.has("git"), "there is no git"), arguments: [true, false])
  func linesForACIWork(isChanged: Bool) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-ci-\(UInt32.random(in: 0...UInt32.max))")
    defer { try? FileManager.default.removeItem(at: folder) }
    let change =
      isChanged
      ? "sed -i 's/< 10/< 20/' policies/stock.writ && cp ../cases20 samples/stock.cases"
      : "sed -i 's/pieces < 10/not (pieces >= 10)/' policies/stock.writ"
    let said = try Self.proposal(change, folder)
    #expect(said.contains("\npr comment 7 --body-file comment.md\n```\n"), "\(said)")
    #expect(said.hasSuffix("\n```\n[exit 0]\n"), "\(said)")
    let proved = said.contains("1 decision: no answer changes, proved for all inputs")
    #expect(proved == !isChanged, "\(said)")
    #expect(said.contains("pieces from 10 and below 20") == isChanged, "\(said)")
  }
}
