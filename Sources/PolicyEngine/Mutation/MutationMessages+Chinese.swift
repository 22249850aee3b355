/// The words about mutants and suggested cases in Chinese, by their English templates.
public import PolicySource

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
    "{1} of {2} mutants are noticed ({3}%), less than {4}": "{2} 个变异中发现 {1} 个（{3}%），低于 {4}",
    "{1}: no case asks for it": "{1}：没有样例涉及",
    "{1}: no case notices": "{1}：没有样例能发现",
  ]
}

extension EngineMessages {
  /// The words of suggested cases in Chinese.
  public static let chineseOfSuggestions: Catalog.Table = [
    "to be confirmed: this is the answer at present": "待确认：此为目前的结果",
    "{1} and {2} of {3} unnoticed mutants": "{1}，以及 {3} 个未被发现的变异中的 {2} 个",
    "{1} for {2} of {3} open places": "{1}，涉及 {3} 处缺口中的 {2} 处",
  ]
}
