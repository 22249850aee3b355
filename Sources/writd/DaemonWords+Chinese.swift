/// The words of the daemon's help in Chinese, by their English templates in the order of the alphabet.
internal import PolicySource

extension DaemonWords {
  /// The words of the daemon in Chinese.
  static let chinese: Catalog.Table = [
    "`--policies` is missing": "缺少 `--policies`",
    "a file with options as lines `name = value`; the command line wins over it "
      + "(default: `/etc/writ/writd.conf`, if it exists and `--policies` is not given)":
      "配置文件，每行写作 `名称 = 值`；命令行优先（默认：`/etc/writ/writd.conf`，前提是该文件存在且未给出 `--policies`）",
    "A line is `name = value`, with the name of an option of `writd` without its dashes. What stands "
      + "behind `#` at the start of a line or behind a blank is a comment. A line may be left out; "
      + "then the default holds. An option of the command line wins over the file.":
      "每行写作 `名称 = 值`，名称是 `writd` 的选项名去掉前面的短横线。行首或空格之后的 `#` 起为注释。未写的选项取默认值。命令行的选项优先于文件。",
    "A name that there is not, a name that stands there twice and a value that does not fit are "
      + "errors: `writd` says file and line, and does not start. `writd --check --config FILE` "
      + "finds them beforehand, `writd --print-config` shows what holds and where it comes from.":
      "没有的名称、写了两次的名称和不合要求的值都是错误：`writd` 指出文件和行号，不会启动。`writd --check --config 文件` 可事先检查，`writd --print-config` 列出每个选项的取值及其来源。",
    "Answers policy decisions as HTTP/1.1 with JSON on a Unix socket.":
      "在 Unix 套接字上以 HTTP/1.1 和 JSON 回答制度决策。",
    "besides": "其他",
    "exit code 0 when it would start": "能够启动时退出码为 0",
    "fine": "正常",
    "give the folder of the policies, such as `writd --policies policies`, "
      + "or a config file that names it":
      "请给出制度文件夹，例如 `writd --policies policies`，或给出写明它的配置文件",
    "how large a file of the log may become": "日志文件的大小上限",
    "how long a connection may be idle": "连接最长空闲时间",
    "how long a request may take to arrive": "接收一个请求的最长时间",
    "how long an answer waits for its record; then it is a 503": "回答等待记录写入的最长时间；超过则为 503",
    "how long stopping may take": "停止服务的最长时间",
    "how often `interval` brings records to the disk, in milliseconds": "`interval` 每隔多少毫秒把记录写入磁盘",
    "internal": "内部错误",
    "largest body of a request": "请求正文的上限",
    "largest header of a request": "请求头的上限",
    "limits": "限额",
    "listens there until it is stopped": "在该处监听，直到停止",
    "load the policies again when they change; SIGHUP always does":
      "制度文件有变化时重新加载；收到 SIGHUP 总会重新加载",
    "most connections at once": "同时连接数的上限",
    "most records that wait to be written; then requests are answered 503": "等待写入的记录上限；超过则回答 503",
    "Options of writd as a file.": "writd 的选项文件。",
    "options, if the command line names neither a config file nor policies":
      "选项；命令行既未给出配置文件也未给出制度时读取",
    "policies": "制度",
    "print a page of the manual, `writd` or `writd.conf`, and exit":
      "输出手册页 `writd` 或 `writd.conf` 后退出",
    "print what holds for every option and where it comes from, and exit":
      "列出每个选项的取值及其来源后退出",
    "print what makes a shell complete command lines of writd, and exit":
      "输出使 shell 自动补全 writd 命令行的脚本后退出",
    "read options and policies, print what is wrong, and exit": "读取选项和制度，指出错误后退出",
    "show the version": "显示版本",
    "take policies that other users may change": "接受其他用户可以改动的制度文件",
    "the address that clients reach it by, for AuthZEN's configuration (default: what the request's `Host` says)":
      "客户端访问服务所用的地址，写入 AuthZEN 配置（默认：以请求的 `Host` 为准）",
    "the config file `{1}` cannot be read: {2}": "无法读取配置文件 `{1}`：{2}",
    "the decision log": "决策日志",
    "the folder of the policies (needed)": "制度文件夹（必须给出）",
    "the group of the socket, by name or number": "套接字所属的用户组，写名称或编号",
    "the key of the hashes that stand in place of secrets in the log, at least 32 bytes; without it each start makes up its own":
      "日志中代替保密内容的哈希所用的密钥，至少 32 字节；不指定则每次启动自行生成",
    "the policies do not load or the socket cannot be made": "制度无法载入或无法建立套接字",
    "the socket": "套接字",
    "the socket, if no option says otherwise": "套接字，除非选项另有规定",
    "usage": "用法有误",
    "what it has loaded, from another terminal": "在另一终端查看已载入的内容",
    "when an answer may leave: `always` when its record is on the disk, or weaker: "
      + "`interval`, `none`":
      "何时发出回答：`always` 记录写入磁盘之后；较弱的有 `interval`、`none`",
    "where decisions are recorded; without it they are not": "决策日志的文件夹；不给出则不记录",
    "where to listen (default: `$XDG_RUNTIME_DIR/writ.sock`, else `~/.local/state/writ/writ.sock`)":
      "监听位置（默认：`$XDG_RUNTIME_DIR/writ.sock`，其次 `~/.local/state/writ/writ.sock`）",
    "where today is told, for requests without a day": "请求未写日期时，以哪个时区确定今天",
    "who may ask: a line for each rule, such as `full_payment.may_ship uid=1001,gid=orders`":
      "谁可以查询：每行一条规则，例如 `full_payment.may_ship uid=1001,gid=orders`",
    "who may connect: `600` the daemon's own user, `660` its group too, `666` everybody (default: 600; 660 with `--socket-group`)":
      "谁可以连接：`600` 仅服务自身用户，`660` 还包括其用户组，`666` 所有人（默认：600；指定 `--socket-group` 时为 660）",
  ]
}
