/// An explanation as one JSON document, for programs.
import PolicyAnalysis
import PolicyEngine
import PolicySource

struct ExplainDocument {
  let found: Explanation
  let answer: JSONTree
  let catalog: Catalog

  var tree: JSONTree {
    var stays: [JSONTree.Member] = [
      .init("analysed", .bool(found.isAnalysed)),
      .init("until", found.until.map(JSONTree.string) ?? .null),
      .init("untilKnown", .bool(found.untilIsKnown)),
      .init("facts", .array(found.ranges.filter { !$0.isOpen && !$0.isFree }.map(tree))),
    ]
    stays.append(.init("anything", names(found.ranges.filter(\.isFree).map(\.fact))))
    stays.append(
      .init("notAnalysed", names(found.ranges.filter(\.isOpen).map(\.fact) + found.unread)))
    return .object([
      .init("decision", .string(found.decision)), .init("answer", answer),
      .init("stays", .object(stays)), .init("otherwise", .array(found.turns.map(tree))),
    ])
  }

  private func names(_ names: [String]) -> JSONTree { .array(names.map(JSONTree.string)) }

  private func tree(_ range: Explanation.Range) -> JSONTree {
    let values = range.stretches.map { stretch -> JSONTree in
      .object(
        [("from", stretch.low), ("to", stretch.high)].compactMap { name, end in
          end.map { .init(name, $0) }
        })
    }
    return .object([
      .init("fact", .string(range.fact)), .init("label", .string(range.label)),
      .init("value", .string(range.value)), .init("values", .array(values)),
      .init("words", .string(range.holds?.text(in: catalog) ?? "")),
    ])
  }

  private func tree(_ turn: Explanation.Turn) -> JSONTree {
    let changes = turn.changes.map { change -> JSONTree in
      var members: [JSONTree.Member] = [
        .init("fact", .string(change.fact)), .init("label", .string(change.label)),
        .init("way", .string(change.way.rawValue)),
        .init(
          "words", .string(ExplainMessages.change(change, in: catalog.language).text(in: catalog))),
      ]
      if let amount = change.difference { members.append(.init("by", .string(amount))) }
      if let post = change.by { members.append(.init("clearedBy", .string(post))) }
      return .object(members)
    }
    return .object([
      .init("changes", .array(changes)), .init("becomes", turn.result.tree(in: catalog.language)),
      .init("request", turn.request),
    ])
  }
}
