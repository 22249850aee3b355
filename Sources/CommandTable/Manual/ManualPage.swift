/// Pages of the manual, from the table.
public import PolicySource

extension Program {
  /// The page of the program, as `man` reads it.
  public func manual(in catalog: Catalog) -> String {
    var page = Roff(name, section: section, in: catalog)
    page.section("NAME")
    page.name(name, summary)
    page.section("SYNOPSIS")
    if let only = commands.first, only.name.isEmpty {
      page.synopsis(only.usage)
      page.section("OPTIONS")
      page.options(of: only)
      page.examples(only.examples)
    } else {
      page.synopsis("\(name) COMMAND [options]")
      page.section("COMMANDS")
      for command in commands {
        page.subsection(.verbatim(Roff.code(command.call)))
        page.paragraph(command.summary)
        page.synopsis(command.usage)
        page.options(of: command)
        for example in command.examples { page.example(example.line, example.does) }
      }
      page.section("OPTIONS")
      for option in options { page.option(option) }
      page.examples(examples)
    }
    page.section("EXIT STATUS")
    for (code, means) in exitCodes { page.item("\(code)", means) }
    page.rest(self)
    return page.text
  }
}

extension Roff {
  fileprivate mutating func options(of command: CommandSpec) {
    for positional in command.positionals {
      item(positional.name, positional.described, bounds(positional.value))
    }
    for group in command.groups where !group.options.isEmpty {
      if let title = group.title { subsection(title) }
      for option in group.options { self.option(option) }
    }
    if !command.name.isEmpty { return }
    for option in Option.common { self.option(option) }
  }

  mutating func option(_ option: Option) {
    item(option.usage, option.described, bounds(option.value), repeats(option))
  }

  fileprivate mutating func examples(_ examples: [(line: String, does: Phrase)]) {
    if examples.isEmpty { return }
    section("EXAMPLES")
    for example in examples { self.example(example.line, example.does) }
  }

  /// Variables, files and other pages.
  fileprivate mutating func rest(_ program: Program) {
    if !program.environment.isEmpty {
      section("ENVIRONMENT")
      for (name, does) in program.environment { item(name, does) }
    }
    if !program.files.isEmpty {
      section("FILES")
      for (path, holds) in program.files { item(path, holds) }
    }
    related(program.related)
  }

  mutating func related(_ pages: [String]) {
    if pages.isEmpty { return }
    section("SEE ALSO")
    paragraph(.verbatim(pages.map { "`\($0)`" }.joined(separator: ", ")))
  }

  func bounds(_ value: Operand?) -> Phrase { value.flatMap(CommandWords.bounds) ?? "" }

  private func repeats(_ option: Option) -> Phrase {
    option.repeats ? "may be given several times" : ""
  }
}

extension CommandSpec {
  /// The line of usage.
  var usage: String { ([call] + positionals.map(\.usage)).joined(separator: " ") + " [options]" }
}

/// A config file that a page of the manual describes.
public struct ConfigFormat: Sendable {
  /// The name of the page: `writd.conf`.
  public let name: String
  /// One sentence.
  public let summary: Phrase
  /// Paragraphs on how it is written and when it is read.
  public let rules: [Phrase]
  /// What it may hold.
  public let groups: [OptionGroup]
  /// Lines of an example.
  public let example: [String]
  /// Pages of the manual.
  public let related: [String]

  /// Describes a config file.
  public init(
    name: String, summary: Phrase, rules: [Phrase], groups: [OptionGroup], example: [String],
    related: [String]
  ) {
    self.name = name
    self.summary = summary
    self.rules = rules
    self.groups = groups
    self.example = example
    self.related = related
  }

  /// The page, as `man` reads it.
  public func manual(in catalog: Catalog) -> String {
    var page = Roff(name, section: 5, in: catalog)
    page.section("NAME")
    page.name(name, summary)
    page.section("DESCRIPTION")
    for rule in rules { page.paragraph(rule) }
    page.section("OPTIONS")
    for group in groups {
      if let title = group.title { page.subsection(title) }
      for option in group.options {
        page.item(
          "\(option.key) = \(option.value?.name ?? "")", option.described,
          page.bounds(option.value), option.repeats ? "may stand in several lines" : "")
      }
    }
    page.section("EXAMPLES")
    page.lines(example)
    page.related(related)
    return page.text
  }
}
