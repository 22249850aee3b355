/// The bytes of answers: status line, fields and body, from parts made ready beforehand.
internal import PolicyRuntime
import PolicySource

/// Status codes and their words.
enum StatusLine {
  /// The reason phrase.
  static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 411: "Length Required"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: "Status \(status)"
    }
  }
}

/// What does not change from answer to answer, as bytes.
struct ResponseParts {
  /// The `Date` field and its line break.
  private var date: [UInt8] = []
  /// The header of a decision up to the value of its length.
  private var decided: [UInt8] = []
  private let requestIDName = Array("\r\nX-Request-ID: ".utf8)
  private let chinese = Array("\r\nContent-Language: zh-CN".utf8)
  private let close = Array("\r\nConnection: close".utf8)
  private let keep = Array("\r\nConnection: keep-alive".utf8)
  private let end = Array("\r\n\r\n".utf8)

  init() { setDate(unixSeconds: 0) }

  private func start(_ status: Int) -> [UInt8] {
    start(status, type: status == 200 ? "application/json" : "application/problem+json")
  }

  private func start(_ status: Int, type: String) -> [UInt8] {
    let line = "HTTP/1.1 \(status) \(StatusLine.reason(status))\r\nContent-Type: \(type)\r\n"
    return Array(line.utf8) + date + Array("Content-Length: ".utf8)
  }

  /// Makes the `Date` field of a moment (RFC 9110 section 5.6.7).
  mutating func setDate(unixSeconds: Int64) {
    let seconds = Int(unixSeconds)
    let day = Day(number: seconds / 86_400)
    let (year, month, dayOfMonth) = day.parts
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = seconds % 86_400
    let time = "\(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60))"
    let date = "\(names[day.weekday - 1]), \(two(dayOfMonth)) \(months[month - 1]) \(year)"
    self.date = Array("Date: \(date) \(time) GMT\r\n".utf8)
    decided = start(200)
  }

  /// What the body of a good answer is.
  enum BodyKind { case json, prometheus }

  /// What an answer is, beside its body.
  struct Envelope {
    var status = 200
    var type = BodyKind.json
    /// Whether the connection closes after it.
    var closes = false
    /// Whether the client of HTTP/1.0 must be told that it stays open.
    var tellsKeepAlive = false
    /// Whether only the header is wanted.
    var omitsBody = false
    var allow: String?
    /// The language of the body.
    var language = Language.english
  }

  /// Appends a whole answer.
  func append(_ envelope: Envelope, requestID: [UInt8], body: [UInt8], to out: inout [UInt8]) {
    if envelope.status == 200, envelope.type == .json {
      out.append(contentsOf: decided)
    } else if envelope.status == 200 {
      out.append(contentsOf: start(200, type: "text/plain; version=0.0.4; charset=utf-8"))
    } else {
      out.append(contentsOf: start(envelope.status))
    }
    Self.append(decimal: body.count, to: &out)
    out.append(contentsOf: requestIDName)
    out.append(contentsOf: requestID)
    if let allow = envelope.allow { out.append(contentsOf: "\r\nAllow: \(allow)".utf8) }
    if envelope.language == .chinese { out.append(contentsOf: chinese) }
    if envelope.closes {
      out.append(contentsOf: close)
    } else if envelope.tellsKeepAlive {
      out.append(contentsOf: keep)
    }
    out.append(contentsOf: end)
    if !envelope.omitsBody { out.append(contentsOf: body) }
  }

  /// Appends the header of an answer in lines, whose length is not known when it begins.
  func appendLines(
    _ envelope: Envelope, requestID: [UInt8], isChunked: Bool, to out: inout [UInt8]
  ) {
    out.append(contentsOf: "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n".utf8)
    out.append(contentsOf: date)
    out.append(
      contentsOf: (isChunked ? "Transfer-Encoding: chunked" : "Cache-Control: no-store").utf8)
    out.append(contentsOf: requestIDName)
    out.append(contentsOf: requestID)
    if envelope.language == .chinese { out.append(contentsOf: chinese) }
    if envelope.closes { out.append(contentsOf: close) }
    out.append(contentsOf: end)
  }

  private static func append(decimal value: Int, to out: inout [UInt8]) {
    if value >= 10 { append(decimal: value / 10, to: &out) }
    out.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
  }
}
