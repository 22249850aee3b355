/// Text of an HTML page: a literal is markup as it stands, and whatever is put into it is escaped.

/// A piece of a page.
///
/// A text of a policy can only come in through a place of a literal or `init(text:)`, and both escape it.
public struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// What goes into the file.
  public private(set) var html: String

  /// Nothing.
  public init() { html = "" }

  /// Markup as it stands.
  public init(stringLiteral value: String) { html = value }

  /// Markup with places.
  public init(stringInterpolation: StringInterpolation) { html = stringInterpolation.html }

  /// A text, escaped.
  public init(text: String) { html = Self.escaped(text) }

  /// Whether there is nothing.
  public var isEmpty: Bool { html.isEmpty }

  /// Puts a piece behind it.
  public mutating func append(_ other: Markup) { html += other.html }

  /// Both, one behind the other.
  public static func + (first: Markup, second: Markup) -> Markup {
    var result = first
    result.append(second)
    return result
  }

  /// Puts a piece behind it.
  public static func += (first: inout Markup, second: Markup) { first.append(second) }

  /// A text as it may stand between tags and in quoted attributes; what no page may hold becomes `\u{FFFD}`.
  static func escaped(_ text: String) -> String {
    if !text.unicodeScalars.contains(where: { isSpecial($0.value) }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case let other where isSpecial(other.value): result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// What is escaped, and what is replaced: controls, marks that turn the direction of text, no characters.
  private static func isSpecial(_ value: UInt32) -> Bool {
    switch value {
    case 0x22, 0x26, 0x27, 0x3C, 0x3E: true
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  /// What a literal with places is read into.
  public struct StringInterpolation: StringInterpolationProtocol {
    var html = ""

    /// Room for a literal.
    public init(literalCapacity: Int, interpolationCount: Int) {
      html.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    /// Markup.
    public mutating func appendLiteral(_ literal: String) { html += literal }
    /// A text, escaped.
    public mutating func appendInterpolation(_ text: String) { html += Markup.escaped(text) }
    /// A number.
    public mutating func appendInterpolation(_ number: Int) { html += String(number) }
    /// Markup.
    public mutating func appendInterpolation(_ markup: Markup) { html += markup.html }
  }
}

extension Sequence<Markup> {
  /// All, one behind the other.
  func joined() -> Markup { reduce(into: Markup()) { $0.append($1) } }
}
