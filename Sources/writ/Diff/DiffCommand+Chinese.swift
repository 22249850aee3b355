/// The words of `writ diff` in Chinese, by their English templates.
import PolicySource

extension ToolMessages {
  static let chineseOfDiff: Catalog.Table = [
    "Says what a change of policies changes, for all inputs.": "针对所有输入，说明制度修改后哪些结果会变。",
    "`git log --oneline` and `git branch --all` show which there are":
      "用 `git log --oneline` 和 `git branch --all` 查看现有版本",
    "`{1}` has no folder `{2}`": "`{1}` 中没有文件夹 `{2}`",
    "`{1}` is neither a folder nor a revision": "`{1}` 既不是文件夹，也不是版本",
    "`{1}` is no folder": "`{1}` 不是文件夹",
    "`--log` names it": "用 `--log` 指定",
    "`writ log verify` says what is wrong with it": "用 `writ log verify` 查看问题所在",
    "`writ replay` of the same file says what is wrong with it": "对同一文件运行 `writ replay` 可查看问题所在",
    "`{1}` is for a log": "`{1}` 只用于日志",
    "a decision log: how many recorded decisions each change concerns, and how much money":
      "决策日志：列出每项变化涉及多少条已记录的决策和多少金额",
    "exit code 3 when answers change, 0 when proved that none does, 1 when neither is known":
      "结果有变化时退出码为 3，证明无变化时为 0，两者都不能确定时为 1",
    "for a revision, git must be installed": "比较版本需要安装 git",
    "it is no revision either: `{1}` is in no repository": "也不是版本：`{1}` 不在任何代码仓库中",
    "one page for a browser or a printer": "一个网页，可用浏览器查看或打印",
    "only this decision, `policy.decision`": "只比较这一决策，写作 `policy.decision`",
    "policies are compared folder by folder": "制度按文件夹比较",
    "text for people, one document, or one page": "供人阅读的文本、一个 JSON 文档，或一个网页",
    "the folder is looked for where it lies in the repository now": "按该文件夹目前在仓库中的位置查找",
    "the folder that is read at a revision, where neither OLD nor NEW is a folder":
      "OLD 和 NEW 都不是文件夹时，读取版本中的哪个文件夹",
    "the policies after: a folder, or a revision (default: what `--folder` says)":
      "之后的制度：文件夹或 git 版本（默认：`--folder` 所指）",
    "the policies before: a folder, or a revision of git": "之前的制度：文件夹或 git 版本",
    "the policies of `{1}` cannot be compared": "`{1}` 的制度无法比较",
    "there is no decision `{1}`": "没有决策 `{1}`",
    "what the changes that are not committed yet change": "尚未提交的修改会带来哪些变化",
    "the log is not what was written": "日志与写入时不一致",
    "with how many decisions of this year each change concerns": "并列出每项变化涉及今年多少条决策",
    "{1} of {2} decisions compared": "已比较 {1}/{2} 个决策",
  ]
}
