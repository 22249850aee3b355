/// `writ fmt`: writes policies and sample cases in their canonical layout.
import CommandTable
import Foundation
import PolicySource
import PolicySyntax

enum Fmt {
  static let spec = CommandSpec(
    name: "fmt",
    summary: "Lays out policies and sample cases in the one usual way.",
    positionals: [
      Positional(
        name: "PATH", help: "files or folders; `-` is standard input",
        fallback: "policies samples", takesMany: true)
    ],
    options: [
      Option(
        name: "--check", value: nil,
        help: "change nothing; name the files that would change, exit code 1 if there are any"),
      Option(name: "--diff", value: nil, help: "change nothing; show what would change"),
      Option(name: "--cases", value: nil, help: "standard input holds sample cases, not a policy"),
    ],
    examples: [
      ("writ fmt policies samples", "rewrites what is laid out otherwise, and names it"),
      ("writ fmt --check policies samples", "exit code 1 when something would change"),
      ("writ fmt - < policies/expense/travel.writ", "prints the canonical text"),
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let paths = arguments.words("PATH")
    if paths.contains("-") {
      guard paths.count == 1 else {
        throw UsageError("`-` stands alone", help: "files are formatted in place")
      }
      return try standardInput(arguments, console)
    }
    if arguments.has("--cases") {
      throw UsageError("`--cases` is for standard input", help: "write `-` for it")
    }
    var result = ExitCode.fine
    for path in try files(below: paths) {
      let ending = try format(path, arguments, console)
      if ending.rawValue > result.rawValue { result = ending }
    }
    return result
  }

  /// Formats standard input to standard output.
  private static func standardInput(
    _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> ExitCode {
    guard let bytes = console.read("-", limit: PolicyParser.largestFile) else {
      throw UsageError("standard input cannot be read")
    }
    let name = arguments.has("--cases") ? "standard input.cases" : "standard input"
    guard let text = formatted(name, bytes, console) else { return .findings }
    guard let text else { return .internal }
    if !arguments.has("--check"), !arguments.has("--diff") {
      console.write(text)
      return .fine
    }
    return report("standard input", bytes, text, arguments, console)
  }

  /// Formats a file in place, unless only a report is asked for.
  private static func format(
    _ path: String, _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> ExitCode {
    guard let bytes = console.read(path, limit: PolicyParser.largestFile) else {
      throw UsageError("`\(path)` cannot be read")
    }
    guard let text = formatted(path, bytes, console) else { return .findings }
    guard let text else { return .internal }
    if text == bytes { return .fine }
    if arguments.has("--check") || arguments.has("--diff") {
      return report(path, bytes, text, arguments, console)
    }
    guard replace(path, with: text) else { throw UsageError("`\(path)` cannot be written") }
    console.write(path + "\n")
    return .fine
  }

  /// Replaces a file in one step, so that nobody reads half of it; it keeps its mode, a link stays one.
  private static func replace(_ path: String, with text: [UInt8]) -> Bool {
    let manager = FileManager.default
    let place = URL(filePath: path).resolvingSymlinksInPath()
    do {
      let mode = try manager.attributesOfItem(atPath: place.path)[.posixPermissions]
      try Data(text).write(to: place, options: .atomic)
      if let mode { try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: place.path) }
      return true
    } catch {
      return false
    }
  }

  /// Says what would change, without changing it.
  private static func report(
    _ name: String, _ old: [UInt8], _ new: [UInt8], _ arguments: Arguments, _ console: Console
  ) -> ExitCode {
    if old == new { return .fine }
    if arguments.has("--diff") {
      console.write(LineDiff.unified(name: name, old: old, new: new))
      return arguments.has("--check") ? .findings : .fine
    }
    console.write(name + "\n")
    return .findings
  }

  /// The canonical text; nil when the file has mistakes, nil in that when the formatter is at fault.
  private static func formatted(
    _ name: String, _ bytes: [UInt8], _ console: Console
  ) -> [UInt8]?? {
    var files = SourceFiles()
    let file = SourceFile(name: name, bytes: bytes)
    let id = files.add(file)
    let outcome =
      name.hasSuffix(".cases")
      ? PolicyFormatter.formatCases(file, id: id) : PolicyFormatter.formatPolicy(file, id: id)
    switch outcome {
    case .formatted(let text): return .some(text)
    case .refused(let found):
      console.complain(Findings.text(found, files, console))
      return .none
    case .unfaithful:
      let words = console.say(
        "\(name) would not mean the same; it stays as it is (please report this)")
      console.complain("writ: \(words)\n")
      return .some(nil)
    }
  }

  /// The files that paths name: files themselves, and what lies below folders, in order.
  private static func files(below paths: [String]) throws(UsageError) -> [String] {
    var result: [String] = []
    for path in paths {
      guard let type = type(of: URL(filePath: path).resolvingSymlinksInPath().path) else {
        throw UsageError("there is no `\(path)`")
      }
      if type == .typeDirectory {
        collect(path.hasSuffix("/") ? String(path.dropLast()) : path, depth: 0, into: &result)
      } else if isOurs(path) {
        result.append(path)
      } else {
        throw UsageError(
          "`\(path)` is neither a policy nor sample cases",
          help: "their names end with `.writ` and `.cases`")
      }
    }
    return result
  }

  private static func type(of path: String) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
  }

  private static func isOurs(_ path: String) -> Bool {
    path.hasSuffix(".writ") || path.hasSuffix(".cases")
  }

  /// Finds the files below a folder; links to folders and names that begin with a dot are passed over.
  private static func collect(_ folder: String, depth: Int, into result: inout [String]) {
    guard depth < 32, let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return }
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = folder + "/" + name
      let type = type(of: path)
      if type == .typeDirectory {
        collect(path, depth: depth + 1, into: &result)
      } else if isOurs(path), type == .typeRegular || type == .typeSymbolicLink {
        result.append(path)
      }
    }
  }
}
