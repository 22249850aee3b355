/// The words of an explanation.
import PolicyAnalysis
import PolicyReport
import PolicySource

enum ExplainMessages {
  static let alwaysStays: Phrase = "The answer stays whatever the facts are"
  static func anything(_ names: String) -> Phrase { "whatever these are: \(names)" }
  static let anyLaterDay: Phrase = "on every later day"
  static let dayNotKnown: Phrase = "not analysed: until which day"
  static let noTurn: Phrase = "No change was found that would make it a yes"
  static func notAnalysed(_ names: String) -> Phrase { "not analysed: \(names)" }
  static let notAnalysedAtAll: Phrase =
    "How far the answer holds was not analysed: its day lies outside the policy, or outside the years 2000 to 2099"
  static func now(_ region: Phrase, _ label: String, _ value: String) -> Phrase {
    "\(region) (\(label), now \(value))"
  }
  static func labelled(_ region: Phrase, _ label: String) -> Phrase { "\(region) (\(label))" }
  static func onceKnown(_ region: Phrase) -> Phrase { "once it is known: \(region)" }
  static func ifGiven(_ region: Phrase) -> Phrase { "given: \(region)" }
  static let otherwise: Phrase = "It would be otherwise if"
  static let staysUnlessMore: Phrase =
    "The answer stays whatever the facts that were given are, as long as no more is known"
  static let stays: Phrase = "The answer stays as long as"
  static func until(_ day: String) -> Phrase { "until \(day)" }

  /// What would have to be, in words.
  static func change(_ change: Explanation.Change, in language: Language) -> Phrase {
    let label = BilingualLabel.half(of: change.label, in: language)
    let name = label.isEmpty ? change.fact : label
    let amount = change.difference ?? ""
    switch change.way {
    case .more: return "\(name): \(amount) more (\(change.region))"
    case .less: return "\(name): \(amount) less (\(change.region))"
    case .daysLater: return "\(name): \(amount) days later (\(change.region))"
    case .daysEarlier: return "\(name): \(amount) days earlier (\(change.region))"
    case .becomes: return labelled(change.region, name)
    case .known: return onceKnown(labelled(change.region, name))
    case .given: return ifGiven(labelled(change.region, name))
    case .later: return "it is decided later: \(change.region)"
    case .cleared:
      let code = change.fact.split(separator: ".").last.map(String.init) ?? change.fact
      return "\(change.by ?? "") clears \(code)"
    case .approved: return change.region
    }
  }
}
