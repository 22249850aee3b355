/// What came of a load, as text for people and as one JSON document.
import PolicyClient
import PolicyEngine
import PolicySource

enum LoadText {
  private static let shares: [(name: String, perMille: Int)] = [
    ("p50", 500), ("p90", 900), ("p99", 990), ("p99.9", 999),
  ]

  /// The lines for people.
  static func text(of report: LoadReport, _ plan: LoadPlan, in catalog: Catalog) -> String {
    let requests = SourceMessages.count(plan.requests.count, "request")
    let connections = SourceMessages.count(plan.connections, "connection")
    var lines: [Phrase] = []
    switch plan.pace {
    case .rate(let rate):
      lines.append(
        "\(requests) in turn over \(connections), \(plan.seconds) s at \(grouped(rate)) per second")
    case .closed:
      lines.append("\(requests) in turn over \(connections), \(plan.seconds) s as fast as it goes")
    }
    lines.append("  due \(grouped(report.due)), answered \(grouped(report.answered))")
    let (whole, tenth) = report.tenthsPerSecond.quotientAndRemainder(dividingBy: 10)
    lines.append("  answers per second: \(grouped(whole)).\(tenth)")
    lines.append("  from due to answered: \(figures(report.latency))")
    for (status, count) in report.statuses { lines.append("  status \(status): \(grouped(count))") }
    lines.append(
      "  permitted \(grouped(report.permitted)), not permitted \(grouped(report.notPermitted)), without the flag \(grouped(report.unflagged))"
    )
    let failures: [(Phrase, Int)] = [
      ("connection lost before the answer", report.lost), ("could not connect", report.refused),
      ("no answer in time", report.unanswered), ("what came is no answer", report.garbled),
    ]
    for (name, count) in failures where count > 0 { lines.append("  \(name): \(grouped(count))") }
    lines.append("  sent late by this tool itself: \(figures(report.delay))")
    return lines.map { $0.text(in: catalog) + "\n" }.joined()
  }

  /// `p50 81.2 µs, p90 …, max …`.
  private static func figures(_ histogram: LatencyHistogram) -> String {
    let all =
      shares.map { ($0.name, histogram.percentile(perMille: $0.perMille)) }
      + [("max", histogram.largest)]
    return all.map { "\($0.0) \(duration($0.1))" }.joined(separator: ", ")
  }

  /// The document; times are in nanoseconds.
  static func document(of report: LoadReport, _ plan: LoadPlan) -> JSONTree {
    var members: [JSONTree.Member] = []
    func add(_ name: String, _ count: Int) { members.append(.init(name, .number(String(count)))) }
    if case .rate(let rate) = plan.pace { add("rate", rate) }
    add("seconds", plan.seconds)
    add("connections", plan.connections)
    add("pipeline", plan.pipeline)
    add("due", report.due)
    add("answered", report.answered)
    let (whole, tenth) = report.tenthsPerSecond.quotientAndRemainder(dividingBy: 10)
    members.append(.init("answersPerSecond", .number("\(whole).\(tenth)")))
    members.append(.init("latency", document(of: report.latency)))
    members.append(.init("ownDelay", document(of: report.delay)))
    members.append(
      .init(
        "statuses",
        .object(report.statuses.map { .init(String($0.status), .number(String($0.count))) })))
    add("permitted", report.permitted)
    add("notPermitted", report.notPermitted)
    add("withoutFlag", report.unflagged)
    add("lost", report.lost)
    add("couldNotConnect", report.refused)
    add("unanswered", report.unanswered)
    add("garbled", report.garbled)
    return .object(members)
  }

  private static func document(of histogram: LatencyHistogram) -> JSONTree {
    var members = shares.map { share in
      JSONTree.Member(
        share.name, .number(String(histogram.percentile(perMille: share.perMille))))
    }
    members.append(.init("max", .number(String(histogram.largest))))
    members.append(.init("mean", .number(String(histogram.mean))))
    return .object(members)
  }

  private static let units: [(name: String, size: Int64)] = [
    ("s", 1_000_000_000), ("ms", 1_000_000), ("µs", 1_000), ("ns", 1),
  ]

  /// A figure with one place and its unit: `81.2 µs`.
  static func duration(_ nanoseconds: Int64) -> String {
    let (name, size) = units.first { nanoseconds >= $0.size } ?? ("ns", 1)
    let tenths = size == 1 ? "" : ".\(nanoseconds % size * 10 / size)"
    return "\(nanoseconds / size)\(tenths) \(name)"
  }

  /// `12,345`.
  static func grouped(_ number: Int) -> String {
    let digits = String(number)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
      result.append(digit)
    }
    return result
  }
}
