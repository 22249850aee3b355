/// Reading a command line by the table.
public import PolicySource

/// A command line, or a config file, that was not understood.
public struct UsageError: Error {
  /// What is wrong.
  public let message: Phrase
  /// What to do about it.
  public let help: Phrase?

  /// Says what is wrong.
  public init(_ message: Phrase, help: Phrase? = nil) {
    self.message = message
    self.help = help
  }
}

/// The words of a command line, sorted into positionals and options.
public struct Arguments: Sendable {
  private var words: [String: [String]] = [:]
  private var given: [String: [Value]] = [:]
  private var switches: Set<String> = []
  private let options: [Option]

  /// Reads the words behind the command's name.
  public init(_ words: [String], for spec: CommandSpec) throws(UsageError) {
    options = spec.options
    var rest = words[...]
    var positionals = spec.positionals[...]
    var optionsEnded = false
    while let word = rest.popFirst() {
      if word == "--", !optionsEnded {
        optionsEnded = true
      } else if !optionsEnded, word.hasPrefix("-"), word != "-" {
        try takeOption(word, &rest, spec)
      } else if let positional = positionals.first {
        if word.isEmpty { throw CommandWords.empty(positional.name, spec) }
        self.words[positional.name, default: []].append(word)
        if !positional.takesMany { positionals.removeFirst() }
      } else {
        throw CommandWords.oneTooMany(word, spec)
      }
    }
    if asksForHelp { return }
    for positional in spec.positionals where self.words[positional.name] == nil {
      guard let fallback = positional.fallback else {
        throw CommandWords.missing(positional.name, spec)
      }
      self.words[positional.name] =
        positional.takesMany ? fallback.split(separator: " ").map(String.init) : [fallback]
    }
    for positional in spec.positionals {
      guard let choices = positional.value?.choices else { continue }
      for word in self.words(positional.name) where !choices.contains(word) {
        throw CommandWords.notAChoice(word, choices, of: positional.name)
      }
    }
  }

  private mutating func takeOption(
    _ word: String, _ rest: inout ArraySlice<String>, _ spec: CommandSpec
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = word == "-h" ? Option.help.name : String(parts[0])
    guard let option = options.first(where: { $0.name == name }) else {
      throw CommandWords.unknownOption(name, spec)
    }
    let inline = parts.count > 1 ? String(parts[1]) : nil
    guard let operand = option.value else {
      if inline != nil { throw CommandWords.takesNoValue(name) }
      switches.insert(name)
      return
    }
    if given[name] != nil, !option.repeats { throw CommandWords.givenTwice(name) }
    var text = inline
    if case .yesNo = operand { text = inline ?? "yes" }
    if text == nil, let next = rest.first, options.contains(where: { $0.name == next }) {
      // Whoever really means a file of that name writes `--output=--quick`.
      throw CommandWords.needsValue(option)
    }
    guard let text = text ?? rest.popFirst() else { throw CommandWords.needsValue(option) }
    given[name, default: []].append(try operand.read(text, of: name))
  }

  /// Whether `--help` was given.
  public var asksForHelp: Bool { switches.contains(Option.help.name) }

  /// The value of an option as it was written, or its default; nil when there is neither.
  public func value(_ name: String) -> String? { values(name).last?.text }

  /// The number behind an option, or its default; nil when there is neither.
  public func number(_ name: String) -> Int? { values(name).last?.number }

  /// The values of an option that may be given several times, or its default.
  public func values(_ name: String) -> [Value] {
    if let values = given[name] { return values }
    guard let option = options.first(where: { $0.name == name }) else { return [] }
    return option.defaults
  }

  /// The values that were given, without the default.
  public func givenValues(_ name: String) -> [Value]? { given[name] }

  /// Whether a switch was given, or an option of yes and no says yes.
  public func has(_ name: String) -> Bool {
    switches.contains(name) || values(name).last?.isYes == true
  }

  /// The word of a positional; the parser has seen to it that there is one.
  public func word(_ name: String) -> String { words(name).first ?? "" }

  /// The words of a positional that takes several.
  public func words(_ name: String) -> [String] { words[name] ?? [] }
}

extension Option {
  /// The default as it would be read; a default that cannot be read is a mistake that a test finds.
  public var defaults: [Value] {
    guard let fallback, let value = try? value?.read(fallback, of: name) else { return [] }
    return [value]
  }
}
