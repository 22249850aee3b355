/// Coverage for programs: figures by policy and area, and every place at which something is missing.
import PolicyCompiler
public import PolicySource

extension CoverageReport {
  /// The report as one JSON document.
  public func json(in catalog: Catalog) -> JSONTree {
    .object([
      .init("policies", .array(policies.map(Self.tree))),
      .init("total", Self.tree(total)),
      .init("missing", .array(entries.filter { !$0.isCovered }.map { tree($0, catalog) })),
    ])
  }

  private static func tree(_ policy: Policy) -> JSONTree {
    var members: [JSONTree.Member] =
      policy.name.isEmpty ? [] : [.init("policy", .string(policy.name))]
    for area in CoverageItem.Area.allCases {
      members.append(.init(area.rawValue, tree(policy.areas[area] ?? Count())))
    }
    members.append(.init("all", tree(policy.total)))
    members.append(.init("percent", .number(String(policy.total.percent))))
    return .object(members)
  }

  private static func tree(_ count: Count) -> JSONTree {
    .object([
      .init("covered", .number(String(count.covered))), .init("all", .number(String(count.all))),
    ])
  }

  private func tree(_ entry: Entry, _ catalog: Catalog) -> JSONTree {
    let item = entry.item
    let file = files[item.key.range.file]
    let words = file.text(in: item.key.range).split(whereSeparator: \.isWhitespace)
    var members: [JSONTree.Member] = [
      .init("policy", .string(item.policy)), .init("area", .string(item.area.rawValue)),
      .init("kind", .string(Self.kind(of: item))),
    ]
    if case .clause(_, let code) = item.kind, !code.isEmpty {
      members.append(.init("code", .string(code)))
    }
    members += [
      .init("at", .string(files.place(of: item.key.range))),
      .init("source", .string(words.joined(separator: " "))),
      .init("missing", .array(Self.sides(entry.missing).map(JSONTree.string))),
      .init("text", .string(CoverageMessages.missing(entry).text(in: catalog))),
    ]
    return .object(members)
  }

  private static func kind(of item: CoverageItem) -> String {
    switch item.kind {
    case .clause(let form, _): form.rawValue
    case .condition: "condition"
    case .definition: "definition"
    case .threshold: "threshold"
    case .limit: "limit"
    case .warning: "warn_from"
    case .row: "row"
    }
  }

  private static func sides(_ sides: CoverageSides) -> [String] {
    let names: [(CoverageSides, String)] = [
      (.yes, "yes"), (.no, "no"), (.yesDecides, "yes_decides"), (.noDecides, "no_decides"),
      (.below, "below"), (.at, "at"), (.above, "above"),
    ]
    return names.filter { sides.contains($0.0) }.map(\.1)
  }
}
