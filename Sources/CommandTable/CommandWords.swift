/// The words about command lines and config files, one function per mistake.
internal import PolicySource

/// The wording of this module.
public enum CommandWords {
  static func atPlace(_ file: String, _ line: Int, _ error: UsageError) -> UsageError {
    UsageError("\(.verbatim("\(file):\(line)")): \(error.message)", help: error.help)
  }

  static func empty(_ name: String, _ value: String) -> UsageError {
    UsageError("`\(name)` is empty", help: "`\(name) \(value)`")
  }

  static func empty(_ positional: String, _ spec: CommandSpec) -> UsageError {
    UsageError("\(positional) is empty", help: seeHelp(spec.call))
  }

  static func givenTwice(_ name: String) -> UsageError {
    UsageError("`\(name)` is given twice", help: "once is enough")
  }

  static func missing(_ name: String, _ spec: CommandSpec) -> UsageError {
    UsageError("\(name) is missing", help: seeHelp(spec.call))
  }

  /// An option at the end of the line, without the value that it needs.
  public static func needsValue(_ option: Option) -> UsageError {
    UsageError(
      "`\(option.name)` needs a value", help: "`\(option.name) \(option.value?.name ?? "")`")
  }

  static func notAChoice(_ word: String, _ choices: [String], of name: String) -> UsageError {
    UsageError(
      "`\(name)` does not know `\(word)`",
      help: nearest(to: word, in: choices)
        ?? "one of \(SourceMessages.names(choices, last: .comma))")
  }

  static func notInRange(_ text: String, _ range: ClosedRange<Int>, of name: String) -> UsageError {
    UsageError(
      "`\(text)` is not a value for `\(name)`",
      help: "give a whole number from \(range.lowerBound) to \(range.upperBound)")
  }

  static func oneTooMany(_ word: String, _ spec: CommandSpec) -> UsageError {
    UsageError("`\(word)` is one word too many", help: seeHelp(spec.call))
  }

  static func takesNoValue(_ name: String) -> UsageError {
    UsageError("`\(name)` takes no value")
  }

  /// A command that there is not.
  public static func unknownCommand(_ word: String, _ program: Program) -> UsageError {
    let known = program.commands.map(\.name) + program.options.map(\.name)
    return UsageError(
      "unknown command `\(word)`", help: nearest(to: word, in: known) ?? seeHelp(program.name))
  }

  static func unknownOption(_ name: String, _ spec: CommandSpec) -> UsageError {
    let known = spec.options.map(\.name)
    return UsageError(
      "unknown option `\(name)`", help: nearest(to: name, in: known) ?? seeHelp(spec.call))
  }

  /// Where a program says what it takes.
  static func seeHelp(_ call: String) -> Phrase { "see `\(call) --help`" }

  static func nearest(to word: String, in known: [String]) -> Phrase? {
    Suggestion.nearest(to: word, in: known).map { "did you mean `\($0)`?" }
  }

  /// What may stand behind an option, for the manual; nil where anything may.
  static func bounds(_ operand: Operand) -> Phrase? {
    switch operand {
    case .number(_, let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .bytes(let range):
      "from \(range.lowerBound) to \(range.upperBound) bytes, also as `64KiB`, `16MiB` or `2GiB`"
    case .seconds(let range): "from \(range.lowerBound) to \(range.upperBound) seconds"
    case .choice(let words, named: _?): "one of \(SourceMessages.names(words, last: .comma))"
    case .yesNo: "`yes` or `no`"
    default: nil
    }
  }

  // The config file.

  static func emptyLine(_ option: Option) -> UsageError {
    UsageError(
      "`\(option.key)` has no value", help: "`\(option.key) = \(option.value?.name ?? "")`")
  }

  static func notALine(_ line: String) -> UsageError {
    UsageError(
      "`\(line)` says nothing", help: "a line is `name = value`, a comment begins with `#`")
  }

  static var notSet: Phrase { "not set" }

  static func notUTF8(_ file: String) -> UsageError {
    UsageError("`\(file)` is not UTF-8", help: "save it as UTF-8")
  }

  static func onlyOnTheLine(_ key: String) -> UsageError {
    UsageError(
      "`\(key)` is no line of a config file", help: "give `--\(key)` on the command line")
  }

  static func origin(_ origin: EffectiveValues.Origin) -> Phrase {
    switch origin {
    case .commandLine: "command line"
    case .file(let name, let line): .verbatim("\(name):\(line)")
    case .byDefault: "default"
    }
  }

  static func saidTwice(_ key: String, _ line: Int) -> UsageError {
    UsageError("`\(key)` is said twice", help: "it stands in line \(line) already")
  }

  static func tooLarge(_ file: String, _ limit: Int) -> UsageError {
    UsageError("`\(file)` is larger than \(limit >> 20) MiB", help: "this is no config file")
  }

  static func unknownKey(_ key: String, _ options: [Option]) -> UsageError {
    UsageError(
      "there is no option `\(key)`",
      help: nearest(to: key, in: options.map(\.key)) ?? "the manual page `writd.conf` has them all")
  }
}
