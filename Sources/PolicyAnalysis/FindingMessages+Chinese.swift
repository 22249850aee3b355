/// The words of the analysis's findings in Chinese.
public import PolicySource

/// The tables of this module.
public enum FindingWords {
  /// What `writ check` says of the findings, in Chinese.
  public static let chinese: Catalog.Table = [
    "`{1}` never decides: whenever it holds, `{2}` denies": "`{1}` 从不起作用：它成立时，`{2}` 总会拒绝",
    "`{1}` never speaks: its condition is false for every request": "`{1}` 从不生效：任何请求都不满足它的条件",
    "`{1}` says nothing new: it holds for the same requests as `{2}`":
      "`{1}` 没有新内容：它与 `{2}` 对同样的请求成立",
    "a request for `{1}` as of {2} gets the error `parameter_missing`":
      "以 {2} 为准请求 `{1}` 会得到错误 `parameter_missing`",
    "from {1} to {2}": "自 {1} 至 {2}",
    "give a value from the first day, or let the policy begin later": "请从第一天起给出值，或让该制度晚些生效",
    "leave it out, or see whether another condition was meant": "请删去，或检查是否本想写别的条件",
    "leave it out, or see whether one of the two conditions is too wide":
      "请删去，或检查两个条件中是否有一个过宽",
    "leave the condition out, or see whether another was meant": "请删去条件，或检查是否本想写别的条件",
    "let the terms follow each other, or name somebody for the days between":
      "请让任期前后相接，或为其间的日子指定人员",
    "mend the policy, or say what is guaranteed for fewer requests": "请修改制度，或缩小所保证的请求范围",
    "no request gets `{1}` here: the bands before it, or its condition, rule it out":
      "任何请求都不会在此得到 `{1}`：前面的档次或它自己的条件已将其排除",
    "nobody holds the post `{1}` {2}": "{2} 无人担任岗位 `{1}`",
    "nobody stands in for `{1}` {2}": "{2} 无人代理 `{1}`",
    "on {1}": "于 {1}",
    "see whether another condition was meant; else leave it out": "请检查是否本想写别的条件；否则请删去",
    "the answer at present; the guarantee `{1}` does not allow it": "目前的结果；保证 `{1}` 不允许如此",
    "the condition of `{1}` is true for every request that comes this far":
      "凡是走到这里的请求，`{1}` 的条件都成立",
    "the decision never applies: this condition is false for every request":
      "该决定从不适用：任何请求都不满足此条件",
    "the guarantee `{1}` does not hold": "保证 `{1}` 不成立",
    "the parameter `{1}` has no value before {2}": "参数 `{1}` 在 {2} 之前没有值",
    "the step `{1}` is never in the chain": "步骤 `{1}` 从不出现在审批链中",
    "the term before it": "前一任期",
    "these two cases break it: they differ in one fact, and the answers do not fit each other":
      "以下两个用例违反了它：只有一项事实不同，而结果互相矛盾",
    "this `{1}` never counts: another is always lower, or its condition is never true":
      "此项 `{1}` 从不起作用：总有更低的上限，或其条件从不成立",
    "this case breaks it": "以下用例违反了它",
    "this clause hides it": "被此条款遮盖",
    "this part of the condition of `{1}` is false for every request that comes to it":
      "凡是走到这里的请求，`{1}` 条件的这一部分都不成立",
    "this part of the condition of `{1}` is true for every request that comes to it":
      "凡是走到这里的请求，`{1}` 条件的这一部分都成立",
  ]
}
