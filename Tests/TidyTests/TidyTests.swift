/// The manners of the code as tests: lengths, imports, words that may not occur, codes that must be tested.
import Foundation
import Testing

@Suite struct TidyTests {
  static let longestFile = 450
  static let longestFunction = 90

  @Test func treeIsFound() {
    #expect(SourceTree.sources.count > 30)
    #expect(SourceTree.tests.count > 5)
  }

  @Test func filesAreShortAndOpenWithASentence() {
    for file in SourceTree.sources + SourceTree.tests {
      let length = file.lines.count - (file.lines.last == "" ? 1 : 0)
      #expect(length <= Self.longestFile, "\(file) has \(length) lines")
      let first = file.lines.first ?? ""
      #expect(
        first.hasPrefix("//") && first.contains(" ") && first.count > 20,
        "\(file) does not open with a sentence that says what it owns")
    }
  }

  /// Functions that are one long table, with the reason why they stay whole.
  static let longFunctions: Set<String> = [
    // The straight code's loop: one case per instruction, so that the switch is one jump table.
    "Sources/PolicyRuntime/Machine/Machine+Straight.swift: func interpret"
  ]

  @Test func functionsFitAScreen() {
    for file in SourceTree.sources + SourceTree.tests {
      for (name, line, length) in Functions.of(file) {
        if Self.longFunctions.contains("\(file): \(name)") { continue }
        #expect(
          length <= Self.longestFunction, "\(file):\(line): \(name) has \(length) lines")
      }
    }
  }

  /// The table of the architecture page: which modules of ours a module may import.
  static let imports: [String: Set<String>] = [
    "PolicySource": [],
    "CommandTable": ["PolicySource"],
    "PolicySyntax": ["PolicySource"],
    "PolicyRuntime": ["PolicySource"],
    "PolicyCompiler": ["PolicySource", "PolicySyntax", "PolicyRuntime"],
    "PolicyEngine": ["PolicySource", "PolicySyntax", "PolicyRuntime", "PolicyCompiler"],
    "PolicyAnalysis": ["PolicySource", "PolicyRuntime", "PolicyCompiler", "PolicyEngine"],
    "PolicyReport": ["PolicySource", "PolicyRuntime", "PolicyCompiler", "PolicyEngine"],
    "DecisionLog": ["PolicySource", "CSystem"],
    "PolicyServer": ["PolicySource", "PolicyRuntime", "PolicyEngine", "DecisionLog", "CSystem"],
    "PolicyClient": ["PolicySource", "CSystem"],
    "PolicyReplay": ["PolicySource", "PolicyRuntime", "PolicyEngine", "DecisionLog"],
  ]

  @Test func importsFollowTheTable() {
    let ours = Set(Self.imports.keys).union([
      "CSystem", "CAllocations", "writ", "writd", "Bench", "TestSupport",
    ])
    for file in SourceTree.sources {
      guard let allowed = Self.imports[file.module] else { continue }
      for (number, line) in file.code where line.contains("import ") {
        guard let match = line.firstMatch(of: /^(?:[a-z@]+ )*import (?:[a-z]+ )?(\w+)/) else {
          continue
        }
        let name = String(match.1)
        if ours.contains(name) {
          #expect(
            allowed.contains(name), "\(file):\(number): \(file.module) may not import \(name)")
        }
      }
    }
  }

  /// The modules that do without Foundation.
  static let foundationless: Set<String> = [
    "CommandTable", "PolicySource", "PolicySyntax", "PolicyRuntime", "PolicyCompiler",
    "PolicyAnalysis", "DecisionLog", "PolicyClient", "PolicyReport",
  ]

  @Test func noFoundationBelowTheEngine() {
    for file in SourceTree.sources where Self.foundationless.contains(file.module) {
      for (number, line) in file.code where line.hasPrefix("import") || line.contains(" import ") {
        #expect(!line.contains(/\bimport Foundation/), "\(file):\(number): Foundation")
      }
    }
  }

  @Test func noBinaryFloatingPoint() {
    for file in SourceTree.sources where file.module.hasPrefix("Policy") {
      guard file.mentions("Double", "Float", "NSNumber") else { continue }
      for (index, line) in file.lines.enumerated() {
        #expect(!line.contains(/\b(Double|Float|NSNumber)\b/), "\(file):\(index + 1): \(line)")
      }
    }
  }

  @Test func uncheckedSendableHasItsReason() {
    for file in SourceTree.sources where file.mentions("@unchecked") {
      for (index, line) in file.lines.enumerated() where line.contains("@unchecked Sendable") {
        let before = index > 0 ? file.lines[index - 1].drop { $0 == " " } : ""
        #expect(
          before.hasPrefix("//") || line.contains("//"),
          "\(file):\(index + 1): say why it is safe to share, in a comment above")
      }
    }
  }

  /// The folders that call the C library: sockets and signals, the files of the log, and
  /// `iconv` where files are read.
  static let unsafeFolders = [
    "Sources/PolicyServer/System/", "Sources/PolicyEngine/System/", "Sources/DecisionLog/System/",
    "Sources/PolicyClient/System/", "Sources/writ/System/",
  ]

  @Test func onlySystemCallsAreUnsafe() {
    let free: Set<String> = ["Bench", "Fuzz"]
    for file in SourceTree.sources where !free.contains(file.module) {
      if Self.unsafeFolders.contains(where: file.path.hasPrefix) { continue }
      guard file.mentions("unsafe") else { continue }
      for (number, line) in file.code {
        // An option of the daemon has the word in its name, and what a page may do is said with it.
        let code = line.replacing("--allow-unsafe-policies", with: "")
          .replacing("'unsafe-inline'", with: "")
        #expect(!code.contains(/\bunsafe\b/), "\(file):\(number): \(line)")
      }
    }
  }

  @Test func nothingIsLeftOpen() {
    for file in SourceTree.sources where file.mentions("TODO", "FIXME") {
      for (index, line) in file.lines.enumerated() {
        #expect(!line.contains(/\b(TODO|FIXME)\b/), "\(file):\(index + 1): \(line)")
      }
    }
  }

  /// A test that may be skipped says why, and `.ci/skips` announces it; nothing else stands there.
  @Test func everySkipIsAnnounced() {
    let reason = /\.enabled\(\s*if: (?:[^"()]|\([^()]*\))*?,\s*"([^"]+)"/
    var said: Set<String> = []
    for file in SourceTree.tests where file.module != "TidyTests" {
      for match in file.text.matches(of: reason) { said.insert(String(match.1)) }
      for (number, line) in file.code where line.contains(/\.enabled\(if: [^",]+\)\)/) {
        Issue.record("\(file):\(number): a skip without its reason")
      }
    }
    let announced = SourceTree.text(".ci/skips").split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.compactMap {
        $0.split(separator: " | ").first.map(String.init)
      }
    #expect(said.sorted() == announced.sorted(), ".ci/skips")
  }

  /// Every code of a diagnostic that the sources make, with a file that makes it.
  static let diagnosticCodes: [String: String] = {
    var codes: [String: String] = [:]
    for file in SourceTree.sources where file.mentions(".error", ".warning") {
      let made = /(?:Diagnostic|Self|add|report)\(\s*"([a-z][a-z0-9-]+)",\s*\.(?:error|warning)/
      for match in file.text.matches(of: made) { codes[String(match.1)] = file.path }
    }
    return codes
  }()

  @Test func everyDiagnosticCodeIsDocumented() {
    let page = SourceTree.text("Sources/PolicyEngine/PolicyEngine.docc/Diagnostics.md")
    var rows: Set<String> = []
    for line in page.split(separator: "\n") where line.hasPrefix("| `") {
      let names = line.split(separator: "|").first ?? ""
      for match in names.matches(of: /`([a-z0-9-]+)`/) { rows.insert(String(match.1)) }
    }
    let codes = Set(Self.diagnosticCodes.keys)
    #expect(codes.subtracting(rows).sorted() == [], "Diagnostics.md does not name these")
    #expect(rows.subtracting(codes).sorted() == [], "Diagnostics.md names what nothing makes")
    for match in page.matches(of: /(?m)^\| `([a-z0-9-]+)` \| <doc:(\w+)> \|$/) {
      let explained = SourceTree.text(
        "Sources/PolicyEngine/PolicyEngine.docc/Diagnostics/\(match.2).md")
      #expect(explained.contains("\n### `\(match.1)`\n"), "\(match.2).md lacks `\(match.1)`")
    }
  }

  @Test func everyDiagnosticCodeIsTested() {
    let codes = Self.diagnosticCodes
    #expect(codes.count > 20)
    let corpus = SourceTree.paths(below: "Tests/Corpus")
    let stems = corpus.map { path in
      String((path.split(separator: "/").last ?? "").prefix { $0 != "." })
    }
    let evidence = corpus.filter { $0.hasSuffix(".txt") || $0.hasSuffix(".transcript") }
      .map(SourceTree.text).joined(separator: "\n")
    let named = SourceTree.tests.map(\.text).joined(separator: "\n")
    let untested = codes.keys.sorted().filter { code in
      !stems.contains { $0 == code || $0.hasPrefix(code + "-") }
        && !evidence.contains("[\(code)]") && !named.contains("\"\(code)\"")
    }
    let places = untested.map { "`\($0)` of \(codes[$0] ?? "")" }.joined(separator: ", ")
    #expect(untested.isEmpty, "no file below Tests/Corpus shows \(places)")
  }
}

/// Finding functions by their layout, which the formatter keeps.
enum Functions {
  /// The functions of a file: name, first line and length.
  static func of(_ file: SwiftFile) -> [(name: String, line: Int, length: Int)] {
    var found: [(name: String, line: Int, length: Int)] = []
    for (index, line) in file.lines.enumerated() {
      guard line.contains("func ") || line.contains("init") || line.contains("subscript") else {
        continue
      }
      let pattern = /^( *)(?:[a-z@()]+ )*(func [^\s(<]+|init|subscript)[\s?(<]/
      guard let match = line.firstMatch(of: pattern) else { continue }
      let indent = match.1
      guard let end = end(after: index, indent, file.lines) else { continue }
      found.append((String(match.2), index + 1, end - index + 1))
    }
    return found
  }

  /// The line of the closing brace; nil for a function without a body or on one line.
  private static func end(after start: Int, _ indent: Substring, _ lines: [Substring]) -> Int? {
    for index in (start + 1)..<max(start + 1, lines.count) {
      let line = lines[index]
      if line.isEmpty { continue }
      guard line.hasPrefix(indent) else { return nil }
      let rest = line.dropFirst(indent.count)
      if rest.first == "}" { return index }
      if let first = rest.first, first != " ", first != ")", first != "#" { return nil }
    }
    return nil
  }
}
