/// Whether a text follows the grammar of the page: all ways to read it are tried at once, so that keywords may be
/// names too; nothing is taken from the parser.
import Foundation

/// A token as the page has it.
struct GrammarToken {
  var text: String
  /// The classes that it belongs to: numbers of literals and of token names.
  var classes: [Int]
  var startsLine: Bool
  /// How many brackets are open where it stands; a closing one counts as inside.
  var depth = 0
}

/// The grammar made ready: rules as nodes, with what each can begin with.
struct GrammarMachine: Sendable {
  enum Node: Sendable {
    case terminal(Int)
    case rule(Int)
    case sequence([Int])
    case choice([Int])
    case optional(Int)
    case repeated(Int)
    case list(Int, commas: Bool)
  }

  private(set) var nodes: [Node] = []
  private(set) var rules: [Int] = []
  private var ruleNumbers: [String: Int] = [:]
  private var classNumbers: [String: Int] = [:]
  private(set) var first: [Set<Int>] = []
  private(set) var nullable: [Bool] = []
  private let scanner: NSRegularExpression
  private let kinds = ["COMMENT", "TEXT", "PATTERN", "DATE", "MONTH", "TIME", "PERCENT", "NUMBER"]
  private let whole: [String: NSRegularExpression]
  private let reserved: Set<String>

  init(_ page: GrammarPage) throws {
    let names = kinds + ["NAME", "MARK"]
    let parts = try names.map { name in
      let isNumber = ["DATE", "MONTH", "TIME", "PERCENT", "NUMBER"].contains(name)
      return "(" + (try page.pattern(name)) + ")" + (isNumber ? "(?![\\p{ID_Continue}])" : "")
    }
    scanner = try NSRegularExpression(pattern: parts.joined(separator: "|"))
    whole = try Dictionary(
      uniqueKeysWithValues: ["TEXT", "LABEL", "PATTERN", "CODE"].map { name in
        (name, try NSRegularExpression(pattern: "^(?:" + page.pattern(name) + ")$"))
      })
    reserved = Set(page["RESERVED"].terminals)
    for name in page.rules.keys.sorted() where !GrammarPage.isToken(name) {
      ruleNumbers[name] = ruleNumbers.count
    }
    rules = Array(repeating: -1, count: ruleNumbers.count)
    for (name, number) in ruleNumbers.sorted(by: { $0.value < $1.value }) {
      rules[number] = try add(page[name])
    }
    prepare()
  }

  private mutating func number(of name: String) -> Int {
    if let known = classNumbers[name] { return known }
    classNumbers[name] = classNumbers.count
    return classNumbers.count - 1
  }

  private mutating func add(_ rule: EBNF) throws -> Int {
    let node: Node
    switch rule {
    case .terminal(let word): node = .terminal(number(of: "'" + word))
    case .name(let name):
      if GrammarPage.isToken(name) {
        node = .terminal(number(of: name))
      } else if let number = ruleNumbers[name] {
        node = .rule(number)
      } else {
        throw GrammarMistake(description: "\(name) is not defined")
      }
    case .special: node = .sequence([])
    case .sequence(let parts): node = .sequence(try addAll(parts))
    case .choice(let parts): node = .choice(try addAll(parts))
    case .optional(let part): node = .optional(try add(part))
    case .repeated(let part): node = .repeated(try add(part))
    case .list(let part, let commas): node = .list(try add(part), commas: commas)
    }
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func addAll(_ parts: [EBNF]) throws -> [Int] {
    var numbers: [Int] = []
    for part in parts { numbers.append(try add(part)) }
    return numbers
  }

  /// What each node can begin with, and whether it can be nothing, until nothing changes any more.
  private mutating func prepare() {
    first = Array(repeating: [], count: nodes.count)
    nullable = Array(repeating: false, count: nodes.count)
    var changed = true
    while changed {
      changed = false
      for index in nodes.indices {
        var (starts, empty): (Set<Int>, Bool)
        switch nodes[index] {
        case .terminal(let number): (starts, empty) = ([number], false)
        case .rule(let number): (starts, empty) = (first[rules[number]], nullable[rules[number]])
        case .sequence(let parts):
          (starts, empty) = ([], true)
          for part in parts where empty {
            starts.formUnion(first[part])
            empty = nullable[part]
          }
        case .choice(let parts):
          starts = parts.reduce(into: []) { $0.formUnion(first[$1]) }
          empty = parts.contains { nullable[$0] }
        case .optional(let part), .repeated(let part), .list(let part, _):
          (starts, empty) = (first[part], true)
        }
        if starts.count != first[index].count || empty != nullable[index] {
          (first[index], nullable[index], changed) = (starts, empty, true)
        }
      }
    }
  }

  // MARK: Tokens

  private func follows(_ name: String, _ text: String) -> Bool {
    let range = NSRange(text.startIndex..., in: text)
    return whole[name]?.firstMatch(in: text, range: range) != nil
  }

  /// The tokens of a text; nil where something is none.
  func tokens(_ text: String) -> [GrammarToken]? {
    let utf16 = text as NSString
    var tokens: [GrammarToken] = []
    var at = 0
    var depth = 0
    var startsLine = true
    while at < utf16.length {
      let unit = utf16.character(at: at)
      if unit == 0x0A { startsLine = true }
      if unit == 0x20 || unit == 0x09 || unit == 0x0A
        || unit == 0x0D && at + 1 < utf16.length && utf16.character(at: at + 1) == 0x0A
      {
        at += 1
        continue
      }
      let rest = NSRange(location: at, length: utf16.length - at)
      guard let match = scanner.firstMatch(in: text, options: .anchored, range: rest),
        match.range.length > 0
      else { return nil }
      at += match.range.length
      let group =
        (1..<match.numberOfRanges).first { match.range(at: $0).location != NSNotFound } ?? 1
      if group == 1 { continue }
      let spelling = utf16.substring(with: match.range)
      guard var token = token(spelling, kind: group - 1) else { return nil }
      token.startsLine = startsLine
      startsLine = false
      if ["(", "[", "{"].contains(spelling) {
        token.depth = depth
        depth += 1
      } else {
        token.depth = depth
        if [")", "]", "}"].contains(spelling) { depth -= 1 }
      }
      tokens.append(token)
    }
    return tokens
  }

  /// A token with its classes; nil for a text whose holes are no expressions.
  private func token(_ spelling: String, kind: Int) -> GrammarToken? {
    var classes: [Int] = []
    func add(_ name: String) { if let number = classNumbers[name] { classes.append(number) } }
    switch kind {
    case 1, 2:
      if follows("LABEL", spelling) { add("LABEL") }
      if follows("PATTERN", spelling) { add("PATTERN") }
      if follows("TEXT", spelling), holesAreExpressions(spelling) { add("TEXT") }
      if classes.isEmpty { return nil }
    case 3...7: add(kinds[kind])
    default:
      add("'" + spelling)
      if kind == 8, !reserved.contains(spelling) {
        add("NAME")
        if follows("CODE", spelling) { add("CODE") }
      }
    }
    return GrammarToken(text: spelling, classes: classes, startsLine: false)
  }

  private func holesAreExpressions(_ text: String) -> Bool {
    let plain = text.replacing("{{", with: "").replacing("}}", with: "")
    for hole in plain.matches(of: /\{([^{}]*)\}/) where !accepts(String(hole.1), as: "expression") {
      return false
    }
    return true
  }

  /// Whether a text follows a production.
  func accepts(_ text: String, as rule: String) -> Bool {
    guard let tokens = tokens(text), let number = ruleNumbers[rule] else { return false }
    return Recogniser(self, tokens).ends(rules[number], 0).contains(tokens.count)
  }

  /// How far a text follows a production at best, as the token that does not fit.
  func reach(_ text: String, as rule: String) -> String {
    guard let tokens = tokens(text), let number = ruleNumbers[rule] else { return "no tokens" }
    let recogniser = Recogniser(self, tokens)
    _ = recogniser.ends(rules[number], 0)
    let at = recogniser.farthest
    return tokens[max(0, at - 6)..<min(tokens.count, at + 4)].map(\.text).joined(separator: " ")
  }
}

/// One run over the tokens of a text.
private final class Recogniser {
  private let machine: GrammarMachine
  private let tokens: [GrammarToken]
  private var known: [Int: [Int]] = [:]
  private(set) var farthest = 0

  init(_ machine: GrammarMachine, _ tokens: [GrammarToken]) {
    self.machine = machine
    self.tokens = tokens
  }

  private func isText(_ at: Int, _ text: String) -> Bool {
    at < tokens.count && tokens[at].text == text
  }

  private func canBegin(_ node: Int, _ at: Int) -> Bool {
    if machine.nullable[node] { return true }
    guard at < tokens.count else { return false }
    return tokens[at].classes.contains { machine.first[node].contains($0) }
  }

  /// Where what begins at a token can end.
  func ends(_ node: Int, _ at: Int) -> [Int] {
    farthest = max(farthest, at)
    guard canBegin(node, at) else { return [] }
    switch machine.nodes[node] {
    case .terminal: return [at + 1]
    case .rule(let number):
      let key = number * (tokens.count + 1) + at
      if let known = known[key] { return known }
      let found = ends(machine.rules[number], at)
      known[key] = found
      return found
    case .sequence(let parts):
      var open = [at]
      for part in parts {
        open = union(open.map { ends(part, $0) })
        if open.isEmpty { return [] }
      }
      return open
    case .choice(let parts): return union(parts.map { ends($0, at) })
    case .optional(let part): return union([[at], ends(part, at)])
    case .repeated(let part): return reached(from: at) { ends(part, $0) }
    case .list(let part, let commas):
      return reached(from: at) { place in
        if commas, isText(place, ",") { return [place + 1] }
        return ends(part, place).filter { endsItem(place, $0, commas) }
      }.filter { isText($0, "}") }
    }
  }

  /// Whether an item from one token up to another ends with its line and stands on it.
  private func endsItem(_ start: Int, _ end: Int, _ commas: Bool) -> Bool {
    guard end > start, end < tokens.count else { return false }
    let depth = tokens[start].depth
    for place in (start + 1)..<max(start + 1, end)
    where tokens[place].startsLine && tokens[place].depth == depth { return false }
    return tokens[end].startsLine || isText(end, "}") || commas && isText(end, ",")
  }

  private func reached(from at: Int, _ step: (Int) -> [Int]) -> [Int] {
    var seen: Set<Int> = [at]
    var open = [at]
    while let place = open.popLast() {
      for end in step(place) where seen.insert(end).inserted { open.append(end) }
    }
    return seen.sorted()
  }

  private func union(_ all: [[Int]]) -> [Int] {
    if all.count == 1 { return all[0] }
    let some = all.filter { !$0.isEmpty }
    if some.count <= 1 { return some.first ?? [] }
    return Set(some.joined()).sorted()
  }
}
