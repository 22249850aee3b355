/// Two languages: every message of the sources has its Chinese, and both have the same places.
import Foundation
import Testing

@Suite struct TranslationTests {
  /// A template in both languages, with the file that says so.
  struct Entry {
    let english: String
    let chinese: String
    let place: String
  }

  /// The tables of all stages, read from their files: `"english": "chinese",`.
  static let entries: [Entry] = {
    var entries: [Entry] = []
    for file in SourceTree.sources where isTable(file) {
      let literals = LiteralReader.literals(of: file)
      var index = 0
      while index + 1 < literals.count {
        let (key, value) = (literals[index], literals[index + 1])
        if key.after.hasPrefix(":"), value.before.hasSuffix(":") {
          entries.append(
            Entry(
              english: key.template, chinese: value.template, place: "\(file):\(key.line)"))
          index += 2
        } else {
          index += 1
        }
      }
    }
    return entries
  }()

  static func isTable(_ file: SwiftFile) -> Bool {
    file.path.hasSuffix("+Chinese.swift") || file.path.hasSuffix("/SourceMessages.swift")
  }

  static let known = Set(entries.map(\.english))

  /// The templates of a file that need a translation.
  static func templates(of file: SwiftFile, all: Bool) -> [(template: String, line: Int)] {
    var result: [(template: String, line: Int)] = []
    for literal in LiteralReader.literals(of: file) {
      if literal.after.firstMatch(of: /^,\s*\.(error|warning)\b/) != nil { continue }
      let line = literal.before.split(separator: "\n").last ?? ""
      if line.hasSuffix("in:") || line.hasSuffix("name:") || line.contains("form") { continue }
      if literal.before.firstMatch(of: /count\([^()"]*,$/) != nil {
        result.append(("1 \(literal.template)", literal.line))
        result.append(("{1} \(literal.template)s", literal.line))
      } else if all ? hasWords(literal.template) : isSentence(literal.template) {
        result.append((literal.template, literal.line))
      }
    }
    return result
  }

  /// Whether a template has words outside backticks and places.
  static func hasWords(_ template: String) -> Bool {
    template.replacing(/`[^`]*`/, with: "").contains(/[A-Za-z]{2}/)
  }

  /// Whether it is more than a word, and no command to paste.
  static func isSentence(_ template: String) -> Bool {
    let bare = template.replacing(/`[^`]*`/, with: "").replacing(/\{\d\}/, with: "")
    return hasWords(template) && bare.contains(/[A-Za-z]{2,} |^ [A-Za-z]{2,}/)
      && !template.contains(#/^(writd?|curl|source) /#) && !template.contains("| writ ")
  }

  /// Files where every literal is a message; in `spokenFiles` only sentences are.
  static let messageFiles = SourceTree.sources.filter { file in
    file.path.contains("Messages") && !isTable(file) && file.module != "PolicyServer"
      || file.path.hasSuffix("CheckWords.swift")
  }

  static let spokenFiles = SourceTree.sources.filter { file in
    let folders = [
      "Sources/writ/", "Sources/CommandTable/Command", "Sources/CommandTable/HelpText",
      "Sources/CommandTable/Manual/ManualPage", "Sources/writd/DaemonOptions",
      "Sources/writd/DaemonTable", "Sources/PolicyCompiler/Check/", "Sources/PolicyCompiler/Names/",
      "Sources/PolicyCompiler/Cases/", "Sources/PolicyEngine/Cases/", "Sources/PolicySyntax/Parser",
      "Sources/PolicySyntax/Lexer", "Sources/PolicyEngine/Evaluator",
      "Sources/PolicyServer/HTTP/Problem.swift",
    ]
    return folders.contains { file.path.hasPrefix($0) } && !isTable(file)
      && !messageFiles.contains { $0.path == file.path }
  }

  /// Sentences in logic that are not for people, with the reason.
  static let notSpoken: Set<String> = [
    // Keywords of the language and forms of its clauses, as they stand in a policy.
    "covers", "{date}", "{serial 4}", "collect", "{1} x in LIST where C", "{1} from A to B",
    "clearance code by POST on DATE", "always", "on {1}", "{1} is {2}", "case {1}", "as of",
    "is no worse than C",
    "for each x in LIST", "on refusal to STEP", "best first one of { … }", "one of { … }",
    "from DATE: VALUE", "if C then A else B", "no better than GRADE", "up to AMOUNT of EXPRESSION",
    "for each", "cleared by", "on refusal", "round up", "round down",
    // The name of a recorded case whose line gives none, and the start of a heading.
    "line {1}", "expect ",
    // The end of the tool's example, a line to paste.
    "\n  writ check policies\n      ",
    "[e for x in LIST]",
    // Names of types that `allocate` makes.
    "{1} over {2}", "part of {1}", "allocation of {1}",
    // Lines of the example of a config file.
    "policies = /etc/writ/policies/current", "socket = /run/writ/writd.sock",
    "socket-mode = 660  # the group may ask", "max-body = 256KiB",
    // A line of usage.
    "{1} COMMAND [options]",
    // Names of the wire.
    "history",
    // File names and their markers.
    "standard input.cases", "--- {1}\n+++ {2} (formatted)\n", "standard input", "policies samples",
  ]

  @Test func everyMessageIsTranslated() {
    #expect(Self.messageFiles.count >= 6)
    for (files, all) in [(Self.messageFiles, true), (Self.spokenFiles, false)] {
      for file in files {
        for (template, line) in Self.templates(of: file, all: all)
        where !Self.known.contains(template) && !Self.notSpoken.contains(template) {
          Issue.record("\(file):\(line): no Chinese for “\(template)”")
        }
      }
    }
  }

  @Test func bothLanguagesHaveTheSamePlaces() {
    #expect(Self.entries.count > 300)
    for entry in Self.entries {
      let english = Set(entry.english.matches(of: /\{\d\}/).map { String($0.0) })
      let chinese = Set(entry.chinese.matches(of: /\{\d\}/).map { String($0.0) })
      #expect(english == chinese, "\(entry.place): \(entry.english) – \(entry.chinese)")
    }
  }

  @Test func noTableSaysATemplateTwice() {
    for (file, entries) in Dictionary(grouping: Self.entries, by: { $0.place.prefix { $0 != ":" } })
    {
      let keys = entries.map(\.english)
      let twice = Dictionary(grouping: keys, by: { $0 }).filter { $0.value.count > 1 }.keys.sorted()
      #expect(twice == [], "\(file)")
    }
  }

  /// Full-width marks, no blank between them and letters, the user's words in the same backticks.
  @Test func chineseIsWellFormed() {
    for entry in Self.entries {
      let bare = entry.chinese.replacing(/`[^`]*`/, with: "").replacing(/\{\d\}/, with: "")
      #expect(!bare.contains(/\p{Han}[,;:?!]/), "\(entry.place): a half-width mark")
      #expect(
        entry.chinese.hasSuffix("。") == entry.english.hasSuffix("."), "\(entry.place): full stop")
    }
  }
}
