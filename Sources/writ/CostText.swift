/// The worst cases of decisions as a table for people.
import PolicyEngine
import PolicyRuntime
import PolicySource

/// Turning costs into lines.
enum CostText {
  /// One line for each decision, with what takes most of its steps.
  static func lines(of set: PolicySet) -> [Phrase] {
    let costs = set.costs
    let steps = costs.map { RequestMessages.count($0.steps).description }
    let width = steps.map(\.utf8.count).max() ?? 0
    let name = costs.map(\.decision.count).max() ?? 0
    let limit = RequestMessages.count(ProgramCost.limit)
    var lines: [Phrase] = ["steps at worst (at most \(limit) are allowed):"]
    for (cost, steps) in zip(costs, steps) {
      let blanks = String(repeating: " ", count: width - steps.utf8.count)
      var line = "  \(blanks)\(steps)  \(cost.decision)"
      guard let part = cost.parts.first else {
        lines.append(.verbatim(line))
        continue
      }
      line += String(repeating: " ", count: name - cost.decision.count) + "  \(part.place)"
      lines.append(.verbatim(line) + " (\(share(part, of: cost)))")
    }
    return lines
  }

  /// How much of the whole a part takes, and over which lists it goes.
  private static func share(_ part: DecisionCost.Part, of cost: DecisionCost) -> Phrase {
    let percent = min(100, part.steps / max(1, cost.steps / 100))
    let loops = part.loops.map { loop -> Phrase in
      let list: Phrase = loop.list.isEmpty ? "a list" : .verbatim(loop.list)
      return "\(list) × \(RequestMessages.count(loop.items))"
    }
    if loops.isEmpty { return "\(percent)%" }
    return "\(percent)%: \(SourceMessages.list(loops, last: .comma))"
  }
}
