/// The text of `--help`, from the table.
public import PolicySource

extension CommandSpec {
  /// The text of `writ NAME --help`.
  public func help(in catalog: Catalog) -> String {
    let layout = HelpLayout(catalog)
    let words = [call] + positionals.map(\.usage)
    var text = layout.say(summary) + "\n\n"
    text += layout.say("usage: \(words.joined(separator: " ")) [options]") + "\n"
    var groups = groups.filter { !$0.options.isEmpty }
    if groups.last?.title == nil, let last = groups.popLast() {
      groups.append(OptionGroup(nil, last.options + Option.common))
    } else {
      groups.append(OptionGroup(nil, Option.common))
    }
    let rows = groups.map { ($0.title, $0.options.map { ($0.usage, $0.described) }) }
    let width =
      (positionals.map(\.name.count) + rows.flatMap { $0.1.map(\.0.count) }).max() ?? 0
    var isOpen = false
    if !positionals.isEmpty {
      text += "\n" + layout.table(positionals.map { ($0.name, $0.described) }, width)
      isOpen = true
    }
    for (title, rows) in rows {
      if title != nil || !isOpen { text += "\n" }
      if let title { text += layout.say("\(title):") + "\n" }
      text += layout.table(rows, width)
      isOpen = title == nil
    }
    return text + layout.examples(examples)
  }
}

extension Program {
  /// The text of `--help` for a program: that of its commands in short, or that of its only one.
  public func help(in catalog: Catalog) -> String {
    let layout = HelpLayout(catalog)
    if let only = commands.first, only.name.isEmpty {
      return only.help(in: catalog) + "\n" + layout.exitCodes(exitCodes) + "\n"
    }
    var text = layout.say(summary) + "\n\n" + layout.say("usage: \(name) COMMAND …") + "\n\n"
    text += layout.table(of: commands, showing: \.name)
    text += "\n"
    text += layout.say(
      "`\(name) COMMAND --help` shows what a command takes; `\(name) --version` the version.")
    text += "\n\n" + layout.exitCodes(exitCodes) + "\n"
    return text + layout.examples(examples)
  }

  /// What the commands that begin with a word are, such as those of `writ log`; nil when there are none.
  public func help(below word: String, in catalog: Catalog) -> String? {
    let found = commands(below: word)
    if found.isEmpty { return nil }
    let layout = HelpLayout(catalog)
    var text = layout.say("usage: \("\(name) \(word)") COMMAND …") + "\n\n"
    text += layout.table(of: found, showing: \.name)
    return text + "\n"
      + layout.say("`\(name) \(word) COMMAND --help` shows what a command takes.") + "\n"
  }
}

extension Positional {
  /// The help with the default, if it is more than nothing.
  var described: Phrase {
    guard let fallback, !fallback.isEmpty else { return help }
    return "\(help) (default: \(fallback))"
  }
}

extension Option {
  /// The help with the default.
  var described: Phrase { fallback.map { "\(help) (default: \($0))" } ?? help }
}

/// How help is laid out: two columns, the second broken at 100.
struct HelpLayout {
  private static let width = 100
  private let catalog: Catalog

  init(_ catalog: Catalog) { self.catalog = catalog }

  func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }

  func table(of commands: [CommandSpec], showing name: (CommandSpec) -> String) -> String {
    let width = commands.map { name($0).count }.max() ?? 0
    return table(commands.map { (name($0), $0.summary) }, width)
  }

  func table(_ rows: [(String, Phrase)], _ width: Int) -> String {
    var text = ""
    for (left, right) in rows {
      let blanks = String(repeating: " ", count: width - left.count + 2)
      let indent = String(repeating: " ", count: width + 4)
      let lines = Self.broken(say(right), at: Self.width - width - 4)
      text += "  " + left + blanks + lines.joined(separator: "\n" + indent) + "\n"
    }
    return text
  }

  func examples(_ examples: [(line: String, does: Phrase)]) -> String {
    if examples.isEmpty { return "" }
    var text = "\n" + say(examples.count == 1 ? "example:" : "examples:") + "\n"
    for example in examples { text += "  \(example.line)\n      \(say(example.does))\n" }
    return text
  }

  func exitCodes(_ codes: [(code: Int, means: Phrase)]) -> String {
    let rows = codes.map { "\($0.code) \(say($0.means))" }
    let comma = catalog.language == .chinese ? "，" : ", "
    return say("exit codes: \(rows.joined(separator: comma))")
  }

  /// Lines of at most so many columns, broken at blanks and behind full-width marks.
  static func broken(_ text: String, at width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    for piece in pieces(text) {
      let pieceWidth = DisplayWidth.of(piece)
      let isFull = lineWidth + pieceWidth - (piece.hasSuffix(" ") ? 1 : 0) > width
      if isFull, !line.isEmpty {
        lines.append(line)
        (line, lineWidth) = ("", 0)
      }
      line += piece
      lineWidth += pieceWidth
    }
    lines.append(line)
    return lines.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }
  }

  /// The text cut behind every place where a line may end; what stands in backticks stays whole.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var isQuoted = false
    for letter in text {
      piece.append(letter)
      if letter == "`" { isQuoted.toggle() }
      if !isQuoted, " ，；。：、）".contains(letter) {
        pieces.append(piece)
        piece = ""
      }
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }
}
