/// `GET /readyz`: whether requests can be decided and logged. `GET /metrics`: the figures for Prometheus.

/// Where readiness is told.
enum ReadyRoute {
  static let path = "/readyz"

  static func matches(_ path: Span<UInt8>) -> Bool { path.equals("/readyz") }
}

/// Where the figures are.
enum MetricsRoute {
  static let path = "/metrics"

  static func matches(_ path: Span<UInt8>) -> Bool { path.equals("/metrics") }
}

extension Responder {
  /// Ready while the log can be written: a set is loaded before the daemon listens.
  mutating func ready(_ head: RequestHead) -> Problem? {
    guard head.method == .get || head.method == .head else {
      return .methodNotAllowed(allow: "GET, HEAD")
    }
    if let logProblem { return .logNotWritable(logProblem) }
    let digest = point.digest
    body += "{\"status\":\"ready\",\"policies\":\"\(digest)\",\"log\":\"writable\"}".utf8
    return nil
  }

  /// Everything that is counted.
  mutating func metrics(
    _ head: RequestHead, _ envelope: inout ResponseParts.Envelope
  ) -> Problem? {
    guard head.method == .get || head.method == .head else {
      return .methodNotAllowed(allow: "GET, HEAD")
    }
    envelope.type = .prometheus
    let surroundings = FiguresText.Surroundings(
      decisionNames: decisionNames, digest: point.digest, isLogWritable: logProblem == nil,
      residentBytes: ProcessMemory.residentBytes)
    body.append(contentsOf: FiguresText.of(figures, surroundings).utf8)
    return nil
  }
}
