/// The pages of the documentation as tests read them: their fenced blocks, and the examples of diagnostics.
public import Foundation

/// A block between two lines of three backticks.
public struct Fence: Sendable {
  /// The page, such as `Language.md`.
  public let page: String
  /// The line of the opening mark, from 1.
  public let line: Int
  /// The words behind the opening mark: the language, then what else is said of the block.
  public let words: [String]
  /// The heading that it stands under.
  public let heading: String
  /// What stands in it, with a line break at the end.
  public let body: String

  /// The language; empty when none is named.
  public var language: String { words.first ?? "" }
}

/// Reads pages.
public enum Pages {
  /// The root of the package.
  public static let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
  /// The catalog of the documentation.
  public static let catalog = root.appendingPathComponent(
    "Sources/PolicyEngine/PolicyEngine.docc")

  /// The paths of all pages below the catalog, and the README, relative to the root.
  public static let all: [String] = {
    let found = FileManager.default.enumerator(atPath: catalog.path)?.compactMap { $0 as? String }
    let pages = (found ?? []).filter { $0.hasSuffix(".md") }.sorted()
    return ["README.md"] + pages.map { "Sources/PolicyEngine/PolicyEngine.docc/\($0)" }
  }()

  /// The text of a page by its path from the root.
  public static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The fenced blocks of a page.
  public static func fences(of path: String) throws -> [Fence] {
    var fences: [Fence] = []
    var heading = ""
    var open: (line: Int, words: [String])?
    var body = ""
    let lines = try text(path).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        if let start = open {
          let page = path.split(separator: "/").last.map(String.init) ?? path
          fences.append(
            Fence(
              page: page, line: start.line, words: start.words, heading: heading, body: body))
          open = nil
        } else {
          open = (index + 1, line.dropFirst(3).split(separator: " ").map(String.init))
          body = ""
        }
      } else if open != nil {
        body += line + "\n"
      } else if line.hasPrefix("#") {
        heading = String(line.drop { $0 == "#" || $0 == " " })
      }
    }
    return fences
  }
}

/// The wrong and the right example that a page gives for a code.
public struct DiagnosticExample: Sendable, CustomStringConvertible {
  /// One of the two.
  public struct Side: Sendable {
    /// The files of the set and of its cases: name and text.
    public var files: [(name: String, text: String)] = []
    /// What is asked of the set: the decision, nil for the last one, and the JSON body.
    public var request: (decision: String?, body: String)?
    /// Lines for a shell that make a set and check it.
    public var shell: String?
  }

  /// The page.
  public let page: String
  /// The code.
  public let code: String
  /// The example that gets the code.
  public var wrong = Side()
  /// The mended one.
  public var right = Side()
  /// Whether the page shows an example at all.
  public var isShown = false

  /// The code.
  public var description: String { code }

  /// The pages that hold examples.
  public static let pages = Pages.all.filter { $0.contains(".docc/Diagnostics/") }

  /// The examples of all pages.
  public static func all() throws -> [DiagnosticExample] { try pages.flatMap(examples) }

  /// The examples of a page.
  ///
  /// Blocks before the first code are the frame. A block under a code with a file name is that file; one
  /// without stands behind the last file of the frame, or in its place when it has a head of its own.
  /// In a block, `# wrong` and `# right` begin the two sides; where the format has no remarks, each side is
  /// a block of its own.
  public static func examples(of path: String) throws -> [DiagnosticExample] {
    var frame: [(name: String, text: String)] = []
    var examples: [DiagnosticExample] = []
    let headings = try Pages.text(path).matches(of: /(?m)^### `([a-z0-9_-]+)`$/)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    for heading in headings { examples.append(.init(page: name, code: String(heading.1))) }
    for fence in try Pages.fences(of: path) {
      let code = fence.heading.replacing("`", with: "")
      guard let index = examples.firstIndex(where: { $0.code == code }) else {
        frame.append((fence.words.count > 1 ? fence.words[1] : "", fence.body))
        continue
      }
      if !examples[index].isShown {
        examples[index].isShown = true
        examples[index].wrong.files = frame
        examples[index].right.files = frame
      }
      let (wrong, right) = sides(of: fence)
      if let wrong { examples[index].wrong.add(wrong, fence) }
      if let right { examples[index].right.add(right, fence) }
    }
    return examples
  }

  private static func sides(of fence: Fence) -> (wrong: String?, right: String?) {
    if fence.words.contains("wrong") { return (fence.body, nil) }
    if fence.words.contains("right") { return (nil, fence.body) }
    guard let start = fence.body.range(of: "# wrong\n"),
      let middle = fence.body.range(of: "# right\n")
    else { return (fence.body, fence.body) }
    return (
      String(fence.body[start.upperBound..<middle.lowerBound]),
      String(fence.body[middle.upperBound...])
    )
  }
}

extension DiagnosticExample.Side {
  /// Takes a block in: a file, a request, or lines for a shell.
  fileprivate mutating func add(_ text: String, _ fence: Fence) {
    let name = fence.words.dropFirst().first { $0 != "wrong" && $0 != "right" }
    switch fence.language {
    case "sh": shell = text
    case "json" where name?.hasSuffix(".jsonl") != true: request = (name, text)
    default:
      if let name {
        files.removeAll { $0.name == name }
        files.append((name, text))
      } else if files.isEmpty {
        files.append(("shop.writ", text))
      } else if text.hasPrefix("policy ") || text.hasPrefix("cases for ") {
        files[files.count - 1].text = text
      } else {
        // Files of other names were put behind the frame.
        let last = files.lastIndex { $0.name.hasPrefix("shop.") } ?? files.count - 1
        files[last].text += "\n" + text
      }
    }
  }
}
