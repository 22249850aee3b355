/// What a replay found, as one JSON document.
import DecisionLog
import PolicyEngine
import PolicyReplay
import PolicyRuntime
import PolicySource

struct ReplayDocument {
  private let report: ReplayReport
  private let language: Language

  init(_ report: ReplayReport, _ language: Language) {
    self.report = report
    self.language = language
  }

  var tree: JSONTree {
    let tally = report.tally
    return .object([
      .init("decisions", Self.number(tally.decisions)), .init("same", Self.number(tally.same)),
      .init("changed", Self.number(tally.changed)),
      .init("notReplayed", Self.number(tally.notReplayed)),
      .init("derivedDays", Self.number(tally.derivedDays)),
      .init("kinds", .array(report.kinds.map(kind))),
      .init("otherKinds", Self.number(tally.otherKinds.count)),
      .init("listed", .array(report.listed.map(listed))),
      .init("hindered", .array(report.hindrances.map(Self.hindered))),
      .init("otherHindered", Self.number(tally.otherHindered.count)),
      .init("amounts", .object(amounts)), .init("log", log),
    ])
  }

  private static func number(_ value: some CustomStringConvertible) -> JSONTree {
    .number(value.description)
  }

  private func kind(_ kind: ReplayKind, _ count: ReplayCount) -> JSONTree {
    .object(
      [
        .init("decision", .string(kind.decision)), .init("change", kind.change.tree(in: language)),
      ] + Self.count(count))
  }

  private static func count(_ count: ReplayCount) -> [JSONTree.Member] {
    [
      .init("count", number(count.count)), .init("first", number(count.first)),
      .init("sums", .array(count.money.amounts.map { .string($0.text) })),
      .init("withoutAmount", number(count.money.missing)),
      .init("tooLarge", .array(count.money.overflows.map(JSONTree.string))),
    ]
  }

  private func listed(_ change: ReplayedChange) -> JSONTree {
    .object([
      .init("record", Self.number(change.number)), .init("at", .string(change.time.description)),
      .init("day", .string(change.day.text)), .init("requestId", .string(change.requestID)),
      .init("decision", .string(change.decision)),
      .init("change", change.change.tree(in: language)),
      .init("amounts", change.amounts.map { .array($0.map { .string($0.text) }) } ?? .null),
    ])
  }

  private static func hindered(_ hindrance: ReplayHindrance, _ count: ReplayCount) -> JSONTree {
    var members: [JSONTree.Member] = [.init("decision", .string(hindrance.decision))]
    switch hindrance.obstacle {
    case .damaged: members.append(.init("reason", .string("damaged")))
    case .decisionGone: members.append(.init("reason", .string("decision_gone")))
    case .masked: members.append(.init("reason", .string("masked")))
    case .notRecorded: members.append(.init("reason", .string("not_recorded")))
    case .refused(let status):
      members += [.init("reason", .string("refused")), .init("status", number(status))]
    case .unreadable(let code, let pointer):
      members += [
        .init("reason", .string("does_not_fit")), .init("code", .string(code)),
        .init("pointer", .string(pointer)),
      ]
    }
    return .object(
      members + [.init("count", number(count.count)), .init("first", number(count.first))])
  }

  private var amounts: [JSONTree.Member] {
    Set(report.tally.kinds.keys.map(\.decision)).sorted().map { decision in
      switch report.amounts[decision] {
      case .clear(let amount)?: .init(decision, .string(amount.path))
      case .several(let paths)?: .init(decision, .array(paths.map(JSONTree.string)))
      case Optional.none, .none?: .init(decision, .null)
      }
    }
  }

  private var log: JSONTree {
    let chain = report.chain
    return .object([
      .init("verified", .bool(report.isVerified)), .init("whole", .bool(chain.isWhole)),
      .init("records", Self.number(chain.records)),
      .init("first", chain.first.map { Self.number($0) } ?? .null),
      .init("head", chain.head.map { .string($0.description) } ?? .null),
      .init("unfinished", Self.number(chain.unfinished)),
      .init("filesLeftOut", Self.number(report.skippedFiles)),
      .init("damaged", Self.number(chain.damaged)),
      .init(
        "damages",
        .array(
          chain.damages.map { damage in
            .object([
              .init("file", .string(damage.file)), .init("line", Self.number(damage.line)),
              .init("message", .string(damage.message.text(in: Speech.catalog(of: language)))),
            ])
          })),
    ])
  }
}
