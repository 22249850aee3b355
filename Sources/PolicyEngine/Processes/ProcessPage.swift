/// The coverage of a register as people and programs read it: text, a page in Markdown, JSON.
public import PolicySource

extension ProcessCoverage {
  /// What is not decided, a process a line, and a summary.
  public func text(in catalog: Catalog) -> String {
    func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }
    var text = ""
    for entry in entries where entry.status != .decided {
      let remark: Phrase =
        entry.status == .missing
        ? "no policy decides it" : "no sample case has an answer of it"
      text += "\(entry.process.id)  \(entry.process.title): \(say(remark))\n"
    }
    return text + say(summary) + "\n"
  }

  private var summary: Phrase {
    let lacking = entries.count - decided
    return lacking == 0
      ? "\(entries.count) processes, all of them decided"
      : "\(entries.count) processes: \(decided) decided, \(lacking) not"
  }

  /// The whole coverage as a page in Markdown, a table for each area.
  public func markdown(in catalog: Catalog) -> String {
    func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }
    var text = "# \(say("Processes and the policies that decide them"))\n\n\(say(summary))\n"
    let heads: [Phrase] = [
      "process", "title", "written in the source", "policy", "decisions", "clauses", "cases",
    ]
    var area: String?
    for entry in entries {
      if area != entry.process.area {
        area = entry.process.area
        if !entry.process.area.isEmpty { text += "\n## \(Self.cell(entry.process.area))\n" }
        text += "\n| \(heads.map(say).joined(separator: " | ")) |\n"
        text += "|---|---|---|---|---|--:|--:|\n"
      }
      text += "| \(cells(of: entry, in: catalog).joined(separator: " | ")) |\n"
    }
    return text
  }

  private func cells(of entry: Entry, in catalog: Catalog) -> [String] {
    let process = entry.process
    let missing = Phrase("missing").text(in: catalog)
    let files = entry.parts.map { "`\($0.file)`" }.joined(separator: "<br>")
    let decisions = entry.parts.flatMap(\.decisions).map { "`\($0)`" }.joined(separator: "<br>")
    return [
      Self.cell(process.id), Self.cell(process.title), process.evidence?.rawValue ?? "",
      entry.parts.isEmpty ? "**\(missing)**" : files, decisions,
      String(entry.parts.reduce(0) { $0 + $1.clauses }),
      entry.status == .withoutCase ? "**\(entry.cases)**" : String(entry.cases),
    ]
  }

  /// Text that may stand in a cell of a table.
  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

  /// The coverage as one JSON document.
  public var json: JSONTree {
    .object([
      .init("processes", .array(entries.map(Self.tree))),
      .init("decided", .number(String(decided))),
      .init("all", .number(String(entries.count))),
    ])
  }

  private static func tree(_ entry: Entry) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("id", .string(entry.process.id)), .init("title", .string(entry.process.title)),
    ]
    if !entry.process.area.isEmpty { members.append(.init("area", .string(entry.process.area))) }
    if let evidence = entry.process.evidence {
      members.append(.init("evidence", .string(evidence.rawValue)))
    }
    members += [
      .init("status", .string(entry.status.rawValue)),
      .init(
        "policies",
        .array(
          entry.parts.map { part in
            .object([
              .init("name", .string(part.policy)), .init("file", .string(part.file)),
              .init("decisions", .array(part.decisions.map(JSONTree.string))),
              .init("clauses", .number(String(part.clauses))),
            ])
          })),
      .init("cases", .number(String(entry.cases))),
      .init("answered", .number(String(entry.answered))),
    ]
    return .object(members)
  }
}
