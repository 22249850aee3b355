/// More of the checker in Chinese: guarantees.
public import PolicySource

extension CheckMessages {
  /// Guarantees.
  public static let chineseOfGuarantees: Catalog.Table = [
    "`{1}` is not a fact of the request": "`{1}` 不是请求中的事实",
    "an approval is needed here, this is the {1} `{2}`": "此处应为 approval（审批），而 `{2}` 是 {1}",
    "guarantee": "保证",
    "name an input or a field of one, such as `claim.amount`":
      "请写输入项或其字段，例如 `claim.amount`",
    "of other decisions write `for all requests: CONDITION`":
      "对其他决策请写 `for all requests: CONDITION`",
  ]
}
