/// The words of the report about mutants.
import PolicyCompiler
public import PolicySource

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
    """
    \(total.noticed) of \(total.all) mutants are noticed (\(total.percent)%), which is less than \(least)
    """
  }
}

extension EngineMessages {
  /// The words of mutation in Chinese.
  public static let chineseOfMutation: Catalog.Table = [
    "`{1}` becomes `{2}`": "`{1}` 改为 `{2}`",
    "`{1}` the other way round": "`{1}` 取反",
    "`{1}` without its condition": "`{1}` 去掉条件",
    "mutants": "变异",
    "mutants: all of {1} are noticed": "变异：全部 {1} 个均被发现",
    "mutants: {1} of {2} are noticed, {3}%; {4} are not": "变异：{2} 个中发现 {1} 个，{3}%；{4} 个未被发现",
    "noticed": "被发现",
    "share": "比例",
    "without `{1}`": "去掉 `{1}`",
    "{1} ({2} more are the same policy in other words)": "{1}（另有 {2} 个与原制度等价）",
    "{1} of {2} mutants are noticed ({3}%), which is less than {4}":
      "{2} 个变异中发现 {1} 个（{3}%），低于 {4}",
    "{1}: no case asks for it": "{1}：没有样例涉及",
    "{1}: no case notices": "{1}：没有样例能发现",
  ]
}
