/// Diagnostics as SARIF 2.1.0: what build servers and editors read.
public import PolicySource

/// One run as a SARIF log.
public struct DiagnosticSARIF {
  /// What is said besides the diagnostics.
  public struct Remark: Sendable {
    /// Whether something was shown to be in order, or is open.
    public enum Kind: String, Sendable { case pass, open }

    /// The rule.
    public let rule: String
    /// What became of it.
    public let kind: Kind
    /// One sentence.
    public let message: Phrase
    /// The place.
    public let range: SourceRange

    /// Makes a remark.
    public init(_ rule: String, _ kind: Kind, _ message: Phrase, at range: SourceRange) {
      (self.rule, self.kind, self.message, self.range) = (rule, kind, message, range)
    }
  }

  private let files: SourceFiles
  private let folder: String
  private let catalog: Catalog

  /// Prepares to render diagnostics of the files below a folder, in a language.
  public init(files: SourceFiles, folder: String, in catalog: Catalog = .english) {
    self.files = files
    self.folder = folder
    self.catalog = catalog
  }

  /// The log: the diagnostics in their order, then the remarks.
  public func render(_ diagnostics: [Diagnostic], _ remarks: [Remark] = []) -> JSONTree {
    let rules = Set(diagnostics.map(\.code.slug) + remarks.map(\.rule)).sorted()
    let results = diagnostics.map { result($0, rules) } + remarks.map { result($0, rules) }
    let driver = JSONTree.object([
      .init("name", .string("writ")),
      .init("rules", .array(rules.map { .object([.init("id", .string($0))]) })),
    ])
    return .object([
      .init("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      .init("version", .string("2.1.0")),
      .init(
        "runs",
        .array([
          .object([
            .init("tool", .object([.init("driver", driver)])),
            .init("columnKind", .string("unicodeCodePoints")),
            .init("results", .array(results)),
          ])
        ])),
    ])
  }

  private func result(_ diagnostic: Diagnostic, _ rules: [String]) -> JSONTree {
    var words = say(diagnostic.message)
    for note in diagnostic.notes where note.range == nil {
      words += "\n" + say(note.message)
      if let text = note.text { words += "\n" + text }
    }
    if let help = diagnostic.help { words += "\n" + say(help) }
    var members: [JSONTree.Member] = rule(diagnostic.code.slug, rules)
    members += [
      .init("level", .string(diagnostic.severity.rawValue)), message(words),
      .init("locations", .array([location(diagnostic.range, nil)])),
    ]
    let places = diagnostic.notes.compactMap { note in
      note.range.map { location($0, say(note.message)) }
    }
    if !places.isEmpty { members.append(.init("relatedLocations", .array(places))) }
    return .object(members)
  }

  private func result(_ remark: Remark, _ rules: [String]) -> JSONTree {
    .object(
      rule(remark.rule, rules) + [
        .init("kind", .string(remark.kind.rawValue)), .init("level", .string("none")),
        message(say(remark.message)), .init("locations", .array([location(remark.range, nil)])),
      ])
  }

  private func rule(_ code: String, _ rules: [String]) -> [JSONTree.Member] {
    let index = rules.firstIndex(of: code) ?? 0
    return [.init("ruleId", .string(code)), .init("ruleIndex", .number(String(index)))]
  }

  private func message(_ words: String) -> JSONTree.Member {
    .init("message", .object([.init("text", .string(words))]))
  }

  private func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }

  private func location(_ range: SourceRange, _ words: String?) -> JSONTree {
    let file = files[range.file]
    let start = file.position(of: Int(range.lower))
    let end = file.position(of: Int(range.upper))
    let region = JSONTree.object([
      .init("startLine", .number(String(start.line))),
      .init("startColumn", .number(String(start.column))),
      .init("endLine", .number(String(end.line))),
      .init("endColumn", .number(String(end.column))),
    ])
    let artifact = JSONTree.object([.init("uri", .string(uri(of: file.name)))])
    let members: [JSONTree.Member] = [
      .init(
        "physicalLocation",
        .object([.init("artifactLocation", artifact), .init("region", region)]))
    ]
    return .object(words.map { members + [message($0)] } ?? members)
  }

  /// The path from where the tool was started, its other characters as `%E5`.
  private func uri(of name: String) -> String {
    let path =
      name.hasPrefix(folder) ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    var text = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      if plain.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }
}
