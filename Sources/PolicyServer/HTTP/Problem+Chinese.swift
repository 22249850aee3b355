/// The server's own refusals in Chinese.
import PolicyEngine
import PolicySource

extension Problem {
  private static let chineseCatalog = Catalog.of(.chinese).adding(chinese)

  /// The words of the server in a language.
  static func catalog(of language: Language) -> Catalog {
    switch language {
    case .english: .english
    case .chinese: chineseCatalog
    }
  }

  /// The details of all refusals.
  static let chinese: Catalog.Table = [
    "Content-Length is not a row of digits": "Content-Length 不是一串数字",
    "Content-Type is given twice": "Content-Type 出现了两次",
    "HTTP/1.1 needs the Host field": "HTTP/1.1 必须有 Host 字段",
    "Host is given twice": "Host 出现了两次",
    "a POST needs Content-Length or Transfer-Encoding: chunked":
      "POST 必须有 Content-Length 或 Transfer-Encoding: chunked",
    "a header field holds a control character": "标头字段中有控制字符",
    "a header field is continued on a second line": "标头字段换行续写",
    "a header field is not a name, a colon and a value": "标头字段应是名称、冒号和值",
    "a line of the header does not end in CR LF": "标头的行没有以 CR LF 结尾",
    "a percent sign in the path is not followed by two hexadecimal digits":
      "路径中的百分号后面不是两位十六进制数字",
    "more decisions wait to be recorded than may wait; ask again in a moment":
      "等待记录的决定已超过上限，请稍后再问",
    "only HTTP/1.1 and HTTP/1.0 are spoken here": "这里只支持 HTTP/1.1 和 HTTP/1.0",
    "only `Expect: 100-continue` is understood": "只支持 `Expect: 100-continue`",
    "only `Transfer-Encoding: chunked` is understood": "只支持 `Transfer-Encoding: chunked`",
    "the Host field is malformed": "Host 字段格式不对",
    "an item names its decision: `\"decision\": \"policy.decision\"`":
      "批量中的每一项都要写明决策：`\"decision\": \"policy.decision\"`",
    "the `id` of an item is a text or a number of at most 128 bytes":
      "一项的 `id` 应是不超过 128 字节的文本或数字",
    "the answers of this batch are larger than {1} bytes; ask for the rest in another batch":
      "这一批的答复超过 {1} 字节，其余的请另发一批",
    "the batch has more than {1} items": "这一批超过 {1} 项",
    "the body must have `Content-Type: application/json` or `application/x-ndjson`":
      "正文必须标明 `Content-Type: application/json` 或 `application/x-ndjson`",
    "the line is larger than {1} bytes": "这一行超过 {1} 字节",
    "the input `{1}` is given by both `{2}` and `{3}`": "输入 `{1}` 在 `{2}` 和 `{3}` 中都给出了",
    "`{1}` is missing": "缺少 `{1}`",
    "there is no input `{1}`; did you mean `{2}`?": "没有输入 `{1}`，是否想写 `{2}`？",
    "the decision log cannot be written, so nothing is decided": "决策日志无法写入，因此不作任何决策",
    "there is no way `{1}` to evaluate": "没有 `{1}` 这种评估方式",
    "there is no way `{1}` to evaluate; did you mean `{2}`?":
      "没有 `{1}` 这种评估方式，是否想写 `{2}`？",
    "`{1}` must be {2}": "`{1}` 必须是{2}",
    "an array": "数组",
    "an object": "对象",
    "a text": "文本",
    "the body is larger than {1} bytes": "正文超过 {1} 字节",
    "the body must have `Content-Type: application/json`":
      "正文必须标明 `Content-Type: application/json`",
    "the chunked body is malformed": "分块传输的正文格式不对",
    "the connection ended in the middle of the request": "请求还没有发完，连接就断开了",
    "the daemon has as many connections as it may have": "服务的连接数已达上限",
    "the daemon is stopping and the request was not whole yet": "服务正在停止，请求还没有收完整",
    "the daemon made a mistake of its own": "服务自身出错",
    "the decision could not be recorded, so it is not given: {1}": "决定无法写入日志，因此不予给出：{1}",
    "the header fields are too many or too long": "标头字段太多或太长",
    "the length of the body is given twice, or by both Content-Length and Transfer-Encoding":
      "正文长度给了两次，或同时用了 Content-Length 和 Transfer-Encoding",
    "the path is there, but only for `{1}`": "该路径存在，但只接受 `{1}`",
    "the request line is not a method, a path and HTTP/1.1 with one space between them":
      "请求行应是方法、路径和 HTTP/1.1，中间各隔一个空格",
    "the request line is too long": "请求行太长",
    "the rest of the request did not arrive in time": "请求的其余部分没有按时到达",
    "the target of the request is not a path that begins with a slash": "请求目标不是以斜杠开头的路径",
    "there is nothing at `{1}`": "`{1}` 处没有内容",
    "there is nothing at `{1}`; did you mean `{2}`?": "`{1}` 处没有内容，是否想写 `{2}`？",
    "this path takes no query; facts and dates stand in the body": "该路径不接受查询参数，事实和日期请写在正文中",
  ]
}
