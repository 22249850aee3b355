/// An explanation as people read it: the answer, how far it holds, what would turn it.
import PolicyAnalysis
import PolicyEngine
import PolicyReport
import PolicySource

struct ExplainText {
  let found: Explanation
  let language: Language

  /// The lines behind those of the answer.
  var lines: [Phrase] {
    guard found.isAnalysed else { return ["", ExplainMessages.notAnalysedAtAll] }
    return [""] + envelope + (found.hasWish ? [""] + turns : [])
  }

  // MARK: How far it holds

  private var envelope: [Phrase] {
    var rows = found.ranges.compactMap(row)
    let free = found.ranges.filter(\.isFree).map(\.fact)
    let isFree = rows.isEmpty
    if found.untilIsKnown, let day = found.until { rows.append(ExplainMessages.until(day)) }
    if !free.isEmpty { rows.append(ExplainMessages.anything(free.joined(separator: ", "))) }
    if found.untilIsKnown, found.until == nil { rows.append(ExplainMessages.anyLaterDay) }
    let open = found.ranges.filter(\.isOpen).map(\.fact) + found.unread
    if !open.isEmpty { rows.append(ExplainMessages.notAnalysed(open.joined(separator: ", "))) }
    if !found.untilIsKnown { rows.append(ExplainMessages.dayNotKnown) }
    let needs = found.answer["needs"]?.items ?? []
    let always = needs.isEmpty ? ExplainMessages.alwaysStays : ExplainMessages.staysUnlessMore
    let title = isFree && open.isEmpty ? always : ExplainMessages.stays
    return [title] + rows.map { "  \($0)" }
  }

  private func row(_ range: Explanation.Range) -> Phrase? {
    guard let holds = range.holds else { return nil }
    let label = BilingualLabel.half(of: range.label, in: language)
    // A single value says itself what it is now.
    let isOne =
      range.stretches.count == 1 && range.stretches[0].low != nil
      && range.stretches[0].low == range.stretches[0].high
    return isOne || range.value.isEmpty
      ? ExplainMessages.labelled(holds, label) : ExplainMessages.now(holds, label, range.value)
  }

  // MARK: What would turn it

  private var turns: [Phrase] {
    if found.turns.isEmpty { return [ExplainMessages.noTurn] }
    return [ExplainMessages.otherwise]
      + found.turns.flatMap { turn -> [Phrase] in
        let changes = turn.changes.map { ExplainMessages.change($0, in: language) }
        return ["  \(SourceMessages.list(changes))", "     \(turn.result.words(in: language))"]
      }
  }
}
