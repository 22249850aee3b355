/// The words of an explanation in Chinese, by their English templates.
import PolicySource

extension ExplainMessages {
  static let chinese: Catalog.Table = [
    "How far the answer holds was not analysed: its day lies outside the policy, or outside the years 2000 to 2099":
      "未分析结果的有效范围：日期不在制度有效期内，或不在 2000 年至 2099 年之间",
    "It would be otherwise if": "以下任一变化会改变结果",
    "No change was found that would make it a yes": "未找到能使其通过的变化",
    "The answer stays as long as": "以下条件不变时结果不变",
    "The answer stays whatever the facts are": "无论事实如何，结果不变",
    "The answer stays whatever the facts that were given are, as long as no more is known":
      "只要没有新的事实查明，无论已给出的事实如何，结果不变",
    "given: {1}": "填写后：{1}",
    "it is decided later: {1}": "稍后再办：{1}",
    "not analysed: until which day": "未分析：有效到哪一天",
    "not analysed: {1}": "未分析：{1}",
    "on every later day": "以后任何一天均如此",
    "once it is known: {1}": "查明后：{1}",
    "says for which values the answer stays, and what would turn it":
      "说明结果在哪些取值下不变、怎样会改变",
    "until {1}": "至 {1}（含）",
    "what would turn it": "怎样才会改变",
    "whatever these are: {1}": "以下各项无论为何：{1}",
    "{1} ({2})": "{1}（{2}）",
    "{1} ({2}, now {3})": "{1}（{2}，现为 {3}）",
    "{1} clears {2}": "{1} 特批 {2}",
    "{1}: {2} days earlier ({3})": "{1}：提前 {2} 天（{3}）",
    "{1}: {2} days later ({3})": "{1}：推迟 {2} 天（{3}）",
    "{1}: {2} less ({3})": "{1}：减少 {2}（{3}）",
    "{1}: {2} more ({3})": "{1}：增加 {2}（{3}）",
    "Says why an answer is what it is, how far it holds, and what would turn it.":
      "说明结果的原因、有效范围，以及怎样会改变。",
    "text for people (default), or one document": "给人看的文本（默认），或一份 JSON 文档",
  ]
}
