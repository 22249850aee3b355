/// Mutants for people and for programs: figures by policy, then every one that no case notices.
import PolicyCompiler
public import PolicySource

extension MutationReport {
  /// The whole report.
  public func text(in catalog: Catalog) -> String {
    func say(_ phrase: Phrase) -> String { phrase.text(in: catalog) }
    var rows = [
      [
        say(CoverageMessages.policy), say(MutationMessages.mutants), say(MutationMessages.noticed),
        say(MutationMessages.share),
      ]
    ]
    for policy in policies { rows.append(Self.cells(of: policy, policy.name)) }
    if policies.count > 1 { rows.append(Self.cells(of: total, say(CoverageMessages.all))) }
    var text = TextTable.text(rows)
    var policy = ""
    for group in groups {
      if group[0].mutant.policy != policy {
        policy = group[0].mutant.policy
        text += "\n\(policy)\n"
      }
      text += MarkedLine(
        files[group[0].mutant.range.file], at: group[0].mutant.range,
        marks: group.map { ($0.mutant.range, say(MutationMessages.survivor($0)), false) }
      ).text
    }
    return text + "\n\(say(MutationMessages.summary(total)))\n"
  }

  /// That fewer are noticed than was asked for.
  public func words(tooFewFor least: String) -> Phrase {
    MutationMessages.tooFew(total, least: least)
  }

  private static func cells(of policy: Policy, _ name: String) -> [String] {
    [name, String(policy.all), String(policy.noticed), "\(policy.percent)%"]
  }

  /// The survivors of one line together.
  private var groups: [[Survivor]] {
    var groups: [[Survivor]] = []
    for survivor in survivors {
      if let last = groups.last?[0].mutant, last.policy == survivor.mutant.policy,
        files.place(of: last.range) == files.place(of: survivor.mutant.range)
      {
        groups[groups.count - 1].append(survivor)
      } else {
        groups.append([survivor])
      }
    }
    return groups
  }

  /// The report as one JSON document.
  public func json(in catalog: Catalog) -> JSONTree {
    .object([
      .init("policies", .array(policies.map(Self.tree))),
      .init("total", Self.tree(total)),
      .init("unnoticed", .array(survivors.map { tree($0, catalog) })),
    ])
  }

  private static func tree(_ policy: Policy) -> JSONTree {
    let name: [JSONTree.Member] =
      policy.name.isEmpty ? [] : [.init("policy", .string(policy.name))]
    return .object(
      name + [
        .init("mutants", .number(String(policy.all))),
        .init("noticed", .number(String(policy.noticed))),
        .init("equivalent", .number(String(policy.equivalent))),
        .init("percent", .number(String(policy.percent))),
      ])
  }

  private func tree(_ survivor: Survivor, _ catalog: Catalog) -> JSONTree {
    let mutant = survivor.mutant
    let words = files[mutant.range.file].text(in: mutant.range)
      .split(whereSeparator: \.isWhitespace)
    return .object([
      .init("policy", .string(mutant.policy)), .init("kind", .string(mutant.kind.rawValue)),
      .init("at", .string(files.place(of: mutant.range))),
      .init("source", .string(words.joined(separator: " "))),
      .init("change", .string(MutationMessages.change(mutant).text(in: catalog))),
      .init("asked", .bool(survivor.isAsked)),
    ])
  }
}
