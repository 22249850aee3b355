/// Types: records, enumerations, fields with their constraints, and types as written.
import PolicySource

extension Parser {
  /// `type T ["label"] { fields }` or `type T ["label"] = [rising | best first] one of { members }`.
  mutating func parseTypeDeclaration() -> DeclarationTree {
    advance()
    let name = parseName("the type")
    let label = parseLabelIfPresent()
    if kind == .leftBrace || recovering {
      var fields: [FieldTree] = []
      if !recovering {
        parseBraced("record type") { fields.append($0.parseField("a field", inBraces: true)) }
      }
      return .record(RecordTree(name: name, label: label, fields: fields))
    }
    guard takeEqual() || word == .one || word == .rising || word == .best else {
      fail(SyntaxMessages.missingBrace("record type", found: foundInGap, at: gap))
      return .record(RecordTree(name: name, label: label, fields: []))
    }
    var order = EnumerationTree.Order.unordered
    if take(.rising) {
      order = .rising
    } else if take(.best) {
      order = .bestFirst
      expect(.first, in: "best first one of { … }")
    }
    if expect(.one, in: "one of { … }") { expect(.of, in: "one of { … }") }
    let members = recovering ? [] : parseMembers("list of members", "a member")
    return .enumeration(EnumerationTree(name: name, label: label, order: order, members: members))
  }

  /// `{ a "label", b }`.
  mutating func parseMembers(_ what: Phrase, _ item: Phrase) -> [MemberTree] {
    var members: [MemberTree] = []
    parseBraced(what) { parser in
      let name = parser.parseName(item)
      if parser.recovering { return }
      members.append(MemberTree(name: name, label: parser.parseLabelIfPresent()))
    }
    return members
  }

  /// `name Type [constraint …] [secret] ["label"]`.
  mutating func parseField(_ what: Phrase, inBraces: Bool = false) -> FieldTree {
    let name = parseName(what, loose: inBraces)
    if kind == .colon {
      report(SyntaxMessages.colonBeforeType(at: here))
      advance()
    }
    let type = parseType()
    var constraints: [ConstraintTree] = []
    while !recovering, let constraint = parseConstraintIfPresent() {
      constraints.append(constraint)
    }
    var field = FieldTree(name: name, type: type, constraints: constraints, label: nil)
    if recovering { return field }
    // A line that begins with the word is a field of that name.
    if word == .secret, !raw.startsLine {
      field.secret = here
      advance()
    }
    field.label = parseLabelIfPresent()
    return field
  }

  /// `(name Type, …)`.
  mutating func parseFieldsInParentheses(_ what: Phrase) -> [FieldTree] {
    let opening = here
    guard take(.leftParenthesis) else {
      fail(SyntaxMessages.expectedMark("(", form: "(name Type, …)", found: foundInGap, at: gap))
      return []
    }
    var fields: [FieldTree] = []
    inBrackets { parser in
      while !parser.recovering, parser.kind != .rightParenthesis {
        fields.append(parser.parseField(what))
        if !parser.take(.comma) { break }
      }
    }
    close(.rightParenthesis, opening: opening, what: "list")
    return fields
  }

  /// `Money`, `List of T`, `T?`; the mark behind `List of T` belongs to the list.
  mutating func parseType() -> TypeTree {
    let start = raw.lower
    var lists: [Int32] = []
    while kind == .name, word == .list, peek().word == .of, !lineEnds || !peek().startsLine,
      lists.count < Self.deepest
    {
      lists.append(raw.lower)
      advance()
      advance()
    }
    guard kind == .name, !word.isReserved, !looksLikeNextClause() else {
      fail(SyntaxMessages.expectedType(found: foundInGap, at: gap))
      return TypeTree(.named(Name("", here)), here)
    }
    let name = takeName()
    var type = TypeTree(.named(name), name.range)
    for list in lists.reversed() { type = TypeTree(.list(type), range(from: list)) }
    if take(.question) { type = TypeTree(.optional(type), range(from: start)) }
    return type
  }

  /// `>= 0`, `in 0..100`, `matching "…"`, `up to 500`.
  private mutating func parseConstraintIfPresent() -> ConstraintTree? {
    switch kind {
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let comparison = takeComparison()
      return .compare(comparison, parseBinary(Precedence.sum))
    case .name where word == .in:
      advance()
      let first = parseBinary(Precedence.sum)
      let inclusive = kind == .range
      if !take(.range), !take(.rangeBelow) {
        fail(SyntaxMessages.expectedMark("..", form: "in 0..100", found: foundInGap, at: gap))
      }
      return .range(first, parseBinary(Precedence.sum), inclusive: inclusive)
    case .name where word == .matching:
      advance()
      guard kind == .text else {
        report(SyntaxMessages.missingText("a pattern", found: foundInGap, at: gap))
        return nil
      }
      let place = here
      return .pattern(takeRawText(), place)
    case .name
    where word == .up && peek().word == .to && !raw.startsLine
      && !(lineEnds && peek().startsLine):
      advance()
      advance()
      return .items(parseBinary(Precedence.sum))
    default: return nil
    }
  }

  /// The operator at the cursor, one of `<`, `<=`, `>`, `>=`.
  mutating func takeComparison() -> ExpressionTree.BinaryOperator {
    let result: ExpressionTree.BinaryOperator
    switch kind {
    case .less: result = .less
    case .lessOrEqual: result = .lessOrEqual
    case .greater: result = .greater
    default: result = .greaterOrEqual
    }
    advance()
    return result
  }
}
