/// A sentence for people that can be said in several languages: a template and what stands in its places.

/// Words for people, written in English where they arise and translated where they are shown.
///
/// A literal is a phrase: `"cannot compare \(a) with \(b)"` has the template
/// `cannot compare {1} with {2}`. A catalog knows the template in another language, where the places
/// may stand in another order. A part that is itself a phrase is translated too; a part that is a
/// text stays as it is.
public struct Phrase: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible
{
  /// What stands in a place of the template.
  public enum Part: Hashable, Sendable {
    /// Words of the user, a number, a name: the same in every language.
    case text(String)
    /// Words of ours.
    case phrase(Phrase)
  }

  /// The English words, with `{1}`, `{2}` … for the parts.
  public var template: String { content.template }
  /// What stands in the places, the first in `{1}`.
  public var parts: [Part] { content.parts }

  /// Template and parts behind one reference: phrases stand in every frame of the parser's recursion.
  private final class Content: Sendable {
    let template: String
    let parts: [Part]

    init(_ template: String, _ parts: [Part]) {
      self.template = template
      self.parts = parts
    }
  }

  private let content: Content

  /// A phrase of a template and its parts.
  public init(template: String, parts: [Part]) { content = Content(template, parts) }

  /// Whether both say the same.
  public static func == (first: Phrase, second: Phrase) -> Bool {
    first.content === second.content
      || first.template == second.template && first.parts == second.parts
  }

  /// Hashes what is said.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(template)
    hasher.combine(parts)
  }

  /// Words without places.
  public init(stringLiteral value: String) { self.init(template: value, parts: []) }

  /// Words with places.
  public init(stringInterpolation: StringInterpolation) {
    self.init(template: stringInterpolation.template, parts: stringInterpolation.parts)
  }

  /// Words that are the same in every language, such as a name of the user.
  public static func verbatim(_ text: String) -> Phrase {
    Phrase(template: "{1}", parts: [.text(text)])
  }

  /// The words in English.
  public var description: String { text(in: .english) }

  /// Whether nothing is said.
  public var isEmpty: Bool { template.isEmpty }

  /// The template without the blanks that it begins with: they set lines in, and are no words.
  public var words: Substring { template.drop { $0 == " " } }

  /// The words in the language of a catalog; a template that it does not know stays English.
  public func text(in catalog: Catalog) -> String {
    let known = words
    let translated = catalog.template(for: String(known))
    var result = Spacing.opensWithWideMark(translated) ? "" : template[..<known.startIndex]
    var rest = Substring(translated)
    var isQuoted = false
    func append(_ piece: some StringProtocol) {
      if catalog.spaces {
        if !isQuoted, Spacing.isNeeded(between: result, and: piece) { result += " " }
        if !piece.utf8.count(where: { $0 == 0x60 }).isMultiple(of: 2) { isQuoted.toggle() }
      }
      result += piece
    }
    while let brace = rest.firstIndex(of: "{") {
      append(rest[..<brace])
      let digits = rest[rest.index(after: brace)...].prefix { $0.isASCII && $0.isNumber }
      if let number = Int(digits), parts.indices.contains(number - 1),
        digits.endIndex < rest.endIndex, rest[digits.endIndex] == "}"
      {
        switch parts[number - 1] {
        case .text(let text): append(text)
        case .phrase(let phrase): append(phrase.text(in: catalog))
        }
        rest = rest[rest.index(after: digits.endIndex)...]
      } else {
        result.append("{")
        rest = rest[rest.index(after: brace)...]
      }
    }
    append(rest)
    return String(result)
  }

  /// Two phrases one behind the other; the whole is one template.
  public static func + (first: Phrase, second: Phrase) -> Phrase {
    var joined = StringInterpolation(literalCapacity: 0, interpolationCount: 0)
    joined.append(first)
    joined.append(second)
    return Phrase(stringInterpolation: joined)
  }

  /// Collects the template and the parts of a literal.
  public struct StringInterpolation: StringInterpolationProtocol, Sendable {
    var template = ""
    var parts: [Part] = []

    /// Starts with nothing.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Words of ours.
    public mutating func appendLiteral(_ literal: String) { template += literal }

    /// Words of the user.
    public mutating func appendInterpolation(_ text: String) { place(.text(text)) }

    /// Words of ours, translated on their own.
    public mutating func appendInterpolation(_ phrase: Phrase) { place(.phrase(phrase)) }

    /// A number, or a thing with a name.
    public mutating func appendInterpolation(_ thing: some CustomStringConvertible) {
      place(.text(thing.description))
    }

    /// A word of the language, such as the kind of a decision.
    public mutating func appendInterpolation<Word: RawRepresentable>(_ word: Word)
    where Word.RawValue == String { place(.text(word.rawValue)) }

    private mutating func place(_ part: Part) {
      parts.append(part)
      template += "{\(parts.count)}"
    }

    /// Appends a whole phrase with its places renumbered.
    fileprivate mutating func append(_ phrase: Phrase) {
      let offset = parts.count
      var words = phrase.template
      for number in phrase.parts.indices.reversed() {
        words = words.replacing("{\(number + 1)}", with: "{\(number + 1 + offset)}")
      }
      template += words
      parts += phrase.parts
    }
  }
}
