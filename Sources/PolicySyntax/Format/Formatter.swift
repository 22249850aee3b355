/// Canonical text: one layout for everything that means the same, with the words and comments kept.
///
/// The tree says what stands where and how it is laid out; the words themselves are copied from the
/// tokens, one by one. So numbers keep their `_`, brackets stay where a reader put them, and a form that
/// has no rule of its own yet is written on one line instead of being lost. At the end the
/// result is read again: a text that does not mean the same is never handed out.
public import PolicySource

/// Formats policies and sample cases.
public enum PolicyFormatter {
  /// What became of a file.
  public enum Outcome: Sendable {
    /// The canonical text.
    case formatted([UInt8])
    /// The file has mistakes and stays as it is.
    case refused(DiagnosticList)
    /// The canonical text would mean something else: the formatter is at fault.
    case unfaithful
  }

  /// Formats a `.writ` file.
  public static func formatPolicy(_ file: SourceFile, id: FileID) -> Outcome {
    format(
      file, id, read: { $0.parsePolicyFile() }, layout: { $0.file($1) }, dump: TreeDump.text)
  }

  /// Formats a `.cases` file.
  public static func formatCases(_ file: SourceFile, id: FileID) -> Outcome {
    format(file, id, read: { $0.parseCasesFile() }, layout: { $0.file($1) }, dump: TreeDump.text)
  }

  private static func format<Tree>(
    _ file: SourceFile, _ id: FileID, read: (inout Parser) -> Tree,
    layout: (inout Formatter, Tree) -> Layout, dump: (Tree) -> String
  ) -> Outcome {
    var parser = Parser(file, id)
    let tree = read(&parser)
    let found = parser.finish()
    if found.hasErrors { return .refused(found) }
    var formatter = Formatter(parser)
    let text = Array(LayoutWriter.text(of: layout(&formatter, tree)).utf8)
    // Read it again: it must say the same, with the same comments (a moved tail may move its own).
    var again = Parser(SourceFile(name: file.name, bytes: text), id)
    let second = read(&again)
    let isSame =
      !again.finish().hasErrors && dump(second) == dump(tree)
      && Formatter(again).commentTexts.sorted() == formatter.commentTexts.sorted()
    return isSame ? .formatted(text) : .unfaithful
  }
}

/// A cursor over the tokens and comments of a file, from which layouts are built.
struct Formatter {
  let bytes: [UInt8]
  let tokens: [Token]
  let comments: [Range<Int>]
  /// Where parts of a policy and lines of cases begin.
  let partStarts: [Int32]
  /// Where clauses may go on on a new line.
  let tailStarts: Set<Int32>
  var position = 0
  private var nextComment = 0
  /// The token written last.
  private(set) var last: Token?
  /// Whether a line break means nothing more than a blank here.
  var mayBreak = true

  /// Takes over what a parser that has read the file has noted.
  init(_ parser: Parser) {
    bytes = parser.bytes
    tokens = parser.tokens
    comments = parser.comments
    partStarts = parser.partStarts
    tailStarts = Set(parser.tailStarts)
  }

  /// The comments in order, without blanks at their ends.
  var commentTexts: [String] { comments.map { text(ofComment: $0) } }
}

// MARK: - The cursor

extension Formatter {
  /// The token at the cursor; that of the end of the file for ever once it is reached.
  var raw: Token { tokens[min(position, tokens.count - 1)] }

  /// What kind of token stands at the cursor.
  var kind: TokenKind { raw.kind }

  /// Whether the cursor stands before an offset and the end of the file.
  func isBefore(_ upper: Int32) -> Bool { kind != .end && raw.lower < upper }

  private func text(of token: Token) -> String {
    let spelling = String(decoding: bytes[Int(token.lower)..<Int(token.upper)], as: UTF8.self)
    return token.kind == .name && token.isMarked ? Identifier.canonical(spelling) : spelling
  }

  private func text(ofComment range: Range<Int>) -> String {
    var upper = range.upperBound
    while upper > range.lowerBound, bytes[upper - 1] <= 0x20 { upper -= 1 }
    return String(decoding: bytes[range.lowerBound..<upper], as: UTF8.self)
  }

  /// How wide the token at a place is.
  func width(of place: Int) -> Int { DisplayWidth.of(text(of: tokens[place])) }

  private func countLineBreaks(_ lower: Int, _ upper: Int) -> Int {
    var count = 0
    for byte in bytes[min(lower, upper)..<upper] where byte == 0x0A { count += 1 }
    return count
  }

  /// The end of the token before the cursor.
  private var previousEnd: Int { position > 0 ? Int(tokens[position - 1].upper) : 0 }

  /// Whether comments stand between the cursor and the token before it.
  var hasComment: Bool {
    nextComment < comments.count && comments[nextComment].lowerBound < Int(raw.lower)
  }

  /// Whether an empty line or a comment stands before the token at a place.
  func isApart(_ place: Int) -> Bool {
    guard place > 0 else { return true }
    let (lower, upper) = (Int(tokens[place - 1].upper), Int(tokens[place].lower))
    if countLineBreaks(lower, upper) > 1 { return true }
    return bytes[lower..<upper].contains(UInt8(ascii: "#"))
  }

  /// The comments before the cursor, each on its own line.
  private mutating func leadingComments() -> [Layout] {
    var parts: [Layout] = []
    while hasComment {
      parts.append(.comment(text(ofComment: comments[nextComment])))
      nextComment += 1
    }
    return parts
  }

  /// The comment behind the last token on its line.
  private mutating func trailingComment() -> [Layout] {
    guard hasComment else { return [] }
    let comment = comments[nextComment]
    guard countLineBreaks(previousEnd, comment.lowerBound) == 0 else { return [] }
    nextComment += 1
    return [.suffix(text(ofComment: comment))]
  }

  /// The token at the cursor, perhaps in its usual spelling, with the comments before it and behind it.
  mutating func take(as spelling: String? = nil) -> Layout {
    var parts = leadingComments()
    let token = raw
    let text = spelling ?? text(of: token)
    parts.append(token.kind == .comma ? .glued(text) : .text(text))
    last = token
    position += 1
    return .sequence(parts + trailingComment())
  }

  /// Steps over the token at the cursor and gives the comment behind it; comments before it stay for
  /// the next token, and so does the one behind it when the line has a comment already.
  mutating func drop() -> Layout {
    let waits = hasComment || nextComment > 0 && comments[nextComment - 1].lowerBound >= previousEnd
    position += 1
    return waits ? .empty : .sequence(trailingComment())
  }

  /// Steps over the token at the cursor; the comment behind it stays for the next one.
  mutating func skip() { position += 1 }

  /// Starts a line: empty lines (one at most) and comments before the token at the cursor.
  ///
  /// - Parameters:
  ///   - first: whether it is the first line in its braces, before which there is no empty one.
  ///   - blank: whether an empty line stands there in any case.
  mutating func startLine(first: Bool = false, blank: Bool = false) -> Layout {
    var parts: [Layout] = []
    var lower = previousEnd
    var isFirst = true
    func apart(_ upper: Int) -> Bool {
      if isFirst { return !first && (blank || countLineBreaks(lower, upper) > 1) }
      return countLineBreaks(lower, upper) > 1
    }
    while hasComment {
      let comment = comments[nextComment]
      parts.append(.hardLine(blank: apart(comment.lowerBound)))
      parts.append(.comment(text(ofComment: comment)))
      lower = comment.upperBound
      isFirst = false
      nextComment += 1
    }
    if kind == .end || kind == .rightBrace || kind == .rightBracket || kind == .rightParenthesis {
      return .sequence(parts)
    }
    parts.append(.hardLine(blank: apart(Int(raw.lower))))
    return .sequence(parts)
  }

  /// Whether the token at the cursor may start a line without being read as the start of a clause.
  var mayStartLine: Bool {
    if raw.startsLine || kind != .name { return true }
    switch raw.word {
    case .other, .if, .not, .any, .all, .true, .false, .count, .sum, .min, .max: return true
    case .requests, .raising, .never, .removes, .a, .acts: return true
    default: return false
    }
  }
}
