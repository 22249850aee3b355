/// Acts in sample cases, and what a case expects of the state that they lead to.
import PolicySource

extension Parser {
  /// `[decision.]step by "wang" [as POST] RESULT on DATE [criteria 1, 2] [given path = value, …]`.
  mutating func parseAct(_ start: Int32, _ tree: inout CaseTree) {
    let form = "act step by \"person\" as POST passes on DATE"
    var decision: Name?
    var step = parseName("a step")
    if !recovering, take(.dot) {
      decision = step
      step = parseName("a step")
    }
    expect(.by, in: form)
    if recovering { return }
    let person = parseText("the person", holes: false)
    let hasPost = !recovering && take(.as)
    let isDelegate = hasPost && word == .delegate && peek().word == .of
    if isDelegate {
      advance()
      advance()
    }
    let post = hasPost ? parseName("a post") : nil
    let result = recovering ? Name("", here) : parseName("what was done, such as `passes`")
    expect(.on, in: form)
    if recovering { return }
    var act = ActTree(
      decision: decision, step: step, person: person, result: result, on: parseDate(),
      range: range(from: start))
    act.post = post
    act.isDelegate = isDelegate
    if !recovering, take(.criteria) { act.criteria = parseNumbers() }
    if !recovering, take(.given) { act.facts = parseClearedFacts() }
    act.range = range(from: start)
    tree.facts.append(.act(act))
  }

  /// `1, 2`; or `none`.
  private mutating func parseNumbers() -> [Int] {
    var numbers: [Int] = []
    repeat {
      guard kind == .number, let number = Int(text(of: raw)), number >= 1 else {
        fail(SyntaxMessages.badItem(found: foundInGap, at: gap))
        return numbers
      }
      numbers.append(number)
      advance()
    } while take(.comma)
    return numbers
  }

  /// `next …`, `returned to …`, `violations { … }` of an expectation, if one stands here.
  mutating func parseStatePartIfPresent(_ result: inout ExpectationTree) -> Bool {
    switch word {
    case .next:
      advance()
      result.next =
        kind == .leftBracket
        ? parseChain { $0.parseName("a step") } : [parseName("a step or `requester`")]
    case .returned where peek().word == .to:
      advance()
      advance()
      result.returnedTo = parseName("a step or `requester`")
    case .violations where peek().kind == .leftBrace:
      advance()
      result.violations = parseBracedList("list of violations") { $0.parseCode() }
    default: return false
    }
    return true
  }
}
