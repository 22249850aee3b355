/// The words around what a difference of two sets tells.
internal import PolicyEngine
internal import PolicySource

/// What is said of a difference.
public enum DiffMessages {
  static func added(_ count: Int) -> Phrase { "only in the policies after: \(decisions(count))" }
  static let after: Phrase = "after"
  static let answerAfter: Phrase = "answer after"
  static let answerBefore: Phrase = "answer before"
  static let before: Phrase = "before"
  static let besides: Phrase = "with a fact missing, a reason cleared or a step given:"
  static func changed(_ count: Int) -> Phrase { "answers change: \(decisions(count))" }
  static let compared: Phrase =
    "not compared: texts, labels, sources, which error it is, and places in the files of the policies"
  static func days(_ from: String?, _ until: String?) -> Phrase {
    switch (from, until) {
    case (let from?, let until?): "from \(from) until \(until)"
    case (let from?, nil): "from \(from)"
    case (nil, let until?): "until \(until)"
    case (nil, nil): "always"
    }
  }
  static func decisions(_ count: Int) -> Phrase { SourceMessages.count(count, "decision") }
  static let everywhere: Phrase = "for every request"
  static func example(_ facts: String, _ old: Phrase, _ new: Phrase) -> Phrase {
    facts.isEmpty
      ? "for example: \(old) → \(new)" : "for example \(facts): \(old) → \(new)"
  }
  static func example(_ facts: String, _ change: Phrase) -> Phrase {
    facts.isEmpty ? "for example: \(change)" : "for example \(facts): \(change)"
  }
  static let heading: Phrase = "What changes"
  static func inForce(_ old: Phrase, _ new: Phrase) -> Phrase {
    "in force \(new); before, \(old)"
  }
  static let isAdded: Phrase = "the decision is new"
  static let isRemoved: Phrase = "the decision is gone"
  static func mayAlsoBe(_ path: String, _ names: [String]) -> Phrase {
    "\(path) may also be \(SourceMessages.names(names, last: .or))"
  }
  static func mayBeAbsent(_ path: String) -> Phrase { "\(path) may now be absent" }
  static func mayNoLongerBe(_ path: String, _ names: [String]) -> Phrase {
    "\(path) may no longer be \(SourceMessages.names(names, last: .or))"
  }
  static let moreChanges: Phrase = "more may change than is listed here"
  static let moreRegions: Phrase = "or in parts of these facts that are not listed"
  static func mustBeGiven(_ path: String) -> Phrase { "\(path) must now be given" }
  static let narrow: Phrase =
    "a change that is listed for requests with all facts known is not listed again for missing facts, clearances and acts"
  static let noBounds: Phrase = "where could not be bounded; at least here:"
  static let noDecision: Phrase = "there is no decision to compare"
  static func notDecided(_ count: Int) -> Phrase {
    "recorded, but not decided anew: \(decisions(count))"
  }
  static func notKnown(_ part: Phrase) -> Phrase { "not known whether it changes: \(part)" }
  static func open(_ count: Int) -> Phrase {
    "neither a change was found nor a proof that there is none: \(decisions(count))"
  }
  static func orWhere(_ region: Phrase) -> Phrase { "or where \(region)" }
  static func otherBounds(_ path: String) -> Phrase { "\(path) has other bounds" }
  static func otherRequests(_ count: Int) -> Phrase {
    "other requests are taken: \(decisions(count))"
  }
  static func otherType(_ path: String) -> Phrase { "\(path) is of another type" }
  static func otherwise(_ words: Phrase) -> Phrase { "in the log also: \(words)" }
  static func priced(_ count: Int, _ amounts: [String]) -> Phrase {
    if count == 0 { return "in the log: no decision" }
    let sums = amounts.map { FigureText.grouped($0) ?? $0 }.joined(separator: ", ")
    return sums.isEmpty
      ? "in the log: \(decisions(count))" : "in the log: \(decisions(count)), \(sums)"
  }
  static let range: Phrase =
    "proved means: for every amount in the currency of the policy and every number up to 10^20, every date from 1900 to 2199, every day from 2000 to 2099 on which the policies are in force, and lists of any length"
  static func replayed(_ log: String, _ count: Int) -> Phrase {
    "the log \(log): \(decisions(count)) decided by both"
  }
  static func reads(_ path: String) -> Phrase { "also reads \(path)" }
  static func removed(_ count: Int) -> Phrase { "only in the policies before: \(decisions(count))" }
  static let request: Phrase = "request"
  static func same(_ count: Int) -> Phrase {
    "\(decisions(count)): no answer changes, proved for all inputs"
  }
  static func takesNoLonger(_ path: String) -> Phrase { "no longer takes \(path)" }
  static func title(_ old: String, _ new: String) -> Phrase {
    "what changes from \(old) to \(new)"
  }
  static let unchanged: Phrase = "decisions whose answers stay the same"
  static func whereWords(_ region: Phrase) -> Phrase { "where \(region)" }
}
