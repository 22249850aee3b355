/// What a replay found, as text for people.
import DecisionLog
import PolicyEngine
import PolicyReplay
import PolicyRuntime
import PolicySource

struct ReplayText {
  private let report: ReplayReport
  private let language: Language
  private let lists: Bool
  /// How many kinds, hindrances and damages are told.
  private static let most = 50

  /// - Parameter lists: whether the changed decisions are listed.
  init(_ report: ReplayReport, _ language: Language, lists: Bool) {
    self.report = report
    self.language = language
    self.lists = lists
  }

  func text(_ console: Console) -> String {
    let lines =
      head + kinds + (lists ? listed : []) + hindered + notes + log
    return lines.map { console.say($0) + "\n" }.joined()
  }

  private var head: [Phrase] {
    let tally = report.tally
    let all = SourceMessages.count(tally.decisions, "recorded decision")
    if tally.decisions == 0 { return ["no recorded decision is asked for"] }
    var words: [Phrase] = ["\(LoadText.grouped(tally.same)) answered as before"]
    if tally.changed > 0 { words.insert("\(LoadText.grouped(tally.changed)) changed", at: 0) }
    if tally.notReplayed > 0 { words.append("\(LoadText.grouped(tally.notReplayed)) not replayed") }
    return ["\(all): \(SourceMessages.list(words, last: .comma))"]
  }

  // MARK: Kinds

  private var kinds: [Phrase] {
    var lines: [Phrase] = []
    let all = report.kinds
    var decisions: [String] = []
    for (kind, _) in all where !decisions.contains(kind.decision) {
      decisions.append(kind.decision)
    }
    for decision in decisions {
      let own = all.filter { $0.kind.decision == decision }
      let changed = LoadText.grouped(own.reduce(0) { $0 + $1.count.count })
      let replayed = LoadText.grouped(report.tally.replayed[decision] ?? 0)
      lines.append("")
      lines.append("\(decision): \(changed) of \(replayed) change")
      for (kind, count) in own.prefix(Self.most) {
        let words = kind.change.words(in: language)
        lines.append("  \(LoadText.grouped(count.count)) × \(words)")
        lines.append("     \(facts(count))")
      }
      if own.count > Self.most { lines.append("  … and \(own.count - Self.most) more") }
    }
    if report.tally.otherKinds.count > 0 {
      lines.append("")
      lines.append("\(LoadText.grouped(report.tally.otherKinds.count)) changed in other ways")
    }
    return lines
  }

  /// The money of some decisions, and the first record.
  private func facts(_ count: ReplayCount) -> Phrase {
    var words = count.money.amounts.map { Phrase.verbatim(Self.text($0)) }
    words += count.money.overflows.map { "a sum in \($0) that is too large" }
    if count.money.missing > 0, count.money.missing < count.count {
      words.append("\(LoadText.grouped(count.money.missing)) without an amount")
    }
    words.append("first: record \(count.first)")
    return SourceMessages.list(words, last: .semicolon)
  }

  private static func text(_ amount: MoneyAmount) -> String {
    FigureText.grouped(amount.text) ?? amount.text
  }

  // MARK: Decisions

  private var listed: [Phrase] {
    if report.listed.isEmpty { return [] }
    var lines: [Phrase] = ["", "changed decisions:"]
    for change in report.listed {
      let place: Phrase =
        "  record \(change.number), \(change.day.text), \(change.requestID), \(change.decision)"
      lines.append(place)
      var words = change.change.words(in: language)
      if let amounts = change.amounts, !amounts.isEmpty {
        words = "\(words) (\(amounts.map(Self.text).joined(separator: ", ")))"
      }
      lines.append("     \(words)")
    }
    let rest = report.tally.changed - report.listed.count
    if rest > 0 { lines.append("  … and \(LoadText.grouped(rest)) more") }
    return lines
  }

  private var hindered: [Phrase] {
    let all = report.hindrances
    if all.isEmpty { return [] }
    var lines: [Phrase] = ["", "not replayed:"]
    for (hindrance, count) in all.prefix(Self.most) {
      let why = Self.words(hindrance.obstacle)
      let words =
        hindrance.decision.isEmpty ? why : SourceMessages.titled(.verbatim(hindrance.decision), why)
      let number = LoadText.grouped(count.count)
      lines.append("  \(number) × \(words), first: record \(count.first)")
    }
    let rest = all.dropFirst(Self.most).reduce(0) { $0 + $1.count.count }
    let more = rest + report.tally.otherHindered.count
    if more > 0 { lines.append("  … and \(LoadText.grouped(more)) more") }
    return lines
  }

  static func words(_ obstacle: ReplayObstacle) -> Phrase {
    switch obstacle {
    case .damaged: "the record cannot be read"
    case .decisionGone: "the policies have no such decision"
    case .masked: "a secret stands masked in the request"
    case .notRecorded: "the request was not recorded, only its length and hash"
    case .refused(let status): "the request was refused with \(status)"
    case .unreadable(let code, let pointer): "the request does not fit: \(code) at `\(pointer)`"
    }
  }

  // MARK: Notes

  private var notes: [Phrase] {
    var lines: [Phrase] = []
    if report.tally.derivedDays > 0 {
      let count = SourceMessages.count(report.tally.derivedDays, "decision")
      lines.append("the record of \(count) names no day: it was taken from the time of the record")
    }
    let changed = Set(report.tally.kinds.keys.map(\.decision)).sorted()
    for decision in changed {
      switch report.amounts[decision] {
      case .clear(let amount)?: lines.append("\(decision): the sums are of `\(amount.path)`")
      case .several(let paths)?:
        let names = SourceMessages.names(paths, last: .or, limit: 6)
        lines.append("\(decision): which amount counts is not clear; `--sum` names it: \(names)")
      case Optional.none, .none?: break
      }
    }
    return lines.isEmpty ? [] : [""] + lines
  }

  private var log: [Phrase] {
    let chain = report.chain
    var lines: [Phrase] = [""]
    for damage in chain.damages.prefix(Self.most) {
      lines.append("\(damage.file):\(damage.line): \(damage.message)")
    }
    if chain.damaged > Self.most { lines.append("… and \(chain.damaged - Self.most) more") }
    if chain.unfinished > 0 {
      lines.append("the log is being written: \(chain.unfinished) bytes of a record on its way")
    }
    if report.skippedFiles > 0 {
      let files = SourceMessages.count(report.skippedFiles, "file")
      lines.append("left out as too old: \(files)")
    }
    if chain.damaged > 0 {
      let count = SourceMessages.count(chain.damaged, "finding")
      lines.append("the log is not what was written: \(count)")
    } else if !report.isVerified {
      lines.append("the log was not verified")
    } else if let first = chain.first, let head = chain.head {
      lines.append(
        "every hash fits, and the chain is whole from record \(first) to record \(head.number)")
    }
    return lines.count > 1 ? lines : []
  }
}
