/// Hierarchies, and the clause that climbs them.
import PolicySource

extension Parser {
  /// `hierarchy name ["label"] [illustrative] { rows }`, or `from "file.csv"` in place of the braces.
  mutating func parseHierarchy() -> HierarchyTree {
    let start = raw.lower
    advance()
    let name = parseName("the hierarchy")
    let label = parseLabelIfPresent()
    let keys = HierarchyTree.columns.map { column in
      FieldTree(
        name: Name(column, name.range),
        type: TypeTree(.named(Name("Text", name.range)), name.range), constraints: [], label: nil)
    }
    var table = TableTree(
      name: name, label: label, keys: keys, columns: [], hitPolicy: .first, illustrative: false,
      rows: [], range: name.range)
    if recovering { return HierarchyTree(table: table) }
    table.illustrative = take(.illustrative)
    parseRowsOrSheet(of: &table, from: start)
    return HierarchyTree(table: table)
  }

  /// `name ["label"] up HIERARCHY from POST until authority covers AMOUNT ACT ["criteria"] else code "text"`.
  mutating func parseClimb() -> ClauseTree.Kind? {
    let form = "climb name up HIERARCHY from POST until authority covers AMOUNT"
    let name = parseName("the step")
    let label = recovering ? nil : parseLabelIfPresent()
    expect(.up, in: form)
    let hierarchy = recovering ? Name("", here) : parseName("the hierarchy")
    expect(.from, in: form)
    let from = recovering ? ExpressionTree(.missing, here) : parseBinary(Precedence.sum)
    for word in [Word.until, .authority, .covers] where !recovering { expect(word, in: form) }
    if recovering { return nil }
    let amount = parseDelegable()
    guard let step = parseStepBody(name, label, by: from) else { return nil }
    tailStarts.append(raw.lower)
    guard take(.else) else {
      report(
        SyntaxMessages.missingElse(
          found: foundInGap, form: "\(form) … else code \"text\"", at: gap))
      return nil
    }
    let (code, text) = parseCodeAndText()
    return .climb(
      ClimbTree(step: step, hierarchy: hierarchy, amount: amount, code: code, text: text))
  }
}
