/// Sentences of the report: templates in two languages, whose parts know what they are and where they lead.
public import PolicySource

/// Words with a template, as `Phrase`; a part may be the name of something and a link to its place on the page.
public struct Prose: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// What stands in a place of the template.
  enum Part: Sendable, Hashable {
    /// Words that are ours nowhere: of the user, numbers.
    case text(String)
    /// The name of a fact, a step, a decision; with the identifier of its place when it has one.
    case name(String, anchor: String?)
    /// An amount, a number, a day: never broken over lines.
    case value(String)
    /// A code or an identifier as it is written in a policy.
    case code(String)
    /// Other words of ours.
    case prose(Prose)
    /// Words of another stage.
    case phrase(Phrase)
  }

  /// The English words, with `{1}`, `{2}` … for the parts.
  let template: String
  let parts: [Part]

  init(template: String, parts: [Part]) {
    self.template = template
    self.parts = parts
  }

  private init(_ part: Part) { self.init(template: "{1}", parts: [part]) }

  /// Words without places.
  public init(stringLiteral value: String) { self.init(template: value, parts: []) }

  /// Words with places.
  public init(stringInterpolation: StringInterpolation) {
    self.init(template: stringInterpolation.template, parts: stringInterpolation.parts)
  }

  /// Words that are the same in every language.
  static func text(_ text: String) -> Prose { Prose(.text(text)) }
  /// A name, and where it leads.
  static func name(_ text: String, anchor: String? = nil) -> Prose {
    Prose(.name(text, anchor: anchor))
  }
  /// An amount, a number, a day.
  static func value(_ text: String) -> Prose { Prose(.value(text)) }
  /// A code or an identifier.
  static func code(_ text: String) -> Prose { Prose(.code(text)) }
  /// Words of another stage.
  public static func phrase(_ phrase: Phrase) -> Prose { Prose(.phrase(phrase)) }

  /// What a literal with places is read into.
  public struct StringInterpolation: StringInterpolationProtocol {
    var template = ""
    var parts: [Part] = []

    /// Room for a literal.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Words of ours.
    public mutating func appendLiteral(_ literal: String) { template += literal }
    /// Words of the user.
    public mutating func appendInterpolation(_ text: String) { add(.text(text)) }
    /// A number.
    public mutating func appendInterpolation(_ number: Int) { add(.value(String(number))) }
    /// Other words of ours.
    public mutating func appendInterpolation(_ prose: Prose) { add(.prose(prose)) }
    /// Words of another stage.
    public mutating func appendInterpolation(_ phrase: Phrase) { add(.phrase(phrase)) }

    private mutating func add(_ part: Part) {
      parts.append(part)
      template += "{\(parts.count)}"
    }
  }
}

extension Prose {
  /// A piece of the sentence once the language is chosen.
  private enum Kind { case words, name(String?), value, code }

  /// The sentence as a text.
  func plain(in catalog: Catalog) -> String { pieces(in: catalog).map(\.text).joined() }

  /// The sentence as markup; the first letter of a sentence is a capital.
  func markup(in catalog: Catalog, capital: Bool = false) -> Markup {
    var pieces = self.pieces(in: catalog)
    if capital, let first = pieces.first, !first.isCode, !Self.beginsWithPath(first.text) {
      pieces[0].text = first.text.prefix(1).uppercased() + first.text.dropFirst()
    }
    return pieces.map { piece -> Markup in
      switch piece.kind {
      case .words: Self.withCode(piece.text)
      case .name(nil): "<span class=\"n\">\(piece.text)</span>"
      case .name(let anchor?): "<a class=\"n\" href=\"#\(anchor)\">\(piece.text)</a>"
      case .value: "<span class=\"v\">\(piece.text)</span>"
      case .code: "<code>\(piece.text)</code>"
      }
    }.joined()
  }

  /// Whether the first word is an identifier as it stands in a policy: `claim.amount`.
  private static func beginsWithPath(_ text: String) -> Bool {
    let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
    return word.dropLast().contains { $0 == "." || $0 == "_" }
  }

  /// Words in backticks are code.
  private static func withCode(_ text: String) -> Markup {
    guard text.contains("`") else { return Markup(text: text) }
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part -> Markup in
      index.isMultiple(of: 2) || index == parts.count - 1
        ? Markup(text: String(part)) : "<code>\(String(part))</code>"
    }.joined()
  }

  private struct Piece {
    var text: String
    var kind: Kind
    var isCode: Bool { if case .code = kind { true } else { false } }
  }

  private func pieces(in catalog: Catalog) -> [Piece] {
    var result: [Piece] = []
    func append(_ piece: Piece) {
      guard !piece.text.isEmpty else { return }
      var piece = piece
      if catalog.language == .chinese, let last = result.last,
        Spacing.isNeeded(between: last.text, and: piece.text)
      {
        if case .words = piece.kind {
          piece.text = " " + piece.text
        } else {
          result.append(Piece(text: " ", kind: .words))
        }
      }
      result.append(piece)
    }
    var rest = Substring(catalog.template(for: template))
    while let brace = rest.firstIndex(of: "{") {
      append(Piece(text: String(rest[..<brace]), kind: .words))
      let digits = rest[rest.index(after: brace)...].prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(digits), parts.indices.contains(number - 1),
        digits.endIndex < rest.endIndex, rest[digits.endIndex] == "}"
      else {
        append(Piece(text: "{", kind: .words))
        rest = rest[rest.index(after: brace)...]
        continue
      }
      switch parts[number - 1] {
      case .text(let text): append(Piece(text: text, kind: .words))
      case .name(let text, let anchor): append(Piece(text: text, kind: .name(anchor)))
      case .value(let text): append(Piece(text: text, kind: .value))
      case .code(let text): append(Piece(text: text, kind: .code))
      case .prose(let prose): prose.pieces(in: catalog).forEach(append)
      case .phrase(let phrase): append(Piece(text: phrase.text(in: catalog), kind: .words))
      }
      rest = rest[rest.index(after: digits.endIndex)...]
    }
    append(Piece(text: String(rest), kind: .words))
    return result
  }
}

extension [Prose] {
  /// `a, b and c`.
  var and: Prose { joined(ProseMessages.and) }
  /// `a, b or c`.
  var or: Prose { joined(ProseMessages.or) }
  /// The same of conditions.
  var both: Prose { joined(ProseMessages.andApart, ProseMessages.semicolon) }
  /// The same of conditions.
  var either: Prose { joined(ProseMessages.orApart, ProseMessages.semicolon) }
  /// `a; b; c`.
  var apart: Prose {
    dropFirst().reduce(first ?? "") { ProseMessages.semicolon($0, $1) }
  }

  private func joined(
    _ last: (Prose, Prose) -> Prose, _ next: (Prose, Prose) -> Prose = ProseMessages.comma
  ) -> Prose {
    guard let first else { return "" }
    return dropFirst().enumerated().reduce(first) { joined, item in
      item.offset == count - 2 ? last(joined, item.element) : next(joined, item.element)
    }
  }
}
