/// The words of `writ ask` and `writ bench` in Chinese, by their English templates in the order of the alphabet.
import PolicySource

extension ToolMessages {
  static let chineseOfTheClient: Catalog.Table = [
    "1 connection": "1 个连接",
    "1 request": "1 个请求",
    "`--rate 1000`, or `--closed`": "`--rate 1000`，或 `--closed`",
    "`--rate` and `--closed` exclude each other": "`--rate` 和 `--closed` 不能同时使用",
    "`--rate` is missing": "缺少 `--rate`",
    "`permitted` of the answer does not fit its outcome `{1}`": "应答中的 `permitted` 与结果 `{1}` 不符",
    "`{1}` is not an id for a request": "`{1}` 不能作为请求编号",
    "a whole number from {1} to {2}": "{1} 到 {2} 的整数",
    "an open loop: a time runs from the moment a request was due": "开环测试：用时从请求应发出的时刻算起",
    "answered before: {1}": "此前已得到 {1} 个应答",
    "answers per second: {1}.{2}": "每秒应答数：{1}.{2}",
    "as fast as it goes; exit code 1 when a request was not answered with 200":
      "以最快速度发送；只要有请求未得到 200 应答，退出码即为 1",
    "Asks the daemon for a decision and prints the answer.": "向守护进程查询决策并输出结果。",
    "at most 100 letters, digits and signs of ASCII, without blanks":
      "最多 100 个 ASCII 字母、数字或符号，不含空格",
    "connection lost before the answer": "应答前连接中断",
    "could not connect": "无法连接",
    "due {1}, answered {2}": "应发 {1} 个，得到应答 {2} 个",
    "exit code 0 for every answer, also for a no; without it only for a yes":
      "只要有结果，退出码就为 0，不准许时也是；不加此选项时，仅准许时为 0",
    "exit code 0 only when the answer permits it; 1 for a no, a refusal, or no answer at all":
      "仅当结果为准许时退出码为 0；不准许、请求被拒绝或没有应答时为 1",
    "files such as full_payment.may_ship.allow.json, or `.jsonl` with a `decision` per line":
      "形如 full_payment.may_ship.allow.json 的文件，或每行带 `decision` 的 `.jsonl` 文件",
    "from due to answered: {1}": "从应发时刻到应答：{1}",
    "how long an answer is waited for, such as 0.5 (default: 10)": "等待应答的秒数，例如 0.5（默认：10）",
    "how long requests are sent (default: 10)": "发送请求的秒数（默认：10）",
    "how many requests may be out on one connection (default: 1)": "每个连接上可同时等待应答的请求数（默认：1）",
    "instead of a rate: the next request as soon as an answer has come": "不按速率，收到应答后立即发送下一个请求",
    "leave one of them out": "请去掉其中一个",
    "line {1} is no JSON object with a `decision`": "第 {1} 行不是带 `decision` 的 JSON 对象",
    "line {1} of `{2}` has no `decision`": "`{2}` 第 {1} 行没有 `decision`",
    "line {1} of `{2}` is no JSON object": "`{2}` 第 {1} 行不是 JSON 对象",
    "many over one connection; each line names its `decision`": "通过一个连接查询多个请求；每行写明各自的 `decision`",
    "mend it first": "请先更正",
    "name it as `full_payment.may_ship.first.json`, or give `--decision`":
      "请命名为 `full_payment.may_ship.first.json` 的形式，或给出 `--decision`",
    "name it: `--socket PATH`": "请指明：`--socket 路径`",
    "neither XDG_RUNTIME_DIR nor HOME is set, so the daemon's socket is not known":
      "XDG_RUNTIME_DIR 和 HOME 均未设置，因此不知道守护进程的套接字在哪里",
    "no answer in time": "未及时应答",
    "or give `--decision`": "也可给出 `--decision`",
    "over how many connections (default: 1)": "使用的连接数（默认：1）",
    "permitted {1}, not permitted {2}, without the flag {3}": "准许 {1} 个，不准许 {2} 个，无此标志 {3} 个",
    "Puts load on the daemon and says how long the answers take.": "对守护进程施加负载，并统计应答用时。",
    "requests per second, each due at its moment, whether or not answers have come":
      "每秒请求数；每个请求到时即发，不论此前的应答是否已到",
    "seconds up to 3600, such as `2` or `0.5`": "不超过 3600 的秒数，例如 `2` 或 `0.5`",
    "sent late by this tool itself: {1}": "本工具自身的发送延迟：{1}",
    "status {1}: {2}": "状态码 {1}：{2}",
    "such as full_payment.may_ship; with `--jsonl` each line may name its own":
      "例如 full_payment.may_ship；使用 `--jsonl` 时可由每行自行写明",
    "the answer for people, as `writ eval` prints it": "供人阅读的结果，与 `writ eval` 的输出相同",
    "the answer is not JSON": "应答不是 JSON",
    "the daemon answered {1} without saying why": "守护进程返回状态码 {1}，但没有说明原因",
    "the day that counts, instead of the request's own (default: the daemon's today)":
      "判定日期，替代请求中的日期（默认：守护进程的今天）",
    "the file `{1}` is larger than {2} MiB": "文件 `{1}` 超过 {2} MiB",
    "the file holds one request per line; the answers come line by line, in order":
      "文件每行一个请求；结果按相同顺序逐行输出",
    "the files hold no request": "文件中没有请求",
    "the name of `{1}` does not say what it asks": "从文件名 `{1}` 看不出要查询哪个决策",
    "the request to `{1}` is refused": "对 `{1}` 的请求被拒绝",
    "what all requests ask, instead of what their names or lines say": "所有请求查询的决策，替代文件名或各行所写的决策",
    "what came is no answer": "收到的不是应答",
    "what came is not the answer of `{1}`": "收到的不是 `{1}` 的结果",
    "what the answer and the daemon's log call the request (default: made up)":
      "结果和守护进程日志中的请求编号（默认：自动生成）",
    "where the daemon listens (default: as `writd` has it)": "守护进程监听的路径（默认：与 `writd` 相同）",
    "{1} connections": "{1} 个连接",
    "{1} in turn over {2}, {3} s as fast as it goes": "{1} 轮流发送，{2}，以最快速度发送 {3} 秒",
    "{1} in turn over {2}, {3} s at {4} per second": "{1} 轮流发送，{2}，每秒 {4} 个，共 {3} 秒",
    "{1} requests": "{1} 个请求",
  ]
}
