/// The figures as the text format 0.0.4 of Prometheus.
internal import PolicyRuntime

/// Writes figures; each name once, with its help and type before it.
struct FiguresText {
  private(set) var text = ""
  private let figures: Figures
  private let decisionNames: [String]

  /// What the figures alone do not know.
  struct Surroundings {
    let decisionNames: [String]
    let digest: String
    let isLogWritable: Bool
    /// Bytes of memory in use.
    let residentBytes: Int
  }

  /// All figures.
  static func of(_ figures: Figures, _ surroundings: Surroundings) -> String {
    var writer = FiguresText(figures: figures, decisionNames: surroundings.decisionNames)
    writer.requests()
    writer.decisions()
    writer.connections()
    writer.log(isWritable: surroundings.isLogWritable)
    writer.reloads()
    writer.family("writ_policies_info", .gauge, "The policy set that answers, by its digest.")
    writer.sample("writ_policies_info", [("digest", surroundings.digest)], "1")
    writer.single(
      "process_start_time_seconds", .gauge, "When the daemon began to serve.",
      "\(figures.start)")
    writer.single(
      "process_resident_memory_bytes", .gauge, "Memory in use.",
      "\(surroundings.residentBytes)")
    return writer.text
  }

  private init(figures: Figures, decisionNames: [String]) {
    self.figures = figures
    self.decisionNames = decisionNames
  }

  // MARK: - What is counted

  private mutating func requests() {
    family("writ_requests_total", .counter, "Requests answered, by endpoint and HTTP status.")
    for endpoint in Endpoint.allCases {
      for (place, status) in Figures.statuses.enumerated() {
        let count = figures.requests[endpoint.rawValue * Figures.statuses.count + place]
        guard count > 0 else { continue }
        sample(
          "writ_requests_total",
          [("endpoint", endpoint.word), ("status", status == 0 ? "other" : "\(status)")],
          "\(count)")
      }
    }
  }

  private mutating func decisions() {
    family(
      "writ_decisions_total", .counter,
      "Decisions made, by decision and outcome; the outcome of a problem is `error`.")
    for (number, name) in decisionNames.enumerated() {
      for outcome in 0..<Figures.outcomes {
        let place = number * Figures.outcomes + outcome
        guard place < figures.decisions.count, figures.decisions[place] > 0 else { continue }
        let word =
          outcome == Figures.outcomes - 1 ? "error" : Outcomes(rawValue: 1 << outcome).word
        sample(
          "writ_decisions_total", [("decision", name), ("outcome", word)],
          "\(figures.decisions[place])")
      }
    }
    single(
      "writ_unknown_decisions_total", .counter, "Requests for decisions that there are not.",
      "\(figures.unknownDecisions)")
    histogram(
      "writ_decision_duration_seconds", "How long deciding took, without waiting for the log.",
      figures.deciding)
  }

  private mutating func connections() {
    let connections = figures.connections
    single("writ_connections_open", .gauge, "Open connections.", "\(connections.open)")
    single(
      "writ_connections_accepted_total", .counter, "Connections accepted.",
      "\(connections.accepted)")
    single(
      "writ_connections_refused_total", .counter,
      "Connections turned away, because as many were open as may be.",
      "\(connections.refused)")
    single(
      "writ_answers_held", .gauge, "Answers that wait until their record is on disk.",
      "\(connections.held)")
  }

  private mutating func log(isWritable: Bool) {
    let log = figures.log
    single("writ_log_records_total", .counter, "Records in the decision log.", "\(log.records)")
    single(
      "writ_log_bytes_total", .counter, "Bytes written to the decision log.", "\(log.bytes)")
    single(
      "writ_log_failures_total", .counter, "Writes of the decision log that failed.",
      "\(log.failures)")
    single(
      "writ_log_refused_total", .counter,
      "Requests answered 503, because the log could not be written.", "\(log.refused)")
    single(
      "writ_log_writable", .gauge, "Whether the decision log can be written.",
      isWritable ? "1" : "0")
    histogram(
      "writ_log_durable_seconds", "From a record to its place on the disk.", log.durable)
  }

  private mutating func reloads() {
    let reloads = figures.reloads
    family("writ_reloads_total", .counter, "Changed policy sets, taken or refused.")
    sample("writ_reloads_total", [("result", "ok")], "\(reloads.loaded)")
    sample("writ_reloads_total", [("result", "refused")], "\(reloads.refused)")
    family(
      "writ_reload_timestamp_seconds", .gauge,
      "When a policy set was last taken or refused; 0 never.")
    sample("writ_reload_timestamp_seconds", [("result", "ok")], "\(reloads.lastLoaded)")
    sample("writ_reload_timestamp_seconds", [("result", "refused")], "\(reloads.lastRefused)")
  }

  // MARK: - The format

  private enum Kind: String { case counter, gauge, histogram }

  private mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  private mutating func sample(
    _ name: String, _ labels: [(name: String, value: String)], _ value: String
  ) {
    text += name
    if !labels.isEmpty {
      text += "{"
      text += labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
      text += "}"
    }
    text += " \(value)\n"
  }

  private mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: String) {
    family(name, kind, help)
    sample(name, [], value)
  }

  private mutating func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
    family(name, .histogram, help)
    var count: UInt64 = 0
    for (bound, own) in zip(Histogram.bounds, histogram.counts) {
      count += own
      sample("\(name)_bucket", [("le", Self.seconds(bound))], "\(count)")
    }
    sample("\(name)_bucket", [("le", "+Inf")], "\(histogram.total)")
    sample("\(name)_sum", [], Self.seconds(histogram.sum))
    sample("\(name)_count", [], "\(histogram.total)")
  }

  /// A label's value with backslash, quote and line feed escaped.
  static func escaped(_ value: String) -> String {
    var result = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Nanoseconds as a decimal number of seconds.
  static func seconds(_ nanoseconds: Int64) -> String {
    let whole = "\(nanoseconds / 1_000_000_000)"
    let digits = String(nanoseconds % 1_000_000_000)
    var places = String(repeating: "0", count: 9 - digits.utf8.count) + digits
    while places.hasSuffix("0") { places.removeLast() }
    return places.isEmpty ? whole : "\(whole).\(places)"
  }
}
