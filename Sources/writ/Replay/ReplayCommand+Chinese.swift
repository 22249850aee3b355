/// The words of `writ replay` in Chinese, by their English templates in the order of the alphabet.
import PolicySource

extension ToolMessages {
  static let chineseOfReplay: Catalog.Table = [
    "1 recorded decision": "1 条已记录的决策",
    "a secret stands masked in the request": "请求中的保密内容已遮盖",
    "a sum in {1} that is too large": "{1} 合计过大",
    "answers change": "结果有变化",
    "changed decisions:": "结果有变化的决策：",
    "check every hash and the chain of the log on the way; `--verify=no` is faster":
      "同时校验日志的每个散列值及其链接；`--verify=no` 可加快速度",
    "Decides recorded requests anew by other policies, and says whose answers change.":
      "以另一套制度重新判定已记录的请求，并列出结果有变化的请求。",
    "every changed decision since October, for a spreadsheet":
      "十月以来每个结果有变化的决策，供电子表格使用",
    "every hash fits, and the chain is whole from record {1} to record {2}":
      "每个散列值均相符，第 {1} 至 {2} 条记录的链接完整",
    "exit code 0 when no answer changes, 3 when some do, 1 when the log is damaged":
      "结果均无变化时退出码为 0，有变化时为 3，日志受损时为 1",
    "first: record {1}": "首见于第 {1} 条记录",
    "how many (default: one per core)": "线程数（默认：每个处理器核一个）",
    "how many changed decisions are listed; CSV lists all":
      "列出多少个结果有变化的决策；CSV 全部列出",
    "left out as too old: {1}": "因时间过早而略去：{1}",
    "more files of the log, so that `--log *.jsonl` may be written":
      "日志的其他文件，以便书写 `--log *.jsonl`",
    "no decision has an amount `{1}`": "没有哪个决策有金额 `{1}`",
    "no recorded decision is asked for": "没有符合条件的已记录决策",
    "not replayed:": "未能重放：",
    "records from this day or moment on": "自此日或此刻起的记录",
    "records to the end of this day, or to this moment": "至此日结束或此刻为止的记录",
    "text for people, JSON, or one line of CSV for each changed decision":
      "供人阅读的文本、JSON，或每个有变化的决策一行 CSV",
    "the amount of a request to add up, such as order.amount (default: its only one)":
      "要合计的请求金额，例如 order.amount（默认：请求中唯一的金额）",
    "the folder of the log, or a file of it": "日志所在文件夹，或其中一个文件",
    "the folder of the policies that decide anew": "用于重新判定的制度所在文件夹",
    "the log was not verified": "未校验日志",
    "the policies have no such decision": "这套制度中没有该决策",
    "the record cannot be read": "无法读取该记录",
    "the record of {1} names no day: it was taken from the time of the record":
      "有 {1} 的记录未写日期：已按记录时间推定",
    "the request does not fit: {1} at `{2}`": "请求不适用：{1}，见 `{2}`",
    "the request was not recorded, only its length and hash": "请求未记录，只记录了长度和散列值",
    "the request was refused with {1}": "请求已被拒绝（{1}）",
    "{1} answered as before": "{1} 条结果不变",
    "{1} changed": "{1} 条有变化",
    "{1} changed in other ways": "{1} 条有其他变化",
    "{1} not replayed": "{1} 条未能重放",
    "{1} recorded decisions": "{1} 条已记录的决策",
    "{1} records, {2}%, {3} per second": "{1} 条记录，{2}%，每秒 {3} 条",
    "{1} without an amount": "{1} 条没有金额",
    "{1} × {2}": "{1} × {2}",
    "{1} × {2}, first: record {3}": "{1} × {2}，首见于第 {3} 条记录",
    "{1}: the sums are of `{2}`": "{1}：按 `{2}` 合计",
    "{1}: which amount counts is not clear; `--sum` names it: {2}":
      "{1}：以哪个金额合计尚不明确，请用 `--sum` 指定：{2}",
    "{1}: {2} of {3} change": "{1}：{3} 条中有 {2} 条变化",
    "record {1}, {2}, {3}, {4}": "第 {1} 条记录，{2}，{3}，{4}",
  ]
}
