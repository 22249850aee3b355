/// The command line: options from a table, from which the help is written as well.
import PolicySource

/// An option of a command.
struct Option: Sendable {
  /// With its dashes: `--format`.
  let name: String
  /// What stands behind it, for the help: `json|text`; nil for a switch.
  let value: String?
  /// One sentence.
  let help: Phrase
  /// The words that may stand behind it; nil for anything.
  var choices: [String]?

  /// A switch that every command has.
  static let help = Option(name: "--help", value: nil, help: "show this help")

  /// The language of all that the tool says.
  static let language = Option(
    name: "--lang", value: "en|zh", help: "English or Chinese (default: what `LANG` says)",
    choices: Language.allCases.map(\.rawValue))

  /// What every command takes.
  static let common = [language, help]
}

extension Option {
  /// The value behind the option, if it may stand there.
  @discardableResult
  func accept(_ value: String?) throws(UsageError) -> String {
    guard let value else {
      throw UsageError("`\(name)` needs a value", help: "`\(name) \(self.value ?? "")`")
    }
    if let choices, !choices.contains(value) {
      let nearest = Suggestion.nearest(to: value, in: choices)
      throw UsageError(
        "`\(name)` does not know `\(value)`",
        help: nearest.map { "did you mean `\($0)`?" }
          ?? "one of \(SourceMessages.names(choices, last: .comma))")
    }
    return value
  }
}

/// A word of a command without dashes.
struct Positional: Sendable {
  /// In capitals: `SET`.
  let name: String
  /// One sentence.
  let help: Phrase
  /// What is taken when it is left out, empty for nothing; nil when it must be given.
  let fallback: String?
  /// Whether several words may stand there.
  var takesMany = false
}

/// What a command takes, and what its help says.
struct CommandSpec: Sendable {
  let name: String
  /// One sentence.
  let summary: Phrase
  let positionals: [Positional]
  let options: [Option]
  /// A line to paste, with what it does.
  let examples: [(line: String, does: Phrase)]

  /// The text of `writ NAME --help`.
  func help(in catalog: Catalog) -> String {
    func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }
    let words = positionals.map { positional in
      let name = positional.name + (positional.takesMany ? "…" : "")
      return positional.fallback == nil ? name : "[\(name)]"
    }
    let line = (["writ", name] + words).joined(separator: " ")
    var text = say(summary) + "\n\n" + say("usage: \(line) [options]") + "\n"
    let rows =
      positionals.map { positional in
        let help = positional.help
        let fallback = positional.fallback.flatMap { $0.isEmpty ? nil : $0 }
        return (positional.name, fallback.map { "\(help) (default: \($0))" } ?? help)
      }
      + (options + Option.common).map { ($0.name + ($0.value.map { " " + $0 } ?? ""), $0.help) }
    let width = rows.map(\.0.count).max() ?? 0
    text += "\n"
    for (left, right) in rows {
      let blanks = String(repeating: " ", count: width - left.count + 2)
      text += "  " + left + blanks + say(right) + "\n"
    }
    text += "\n" + say(examples.count == 1 ? "example:" : "examples:") + "\n"
    for example in examples { text += "  \(example.line)\n      \(say(example.does))\n" }
    return text
  }
}

/// A command line that was not understood.
struct UsageError: Error {
  let message: Phrase
  let help: Phrase?

  init(_ message: Phrase, help: Phrase? = nil) {
    self.message = message
    self.help = help
  }
}

/// The words of a command line, sorted into positionals and options.
struct Arguments {
  private var words: [String: [String]] = [:]
  private var values: [String: String] = [:]
  private var switches: Set<String> = []

  /// Reads the words behind the command's name.
  init(_ given: [String], for spec: CommandSpec) throws(UsageError) {
    var rest = given[...]
    var positionals = spec.positionals[...]
    var optionsEnded = false
    while let word = rest.popFirst() {
      if word == "--", !optionsEnded {
        optionsEnded = true
      } else if !optionsEnded, word.hasPrefix("-"), word != "-" {
        try takeOption(word, &rest, spec)
      } else if let positional = positionals.first {
        words[positional.name, default: []].append(word)
        if !positional.takesMany { positionals.removeFirst() }
      } else {
        throw UsageError(
          "`\(word)` is one word too many", help: "see `writ \(spec.name) --help`")
      }
    }
    if asksForHelp { return }
    for positional in positionals where words[positional.name] == nil {
      guard let fallback = positional.fallback else {
        throw UsageError(
          "\(positional.name) is missing", help: "see `writ \(spec.name) --help`")
      }
      words[positional.name] =
        positional.takesMany ? fallback.split(separator: " ").map(String.init) : [fallback]
    }
  }

  private mutating func takeOption(
    _ word: String, _ rest: inout ArraySlice<String>, _ spec: CommandSpec
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = word == "-h" ? "--help" : String(parts[0])
    let known = spec.options + Option.common
    guard let option = known.first(where: { $0.name == name }) else {
      let nearest = Suggestion.nearest(to: name, in: known.map(\.name))
      throw UsageError(
        "unknown option `\(name)`",
        help: nearest.map { "did you mean `\($0)`?" } ?? "see `writ \(spec.name) --help`")
    }
    guard option.value != nil else {
      if parts.count > 1 { throw UsageError("`\(name)` takes no value") }
      switches.insert(name)
      return
    }
    let value = parts.count > 1 ? String(parts[1]) : rest.popFirst()
    values[name] = try option.accept(value)
  }

  /// Whether `--help` was given.
  var asksForHelp: Bool { switches.contains(Option.help.name) }

  /// The value of an option, if it was given.
  func value(_ name: String) -> String? { values[name] }

  /// Whether a switch was given.
  func has(_ name: String) -> Bool { switches.contains(name) }

  /// The word of a positional; the parser has seen to it that there is one.
  func word(_ name: String) -> String { words(name).first ?? "" }

  /// The words of a positional that takes several.
  func words(_ name: String) -> [String] { words[name] ?? [] }
}
