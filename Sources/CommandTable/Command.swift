/// Commands and programs: what they take, and what is said about them.
public import PolicySource

/// A word of a command without dashes.
public struct Positional: Sendable {
  /// In capitals: `SET`.
  public let name: String
  /// What may stand there; nil for a path.
  public let value: Operand?
  /// One sentence.
  public let help: Phrase
  /// What is taken when it is left out, empty for nothing; nil when it must be given.
  public let fallback: String?
  /// Whether several words may stand there.
  public let takesMany: Bool

  /// Describes a word.
  public init(
    name: String, value: Operand? = nil, help: Phrase, fallback: String?,
    takesMany: Bool = false
  ) {
    self.name = name
    self.value = value
    self.help = help
    self.fallback = fallback
    self.takesMany = takesMany
  }

  /// How it stands in a line of usage.
  var usage: String {
    let name = takesMany ? name + "…" : name
    return fallback == nil ? name : "[\(name)]"
  }
}

/// Options that belong together, under a title.
public struct OptionGroup: Sendable {
  /// Such as `limits`; nil for options that stand without a title.
  public let title: Phrase?
  /// In the order of the help.
  public let options: [Option]

  /// Groups options.
  public init(_ title: Phrase?, _ options: [Option]) {
    self.title = title
    self.options = options
  }
}

/// What a command takes, and what its help says.
public struct CommandSpec: Sendable {
  /// How it is called: `writ check`, `writ log verify`, `writd`.
  public let call: String
  /// The words behind the program's name: `check`, `log verify`; empty for the program itself.
  public let name: String
  /// One sentence.
  public let summary: Phrase
  /// Words without dashes, in their order.
  public let positionals: [Positional]
  /// The options but those that every command has.
  public let groups: [OptionGroup]
  /// A line to paste, with what it does.
  public let examples: [(line: String, does: Phrase)]

  /// Describes a command of a program.
  public init(
    of program: String = "writ", name: String, summary: Phrase, positionals: [Positional] = [],
    options: [Option], examples: [(line: String, does: Phrase)]
  ) {
    self.init(
      of: program, name: name, summary: summary, positionals: positionals,
      groups: [OptionGroup(nil, options)], examples: examples)
  }

  /// Describes a command with its options in groups.
  public init(
    of program: String, name: String = "", summary: Phrase, positionals: [Positional] = [],
    groups: [OptionGroup], examples: [(line: String, does: Phrase)]
  ) {
    call = name.isEmpty ? program : program + " " + name
    self.name = name
    self.summary = summary
    self.positionals = positionals
    self.groups = groups
    self.examples = examples
  }

  /// Every option, also those that every command has.
  public var options: [Option] { groups.flatMap(\.options) + Option.common }
}

/// A program: what all its commands share.
public struct Program: Sendable {
  /// The name of its file.
  public let name: String
  /// The section of the manual: 1 for tools, 8 for daemons.
  public let section: Int
  /// One sentence.
  public let summary: Phrase
  /// Its commands; a program without commands has one, whose name is empty.
  public let commands: [CommandSpec]
  /// What it takes without a command, for programs that have commands.
  public let options: [Option]
  /// A line to paste, with what it does.
  public let examples: [(line: String, does: Phrase)]
  /// What the shell is told in the end, and what that means.
  public let exitCodes: [(code: Int, means: Phrase)]
  /// Variables of the environment, and what they do.
  public let environment: [(name: String, does: Phrase)]
  /// Files, and what is in them.
  public let files: [(path: String, holds: Phrase)]
  /// Pages of the manual, such as `writd(8)`.
  public let related: [String]

  /// Describes a program.
  public init(
    name: String, section: Int, summary: Phrase, commands: [CommandSpec], options: [Option] = [],
    examples: [(line: String, does: Phrase)] = [], exitCodes: [(code: Int, means: Phrase)],
    environment: [(name: String, does: Phrase)] = [], files: [(path: String, holds: Phrase)] = [],
    related: [String] = []
  ) {
    self.name = name
    self.section = section
    self.summary = summary
    self.commands = commands
    self.options = options
    self.examples = examples
    self.exitCodes = exitCodes
    self.environment = environment
    self.files = files
    self.related = related
  }

  /// The command that some words begin with, the one of most words, and what stands behind its name.
  public func command(of words: [String]) -> (spec: CommandSpec, rest: [String])? {
    var best: (spec: CommandSpec, rest: [String])?
    for spec in commands {
      let name = spec.name.split(separator: " ").map(String.init)
      guard words.starts(with: name) else { continue }
      if let best, best.rest.count <= words.count - name.count { continue }
      best = (spec, Array(words.dropFirst(name.count)))
    }
    return best
  }

  /// The commands whose names begin with a word, such as those of `log`.
  public func commands(below word: String) -> [CommandSpec] {
    commands.filter { $0.name.hasPrefix(word + " ") }
  }
}

/// The version of all that is built here; the tools, the pages of the manual and the package tell it.
public enum Product {
  /// Three numbers.
  public static let version = "0.1.0"
}
