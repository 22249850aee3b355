/// A difference of two sets as one JSON document, for programs: all that was found, with requests and answers.
public import PolicyEngine
public import PolicySource

extension DiffTelling {
  /// The document.
  public func document(in catalog: Catalog) -> JSONTree {
    let verdicts: [(String, SemanticDiff.DecisionDiff.Verdict)] = [
      ("same", .same), ("changed", .changed), ("open", .open), ("added", .added),
      ("removed", .removed),
    ]
    let counts: [JSONTree.Member] =
      [.init("decisions", .number(String(diff.decisions.count)))]
      + verdicts.map { .init($0.0, .number(String(count($0.1)))) }
    var members: [JSONTree.Member] = [
      .init("verdict", .string(changes ? "changed" : isOpen ? "open" : "same")),
      .init("old", Self.side(old)), .init("new", Self.side(new)),
      .init("counts", .object(counts)),
    ]
    if let prices {
      members.append(
        .init(
          "log",
          .object([
            .init("path", .string(prices.log)),
            .init("decisions", .number(String(prices.decisions))),
            .init("notDecided", .number(String(prices.notDecided))),
          ])))
    }
    members.append(
      .init("assumptions", .array(assumptions.map { .string($0.text(in: catalog)) })))
    members.append(
      .init("decisions", .array(diff.decisions.map { tree($0, catalog) })))
    return .object(members)
  }

  private static func side(_ side: Side) -> JSONTree {
    .object([.init("name", .string(side.name)), .init("policies", .string(side.set.digest))])
  }

  private func tree(_ decision: SemanticDiff.DecisionDiff, _ catalog: Catalog) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("decision", .string(decision.decision)),
      .init("verdict", .string("\(decision.verdict)")), .init("whole", .bool(decision.isWhole)),
      .init("changes", .array(decision.changes.map { tree($0, decision.decision, catalog) })),
      .init("open", .array(decision.open.map { Self.tree($0, catalog) })),
    ]
    let requests = requests[decision.decision] ?? []
    if !requests.isEmpty {
      let lines = requests.map { JSONTree.string($0.text(in: catalog)) }
      members.append(.init("requests", .array(lines)))
    }
    let known = Set(decision.changes.map(\.change))
    let others = prices?.entries(of: decision.decision).filter { !known.contains($0.change) } ?? []
    if !others.isEmpty {
      let entries = others.map { entry in
        JSONTree.object([
          .init("change", entry.change.tree(in: catalog.language)),
          .init("log", Self.price(entry)),
        ])
      }
      members.append(.init("alsoInLog", .array(entries)))
    }
    return .object(members)
  }

  private func tree(
    _ change: SemanticDiff.Change, _ decision: String, _ catalog: Catalog
  ) -> JSONTree {
    let regions = change.regions.map { region in
      JSONTree.array(region.map { .string($0.text(in: catalog)) })
    }
    let witness: [JSONTree.Member] = [
      .init("request", change.witness.request), .init("before", change.witness.before ?? .null),
      .init("after", change.witness.answer),
    ]
    var members: [JSONTree.Member] = [
      .init("change", change.change.tree(in: catalog.language)),
      .init("regions", .array(regions)), .init("whole", .bool(change.isWhole)),
      .init("ordinary", .bool(change.isOrdinary)), .init("witness", .object(witness)),
    ]
    if let price = prices?.entry(of: change.change, in: decision) {
      members.append(.init("log", Self.price(price)))
    }
    return .object(members)
  }

  private static func price(_ entry: DiffPrices.Entry) -> JSONTree {
    .object([
      .init("decisions", .number(String(entry.count))),
      .init("amounts", .array(entry.amounts.map(JSONTree.string))),
    ])
  }

  private static func tree(_ open: SemanticDiff.Open, _ catalog: Catalog) -> JSONTree {
    .object([
      .init("part", .string(open.part.text(in: catalog))), .init("place", .string(open.place)),
      .init("expressions", .array(open.expressions.map(JSONTree.string))),
    ])
  }
}
