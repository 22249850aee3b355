/// Text in the spelling of roff, which `man` reads.
internal import PolicySource

/// A page of the manual while it is written.
struct Roff {
  private let catalog: Catalog
  private(set) var text: String

  /// Begins a page: its name, section and version.
  init(_ name: String, section: Int, in catalog: Catalog) {
    self.catalog = catalog
    let source = "Writ " + Product.version
    text = ".TH \"\(Self.code(name.uppercased()))\" \"\(section)\" \"\" \"\(source)\"\n"
    // No hyphens in words, and lines that end unevenly: names of options stay whole.
    text += ".nh\n.ad l\n"
  }

  mutating func section(_ title: Phrase) { text += ".SH \(say(title))\n" }

  mutating func subsection(_ title: Phrase) { text += ".SS \(say(title))\n" }

  /// A paragraph.
  mutating func paragraph(_ words: Phrase) { text += ".PP\n" + line(say(words)) }

  /// A paragraph that is a line to type.
  mutating func synopsis(_ line: String) { text += ".PP\n" + Self.usage(line) + "\n" }

  /// A term, and beneath it what it is.
  mutating func item(_ term: String, _ words: Phrase...) {
    text += ".TP\n" + Self.usage(term) + "\n"
    for (index, words) in words.filter({ !$0.isEmpty }).enumerated() {
      if index > 0 { text += ".br\n" }
      text += line(say(words))
    }
  }

  /// Lines that stay as they are.
  mutating func lines(_ lines: [String]) {
    text += ".PP\n.nf\n.RS 4\n" + lines.map { Self.guarded(Self.code($0)) + "\n" }.joined()
    text += ".RE\n.fi\n"
  }

  /// A command to paste, and what it does.
  mutating func example(_ command: String, _ words: Phrase) {
    text += ".PP\n.nf\n.RS 4\n" + Self.guarded("\\fB" + Self.code(command) + "\\fR")
    text += "\n.RE\n.fi\n.RS 8\n" + line(say(words)) + ".RE\n"
  }

  /// The name and purpose of the page, in the form that `apropos` reads.
  mutating func name(_ name: String, _ summary: Phrase) {
    var words = say(summary)
    if words.hasSuffix(".") || words.hasSuffix("。") { words.removeLast() }
    text += Self.code(name) + " \\- " + Self.prose(words.prefix(1).lowercased() + words.dropFirst())
    text += "\n"
  }

  private func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }

  private func line(_ words: String) -> String { Self.guarded(Self.prose(words)) + "\n" }

  /// Words, where what stands in backticks is bold.
  static func prose(_ words: String) -> String {
    var result = ""
    for (index, piece) in words.split(separator: "`", omittingEmptySubsequences: false).enumerated()
    {
      let isCode = index % 2 == 1
      result += isCode ? "\\fB" + code(String(piece)) + "\\fR" : escaped(String(piece))
    }
    return result
  }

  /// What is typed as it stands: its hyphens are minus signs.
  static func code(_ text: String) -> String { escaped(text).replacing("-", with: "\\-") }

  /// A line of usage: bold is typed as it stands, capitals stand for something and are slanted.
  private static func usage(_ line: String) -> String {
    let words = line.split(separator: " ").map { word in
      let isName = word.contains { $0.isUppercase } && !word.hasPrefix("-")
      return (isName ? "\\fI" : "\\fB") + code(String(word)) + "\\fR"
    }
    return guarded(words.joined(separator: " "))
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("'", with: "\\(aq")
  }

  /// A line that begins with a dot would be an order to roff.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") ? "\\&" + line : line
  }
}
