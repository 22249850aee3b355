/// The words of a difference in Chinese, by their English templates.
public import PolicySource

extension DiffMessages {
  /// The words in Chinese.
  public static let chinese: Catalog.Table = [
    "1 decision": "1 个决策",
    "What changes": "变化说明",
    "after": "之后",
    "also reads {1}": "新增读取 {1}",
    "always": "始终",
    "answer after": "之后的结果",
    "answer before": "之前的结果",
    "answers change: {1}": "结果有变化：{1}",
    "before": "之前",
    "decisions whose answers stay the same": "结果不变的决策",
    "for every request": "适用于所有请求",
    "for example {1}: {2}": "例如 {1}：{2}",
    "for example {1}: {2} → {3}": "例如 {1}：{2} → {3}",
    "for example: {1}": "例如：{1}",
    "for example: {1} → {2}": "例如：{1} → {2}",
    "from {1}": "自 {1} 起",
    "from {1} until {2}": "自 {1} 至 {2}",
    "in force {1}; before, {2}": "有效期：{1}；此前：{2}",
    "in the log also: {1}": "日志中另有：{1}",
    "in the log: no decision": "日志中没有此类决策",
    "in the log: {1}": "日志中：{1}",
    "in the log: {1}, {2}": "日志中：{1}，{2}",
    "more may change than is listed here": "可能还有未列出的变化",
    "neither a change was found nor a proof that there is none: {1}":
      "既未发现变化，也未能证明没有变化：{1}",
    "no longer takes {1}": "不再接受 {1}",
    "not compared: texts, labels, sources, and places in the files of the policies":
      "不作比较：文字、名称、出处，以及在制度文件中的位置",
    "not known whether it changes: {1}": "不能确定是否变化：{1}",
    "only in the policies after: {1}": "仅见于之后的制度：{1}",
    "only in the policies before: {1}": "仅见于之前的制度：{1}",
    "or in parts of these facts that are not listed": "或在未列出的其他范围",
    "or where {1}": "或当 {1}",
    "other requests are taken: {1}": "接受的请求有变化：{1}",
    "proved means: for every amount in the currency of the policy and every number up to 10^20, every date from 1900 to 2199, every day from 2000 to 2099 on which the policies are in force, and lists of any length":
      "“已证明”指：对制度币种的一切金额和 10^20 以内的一切数字、1900 年至 2199 年的一切日期、2000 年至 2099 年制度有效期内的每一天，以及任意长度的列表均成立",
    "recorded, but not decided anew: {1}": "有记录但未能重新判定：{1}",
    "request": "请求",
    "the decision is gone": "该决策已取消",
    "the decision is new": "该决策为新增",
    "the log {1}: {2} decided by both": "日志 {1}：{2}由两套制度分别判定",
    "there is no decision to compare": "没有可比较的决策",
    "until {1}": "至 {1} 止",
    "what changes from {1} to {2}": "从 {1} 到 {2} 的变化",
    "where answers change with all facts known, requests with missing facts, clearances or acts are not listed apart":
      "信息齐全时结果已有变化的决策，不再另列信息不全、特批或办理记录下的变化",
    "where could not be bounded; at least here:": "无法界定范围，至少在此处：",
    "where {1}": "当 {1}",
    "{1} decisions": "{1} 个决策",
    "{1} has other bounds": "{1} 的取值范围改变",
    "{1} is of another type": "{1} 的类型改变",
    "{1} may also be {2}": "{1} 还可为 {2}",
    "{1} may no longer be {2}": "{1} 不得再为 {2}",
    "{1} may now be absent": "{1} 可不填",
    "{1} must now be given": "{1} 须填写",
    "{1}: no answer changes, proved for all inputs": "{1}：已证明对所有输入结果均不变",
  ]
}
