/// Options: their names, what stands behind them, and what they are for.
public import PolicySource

/// An option of a command, with its one description.
public struct Option: Sendable {
  /// With its dashes: `--format`.
  public let name: String
  /// What stands behind it; nil for a switch.
  public let value: Operand?
  /// What holds when it is not given, as one would write it; the help shows it.
  public let fallback: String?
  /// Whether it may be given several times.
  public let repeats: Bool
  /// One sentence.
  public let help: Phrase

  /// Describes an option.
  public init(
    name: String, value: Operand?, default fallback: String? = nil, repeats: Bool = false,
    help: Phrase
  ) {
    self.name = name
    self.value = value
    self.fallback = fallback
    self.repeats = repeats
    self.help = help
  }

  /// Its name in a config file: without dashes.
  public var key: String { String(name.drop { $0 == "-" }) }

  /// How it is written: `--format json|text`.
  public var usage: String {
    switch value {
    case nil, .yesNo: name
    case let value?: name + " " + value.name
    }
  }

  /// A switch that every command has.
  public static let help = Option(name: "--help", value: nil, help: "show this help")

  /// The language of all that the tool says.
  public static let language = Option(
    name: "--lang", value: .choice(Language.allCases.map(\.rawValue)),
    help: "English or Chinese (default: what `LANG` says)")

  /// What every command takes.
  public static let common = [language, help]
}

/// What may stand behind an option.
public enum Operand: Sendable, ExpressibleByStringLiteral {
  /// Any text, under a name in capitals.
  case text(String)
  /// The path of a file.
  case file(String)
  /// The path of a folder.
  case folder(String)
  /// One of some words; the words themselves are the name unless one is given.
  case choice([String], named: String? = nil)
  /// A whole number.
  case number(String, ClosedRange<Int>)
  /// Bytes: a whole number, also as `64KiB`, `16MiB` or `2GiB`.
  case bytes(ClosedRange<Int>)
  /// Whole seconds.
  case seconds(ClosedRange<Int>)
  /// `yes` or `no`; the option alone means yes, `--watch=no` takes back what a config file says.
  case yesNo

  /// Any text.
  public init(stringLiteral name: String) { self = .text(name) }

  /// What the help calls it.
  public var name: String {
    switch self {
    case .text(let name), .file(let name), .folder(let name), .number(let name, _): name
    case .choice(let words, let name): name ?? words.joined(separator: "|")
    case .bytes: "BYTES"
    case .seconds: "SEC"
    case .yesNo: "yes|no"
    }
  }

  /// The words that may stand there; nil when there are others.
  public var choices: [String]? {
    switch self {
    case .choice(let words, _): words
    case .yesNo: ["yes", "no"]
    default: nil
    }
  }

  /// The range of a number; nil for what is none.
  public var range: ClosedRange<Int>? {
    switch self {
    case .number(_, let range), .bytes(let range), .seconds(let range): range
    default: nil
    }
  }

  /// Reads a value; what complains calls the option by the name that the user wrote.
  public func read(_ text: String, of name: String) throws(UsageError) -> Value {
    if let choices {
      guard choices.contains(text) else { throw CommandWords.notAChoice(text, choices, of: name) }
      return Value(text: text)
    }
    guard let range else {
      guard !text.isEmpty else { throw CommandWords.empty(name, self.name) }
      return Value(text: text)
    }
    guard let number = number(text), range.contains(number) else {
      throw CommandWords.notInRange(text, range, of: name)
    }
    return Value(text: text, number: number)
  }

  private func number(_ text: String) -> Int? {
    guard case .bytes = self else { return Self.digits(text[...]) }
    for (unit, shift) in [("KiB", 10), ("MiB", 20), ("GiB", 30)] where text.hasSuffix(unit) {
      guard let number = Self.digits(text.dropLast(unit.count)), number < 1 << 32 else {
        return nil
      }
      return number << shift
    }
    return Self.digits(text[...])
  }

  /// A number of digits alone: no sign, no blank.
  private static func digits(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}

/// What stood behind an option, read.
public struct Value: Sendable, Hashable {
  /// As it was written.
  public let text: String
  /// The number of `number`, `bytes` and `seconds`; 0 for other kinds.
  public let number: Int

  init(text: String, number: Int = 0) {
    self.text = text
    self.number = number
  }

  /// Seconds in milliseconds.
  public var milliseconds: Int64 { Int64(number) * 1000 }

  /// Whether it is `yes`.
  public var isYes: Bool { text == "yes" }
}

extension Language {
  /// The language of an environment: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set
  /// decides, as POSIX has it.
  public init(of variable: (String) -> String?) {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let locale = names.lazy.compactMap(variable).first { !$0.isEmpty } ?? ""
    self = locale.lowercased().hasPrefix("zh") ? .chinese : .english
  }
}

extension Option {
  /// The language of a command line: the last `--lang` that names one; nil when none does.
  public static func language(of words: [String]) -> Language? {
    var chosen: Language?
    for (index, word) in words.enumerated() {
      if word == "--" { break }
      if word == language.name, words.indices.contains(index + 1) {
        chosen = Language(rawValue: words[index + 1]) ?? chosen
      } else if word.hasPrefix(language.name + "=") {
        chosen = Language(rawValue: String(word.dropFirst(language.name.count + 1))) ?? chosen
      }
    }
    return chosen
  }
}
