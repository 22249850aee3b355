/// The grammar page as rules: a reader of EBNF that knows `list(x)` and `lines(x)` beside the usual forms.
import Foundation
import TestSupport

/// The right-hand side of a production.
indirect enum EBNF: Sendable {
  case terminal(String)
  case name(String)
  case special(String)
  case sequence([EBNF])
  case choice([EBNF])
  case optional(EBNF)
  case repeated(EBNF)
  /// `list(x)`, or with `commas` false `lines(x)`.
  case list(EBNF, commas: Bool)

  /// The terminals in it.
  var terminals: [String] {
    switch self {
    case .terminal(let word): [word]
    case .name, .special: []
    case .sequence(let parts), .choice(let parts): parts.flatMap(\.terminals)
    case .optional(let part), .repeated(let part), .list(let part, _): part.terminals
    }
  }

  /// The productions that it names.
  var names: [String] {
    switch self {
    case .name(let name): [name]
    case .terminal, .special: []
    case .sequence(let parts), .choice(let parts): parts.flatMap(\.names)
    case .optional(let part), .repeated(let part), .list(let part, _): part.names
    }
  }
}

/// What is wrong with the page.
struct GrammarMistake: Error, CustomStringConvertible {
  let description: String
}

/// The productions of the page.
struct GrammarPage: Sendable {
  private(set) var rules: [String: EBNF] = [:]

  init() throws {
    let path = "Sources/PolicyEngine/PolicyEngine.docc/Grammar.md"
    for fence in try Pages.fences(of: path) where fence.language == "ebnf" {
      var reader = EBNFReader(fence.body)
      for (name, rule) in try reader.productions() {
        guard rules.updateValue(rule, forKey: name) == nil else {
          throw GrammarMistake(description: "\(name) is defined twice")
        }
      }
    }
  }

  subscript(name: String) -> EBNF { rules[name] ?? .choice([]) }

  /// Whether a name is that of a token.
  static func isToken(_ name: String) -> Bool { name.allSatisfy(\.isUppercase) }

  /// The words in quotes of the productions that are no tokens.
  var keywords: Set<String> {
    let words = rules.filter { !Self.isToken($0.key) && !Self.isLexical($0.key) }
      .flatMap(\.value.terminals)
    return Set(words.filter { $0.first?.isLetter == true })
  }

  private static let lexical: Set<String> = [
    "digits", "digit", "capital", "letter", "escape", "plain", "hole", "character", "grouped",
    "short",
    "midnight", "blanks",
  ]
  private static func isLexical(_ name: String) -> Bool { lexical.contains(name) }

  // MARK: Tokens as regular expressions

  /// What is said in words, as a class of characters.
  private static let hidden = "\\p{Cf}\\p{Zl}\\p{Zp}\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F"
  private static let specials: [String: String] = [
    "0 to 9": "[0-9]", "A to Z": "[A-Z]",
    "a letter of any script, or _": "[\\p{ID_Start}\\p{Mn}\\p{Mc}_]",
    "a backslash with a quote, a backslash or n behind it": "\\\\[\"\\\\n]",
    "a visible character other than a quote, a brace and a backslash":
      "[^\"{}\\\\\\n\(hidden)]",
    "an expression without quotes and braces": "[^\"{}\\n\(hidden)]+",
    "a visible character": "[^\\n\(hidden)]",
  ]

  /// A production as a regular expression; those of tokens do not contain themselves.
  func pattern(_ name: String) throws -> String { try pattern(self[name], of: name) }

  private func pattern(_ rule: EBNF, of name: String) throws -> String {
    switch rule {
    case .terminal(let word): return NSRegularExpression.escapedPattern(for: word)
    case .name(let other): return try pattern(self[other], of: other)
    case .special(let words):
      guard let pattern = Self.specials[words] else {
        throw GrammarMistake(description: "\(name): nothing is known of “\(words)”")
      }
      return pattern
    case .sequence(let parts): return try parts.map { try pattern($0, of: name) }.joined()
    case .choice(let parts):
      // The longest mark first, as a lexer reads.
      let longest = parts.sorted {
        ($0.terminals.first ?? "").count > ($1.terminals.first ?? "").count
      }
      let isMarks = parts.allSatisfy { if case .terminal = $0 { true } else { false } }
      let all = try (isMarks ? longest : parts).map { try pattern($0, of: name) }
      return "(?:" + all.joined(separator: "|") + ")"
    case .optional(let part): return "(?:" + (try pattern(part, of: name)) + ")?"
    case .repeated(let part): return "(?:" + (try pattern(part, of: name)) + ")*"
    case .list: throw GrammarMistake(description: "\(name): a list in a token")
    }
  }
}

/// Reads EBNF.
private struct EBNFReader {
  private var words: [String] = []
  private var at = 0

  init(_ text: String) {
    let token = /"[^"]*"|'[^']*'|\?[^?\n]+\?|[A-Za-z_]+\(?|[=;|\[\]{}()]/
    words = text.matches(of: token).map { String($0.0) }
  }

  private var word: String { at < words.count ? words[at] : ";" }

  private mutating func take(_ wanted: String) throws {
    guard word == wanted else {
      throw GrammarMistake(description: "expected \(wanted), found \(word) at \(at)")
    }
    at += 1
  }

  mutating func productions() throws -> [(String, EBNF)] {
    var result: [(String, EBNF)] = []
    while at < words.count {
      let name = word
      at += 1
      try take("=")
      result.append((name, try choice()))
      try take(";")
    }
    return result
  }

  private mutating func choice() throws -> EBNF {
    var parts = [try sequence()]
    while word == "|" {
      at += 1
      parts.append(try sequence())
    }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence() throws -> EBNF {
    var parts: [EBNF] = []
    while !["|", ";", "]", "}", ")"].contains(word) { parts.append(try item()) }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func item() throws -> EBNF {
    let first = word
    at += 1
    switch first {
    case "[": return .optional(try closed("]"))
    case "{": return .repeated(try closed("}"))
    case "(": return try closed(")")
    case "list(": return .list(try closed(")"), commas: true)
    case "lines(": return .list(try closed(")"), commas: false)
    case let text where text.hasPrefix("\"") || text.hasPrefix("'"):
      return .terminal(String(text.dropFirst().dropLast()))
    case let text where text.hasPrefix("?"):
      return .special(text.dropFirst().dropLast().trimmingCharacters(in: .whitespaces))
    default: return .name(first)
    }
  }

  private mutating func closed(_ mark: String) throws -> EBNF {
    let inner = try choice()
    try take(mark)
    return inner
  }
}
