/// The state of an approval in the shape of the reference's.
import PolicyRuntime

extension FrameReader {
  func state(_ state: HistoryState) -> ReferenceAnswer.State {
    var result = ReferenceAnswer.State(status: state.status.word)
    result.given = state.given.map { (step: name($0.step), act: $0.act + 1) }
    if state.returnedTo != -1 { result.returnedTo = name(state.returnedTo) }
    result.next = state.next.map(text)
    result.violations = state.violations.map { (act: $0.act + 1, code: $0.code.rawValue) }
    return result
  }

  private func name(_ step: Int) -> String {
    step == Int(Act.requester) ? "requester" : program.clauses[step].code
  }

  private func text(_ next: NextAct) -> String {
    if next.step == Int(Act.requester) { return "requester submits" }
    let act = next.handsOn ? "hands_on" : program.clauses[next.step].act
    return "\(name(next.step)) \(program.types.posts[next.by].name) \(act)"
      + (next.due.map { " due \($0.text)" } ?? "") + (next.overdue ? " overdue" : "")
      + (next.escalated ? " escalated" : "")
  }
}
