/// The Chinese of what `writ check` says of the analysis.
import PolicySource

extension ToolMessages {
  /// The words of `writ check` in Chinese.
  static let chineseOfCheck: Catalog.Table = [
    "also the requests that no release of a policy decides": "另列没有任何放行决策判定的请求",
    "analysed {1} of {2}; {3} not analysed ({4})": "已分析 {2}中的 {1} 个；{3} 个未能分析（{4}）",
    "analysed {1}": "已分析 {1}",
    "every request is decided by a release of {1}": "{1} 的放行决策判定所有请求",
    "exit code 1 when a policy has an error, or a guarantee does not hold":
      "制度有错误或某项保证不成立时，退出码为 1",
    "for example an empty request": "例如空请求",
    "for example {1}": "例如 {1}",
    "guarantee {1}: does not hold": "保证 {1}：不成立",
    "guarantee {1}: neither proved nor refuted": "保证 {1}：既未证明，也未推翻",
    "guarantee {1}: neither proved nor refuted, because of {2}": "保证 {1}：因 {2}，既未证明，也未推翻",
    "guarantee {1}: proved for all requests": "保证 {1}：已证明对所有请求成立",
    "leaves out the analysis: clauses that never speak, and the guarantees": "不做分析：从不生效的条款，以及各项保证",
    "looks for mistakes in this policy alone": "只分析这一个制度",
    "mistakes that show for no request, and a counterexample for each guarantee that does not hold":
      "没有请求会触发的错误，以及每项不成立的保证的反例",
    "nor in parts of these facts that are not listed": "也不判定未列出的其他范围",
    "nor where {1}": "也不判定：{1}",
    "no release of {1} decides any request": "{1} 的放行决策不判定任何请求",
    "no release of {1} decides where {2}": "{1} 的放行决策不判定：{2}",
    "not analysed: `{1}` of {2}": "未能分析：{2} 的 `{1}`",
    "not analysed: whether a release of {1} decides every request":
      "未能分析：{1} 的放行决策是否判定所有请求",
    "text for people (default), JSON lines, or SARIF 2.1.0": "供人阅读的文本（默认）、JSON 行，或 SARIF 2.1.0",
    "the findings for a build server": "供构建服务器使用",
    "without proofs, in a moment": "不做证明，立即完成",
  ]
}
