/// The words about names that there are not and files that cannot be written, in Chinese, by their English templates.
import PolicySource

extension ToolMessages {
  static let chineseOfMistakes: Catalog.Table = [
    "`--folder` is for two revisions": "`--folder` 只用于两个版本",
    "`--format json --cost`": "`--format json --cost`",
    "`--quick` leaves out what `--uncovered` asks for": "`--quick` 会略去 `--uncovered` 所要的内容",
    "`git config --global --add safe.directory FOLDER` trusts it":
      "用 `git config --global --add safe.directory 文件夹` 表示信任",
    "`writ check --quick --cost` shows the names of all decisions":
      "用 `writ check --quick --cost` 查看所有决策的名称",
    "`{1}` is a folder": "`{1}` 是文件夹",
    "`--until` lies before `{1}`": "`--until` 早于 `{1}`",
    "a share from 0% to 100%, such as `95%`": "0% 到 100% 之间的比例，例如 `95%`",
    "give one of the two": "请只给出其中一个",
    "git does not trust the repository that holds `{1}`: it belongs to another user":
      "git 不信任 `{1}` 所在的代码仓库：它属于另一个用户",
    "it is a folder: name a file in it": "这是文件夹：请指定其中的文件",
    "it is closed; `> /dev/null` throws away what nobody wants":
      "标准输出已关闭；不需要输出时请用 `> /dev/null`",
    "make the folder `{1}` first": "请先建立文件夹 `{1}`",
    "name a file in it": "请指定其中的文件",
    "neither the policies nor these records have a decision `{1}`": "制度和这些记录中都没有决策 `{1}`",
    "no record can lie between them": "两者之间不会有任何记录",
    "nothing can be written there: it is mounted read-only": "无法写入：该处以只读方式挂载",
    "SARIF has no place for `--cost`": "SARIF 中无法给出 `--cost` 的内容",
    "the only one is `{1}`": "只有 `{1}`",
    "there is no folder `{1}`: the page says nothing of sample cases":
      "没有文件夹 `{1}`：网页中不含样例的内容",
    "there is no room left: make room, and run it again": "空间已满：请腾出空间后重新运行",
    "there is no such file": "没有这个文件",
    "this user may not write there": "当前用户无权写入",
    "what was found cannot be written to standard output": "结果无法写到标准输出",
  ]
}
