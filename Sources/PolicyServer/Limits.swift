/// Every limit of the server, named, with its default.
internal import PolicyRuntime

/// What the server takes from clients, and how long it waits for them.
public struct Limits: Sendable {
  /// Bytes of a request's line and header fields together; more is a 431 (414 within the line).
  public var headerBytes = 16 * 1024
  /// Header fields of one request; more is a 431.
  public var headerFields = 100
  /// Bytes of a request's body, decoded, or of one line; more is a 413, told at its Content-Length.
  public var bodyBytes = 1024 * 1024
  /// Items of one batch; more is a 413, but lines, which are answered as they come, are not counted.
  public var batchItems = RequestLimits.batchItems
  /// Bytes of the answers of one batch; the items behind are answered 413.
  public var batchAnswerBytes = 16 * 1024 * 1024
  /// Open connections; the next one is answered 503 and closed.
  public var connections = 10_000
  /// How long a connection may stay open between requests; then it is closed.
  public var idleMilliseconds: Int64 = 60_000
  /// How long a request's header may take, then its body, then a client to take its answers;
  /// a late request is a 408.
  public var requestMilliseconds: Int64 = 10_000
  /// Bytes of answers that a client has not taken yet, above which its requests are not read.
  public var pendingOutputBytes = 1024 * 1024
  /// Requests of one connection answered before the other connections have their turn.
  public var pipelinedRequests = 128
  /// Bytes of records that wait to be written, above which decisions are refused with a 503.
  public var logQueueBytes = 16 * 1024 * 1024
  /// How long an answer waits for its record to be durable; then it is a 503.
  public var logMilliseconds: Int64 = 5_000
  /// How long finishing takes at most when the daemon stops.
  public var drainMilliseconds: Int64 = 10_000
  /// How long a refused request is read and thrown away, so that its sender sees the answer.
  public var discardMilliseconds: Int64 = 2_000
  /// How many bytes of a refused request are read and thrown away.
  public var discardBytes = 1024 * 1024

  /// The defaults.
  public init() {}
}
