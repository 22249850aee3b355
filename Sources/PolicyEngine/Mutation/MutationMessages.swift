/// The words of the report about mutants.
import PolicyCompiler
import PolicySource

/// The wording of mutation.
enum MutationMessages {
  static let mutants: Phrase = "mutants"
  static let noticed: Phrase = "noticed"
  static let share: Phrase = "share"

  /// What was changed, and that no case notices.
  static func survivor(_ survivor: MutationReport.Survivor) -> Phrase {
    survivor.isAsked
      ? "\(change(survivor.mutant)): no case notices"
      : "\(change(survivor.mutant)): no case asks for it"
  }

  /// What was changed, in words.
  static func change(_ mutant: Mutant) -> Phrase {
    switch mutant.change {
    case .becomes(let from, let to): "`\(from)` becomes `\(to)`"
    case .dropped(let words): "without `\(words)`"
    case .unconditional(let words): "`\(words)` without its condition"
    case .turned(let words): "`\(words)` the other way round"
    }
  }

  /// The last line.
  static func summary(_ total: MutationReport.Policy) -> Phrase {
    let lacking = total.all - total.noticed
    let told: Phrase =
      lacking == 0
      ? "mutants: all of \(total.all) are noticed"
      : "mutants: \(total.noticed) of \(total.all) are noticed, \(total.percent)%; \(lacking) are not"
    if total.equivalent == 0 { return told }
    return "\(told) (\(total.equivalent) more are the same policy in other words)"
  }

  /// That too few are noticed.
  static func tooFew(_ total: MutationReport.Policy, least: String) -> Phrase {
    "\(total.noticed) of \(total.all) mutants are noticed (\(total.percent)%), less than \(least)"
  }
}
