/// The words of this module in Chinese, by their English templates in the order of the alphabet.
public import PolicySource

extension Catalog {
  /// What the client says of exchanges that failed.
  public static var chineseOfTheClient: Table { ClientMessages.chinese }
}

extension ClientMessages {
  static let chinese: Catalog.Table = [
    "`--timeout SECONDS` waits longer": "可用 `--timeout 秒数` 延长等待",
    "cannot connect to `{1}`: {2}": "无法连接 `{1}`：{2}",
    "choose a shorter path for the daemon's `--socket`": "请为守护进程的 `--socket` 选较短的路径",
    "does something else than writd listen there?": "监听该路径的是否不是 writd？",
    "nobody listens at `{1}`": "没有程序监听 `{1}`",
    "run as a user whom the socket lets in, or let the group in: `writd --socket-mode 660`":
      "请以有权限的用户运行，或让同组用户可以连接：`writd --socket-mode 660`",
    "start the daemon, `writd --policies policies`, or name its socket: `--socket PATH`":
      "请启动守护进程：`writd --policies policies`，或指明其套接字：`--socket 路径`",
    "the answer does not say how long it is": "应答没有说明自身长度",
    "the answer had not come after {1} ms": "{1} 毫秒后仍未收到应答",
    "the answer is larger than {1} bytes": "应答超过 {1} 字节",
    "the answer is the one to another request": "收到的是另一个请求的应答",
    "the answer says in two ways how long it is": "应答对自身长度的说明前后不一",
    "the answer was cut off before its end": "应答中途断开，没有收全",
    "the connection broke: {1}": "连接中断：{1}",
    "the daemon closed the connection without an answer": "守护进程未作应答就关闭了连接",
    "the daemon may have been stopped; asking again does no harm, for a decision changes nothing":
      "守护进程可能已停止；判定不会改变任何数据，可以再问一次",
    "the path of a socket has at most {1} bytes: `{2}`": "套接字路径最多 {1} 字节：`{2}`",
    "the permissions of `{1}` do not let this user connect": "`{1}` 的权限不允许当前用户连接",
    "the system has nothing left to wait with: {1}": "系统资源不足，无法等待应答：{1}",
    "there is no socket `{1}`": "没有套接字 `{1}`",
    "what came is not an answer of HTTP/1.1": "收到的不是 HTTP/1.1 应答",
  ]
}
