/// The words of an authority matrix in Chinese, by their English templates.
import PolicySource

extension MatrixMessages {
  static let chinese: Catalog.Table = [
    "CSV with a byte order mark, as Excel needs it": "CSV 带字节顺序标记，供 Excel 打开",
    "Shows who acts in which part of the inputs, for an approval or a limit.":
      "列出某项审批或额度在各种情形下由谁办理、额度多少。",
    "`writ matrix` lists those that have a matrix": "`writ matrix` 列出有矩阵的决策",
    "`{1}` is neither an approval nor a limit": "`{1}` 既不是审批也不是额度",
    "`--format csv --bom`": "`--format csv --bom`",
    "`--format {1}` is for the matrix of one decision": "`--format {1}` 只用于某一决策的矩阵",
    "`--bom` is for `--format csv`": "`--bom` 只用于 `--format csv`",
    "an aligned table (default), a file for spreadsheets, or one page":
      "对齐的表格（默认）、电子表格文件，或一个网页",
    "did you mean {1}?": "是否指 {1}？",
    "for Excel": "供 Excel 使用",
    "in every case": "任何情况",
    "name it: `writ matrix` lists those that have a matrix": "请指定决策：`writ matrix` 列出有矩阵的决策",
    "no request was found that has a row": "未找到可列出的请求",
    "or in further cases": "或其他情形",
    "or {1}": "或 {1}",
    "row": "行",
    "step": "步骤",
    "such as reimbursement.reimbursement; without it, those that have a matrix":
      "例如 reimbursement.reimbursement；省略则列出有矩阵的决策",
    "the decisions that have one": "有矩阵的决策",
    "there is no approval or limit `{1}`": "没有审批或额度 `{1}`",
    "there may be more rows": "可能还有其他行",
    "these policies have neither an approval nor a limit": "这些制度中既没有审批也没有额度",
    "when": "情形",
    "who signs which claims": "谁审批哪些报销",
    "{1} {2}": "{1} {2}",
    "from {1}": "自 {1} 起",
    "from {1} until {2}": "自 {1} 起至 {2}",
    "on {1}": "{1} 当天",
  ]
}
