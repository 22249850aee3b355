/// The figures, read as a scraper of Prometheus reads them.
import Foundation
import PolicyEngine
import PolicyRuntime
import TestSupport
import Testing

@testable import PolicyServer

/// The text format 0.0.4 taken apart; every line must be a help, a type or a sample.
struct Scrape {
  struct Sample {
    let name: String
    let labels: [String: String]
    let value: String
  }

  private static var typeLine: Regex<(Substring, Substring, Substring)> {
    /# TYPE ([a-z_][a-z0-9_]*) (counter|gauge|histogram)/
  }

  private(set) var types: [String: String] = [:]
  private(set) var samples: [Sample] = []

  init(_ text: String) throws {
    #expect(text.hasSuffix("\n"))
    var helped: Set<String> = []
    var current = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if let help = line.wholeMatch(of: /# HELP ([a-z_][a-z0-9_]*) (\S.*)/) {
        #expect(helped.insert(String(help.1)).inserted, "a second help: \(line)")
        current = String(help.1)
      } else if let type = line.wholeMatch(of: Self.typeLine) {
        #expect(String(type.1) == current && types[current] == nil, "\(line)")
        types[current] = String(type.2)
      } else {
        let sample = try #require(Self.sample(String(line)), "\(line)")
        let family =
          types[current] == "histogram"
          ? sample.name.replacing(/_(bucket|sum|count)$/, with: "") : sample.name
        #expect(family == current, "outside its family: \(line)")
        samples.append(sample)
      }
    }
    let series = samples.map { "\($0.name)\($0.labels.sorted { $0.key < $1.key })" }
    #expect(Set(series).count == series.count, "a series twice")
  }

  private static func sample(_ line: String) -> Sample? {
    guard
      let match = line.wholeMatch(
        of: /([a-z_][a-z0-9_]*)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (\+Inf|[0-9.]+)/)
    else { return nil }
    var labels: [String: String] = [:]
    for label in (match.2 ?? "").matches(of: /([a-z_]+)="((?:[^"\\\n]|\\[\\"n])*)"/) {
      labels[String(label.1)] = String(label.2)
    }
    return Sample(name: String(match.1), labels: labels, value: String(match.3))
  }

  /// The value of the one series with these labels.
  func value(_ name: String, _ labels: [String: String] = [:]) -> String? {
    samples.first { $0.name == name && $0.labels == labels }?.value
  }
}

@Suite(.timeLimit(.minutes(10))) struct MetricsTests {
  @Test func countsWhatItDoes() throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    let good = try Golden.bytes(Golden.corpus.appending(path: "daemon/good.json"))
    for _ in 0..<3 { _ = try daemon.ask("orders.may_ship", good) }
    _ = try daemon.ask("traps.by_zero", "{\"input\":{\"n\":0}}")
    _ = try daemon.ask("orders.may_shipp", "{}")
    _ = try daemon.post("/nothing", [], type: nil, method: "GET")
    let batch = try Golden.bytes(Golden.corpus.appending(path: "endpoints/batch/good.json"))
    _ = try daemon.post("/v1/decide", batch, type: "application/json")
    let answer = try daemon.post("/metrics", [], type: nil, method: "GET")
    #expect(answer.status == 200)
    #expect(answer.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    let scrape = try Scrape(answer.body)
    let release = ["decision": "orders.may_ship", "outcome": "allow"]
    #expect(scrape.value("writ_decisions_total", release) == "4")
    #expect(
      scrape.value(
        "writ_decisions_total", ["decision": "orders.may_ship", "outcome": "deny"]) == "1")
    #expect(
      scrape.value(
        "writ_decisions_total", ["decision": "traps.by_zero", "outcome": "error"]) == "1")
    #expect(scrape.value("writ_unknown_decisions_total") == "1")
    func requests(_ endpoint: String, _ status: Int) -> String? {
      scrape.value("writ_requests_total", ["endpoint": endpoint, "status": "\(status)"])
    }
    #expect(requests("decide", 200) == "3" && requests("decide", 422) == "1")
    #expect(requests("decide", 404) == "1" && requests("none", 404) == "1")
    #expect(requests("batch", 200) == "1")
    #expect(scrape.value("writ_decision_duration_seconds_count") == "8")
    #expect(scrape.value("writ_connections_accepted_total") == "8")
    #expect(Int(scrape.value("writ_connections_open") ?? "") ?? 0 >= 1)
    #expect(scrape.value("writ_log_writable") == "1")
    let info = scrape.samples.first { $0.name == "writ_policies_info" }
    #expect(info?.labels["digest"]?.hasPrefix("sha256:") == true && info?.value == "1")
    let memory = Int(scrape.value("process_resident_memory_bytes") ?? "") ?? 0
    #expect(memory > 1 << 20 && memory < 1 << 32)
    let start = Int64(scrape.value("process_start_time_seconds") ?? "") ?? 0
    #expect(start > 1_600_000_000)
  }

  /// Buckets rise to the count, the last one has no bound, and the bounds are those that are documented.
  @Test func aHistogramIsCumulative() throws {
    var figures = Figures(decisions: 1)
    for nanoseconds: Int64 in [1, 1_000, 1_001, 1_999, 2_001, 7_000_000, 20_000_000_000] {
      figures.count(0, .allow, nanoseconds: nanoseconds)
    }
    let scrape = try Scrape(Self.text(figures, ["a.b"]))
    func bucket(_ bound: String) -> String? {
      scrape.value("writ_decision_duration_seconds_bucket", ["le": bound])
    }
    #expect(bucket("0.000001") == "2" && bucket("0.000002") == "4")
    #expect(bucket("0.000005") == "5" && bucket("0.01") == "6" && bucket("10") == "6")
    #expect(bucket("+Inf") == "7")
    #expect(scrape.value("writ_decision_duration_seconds_sum") == "20.007006002")
    #expect(scrape.value("writ_decisions_total", ["decision": "a.b", "outcome": "allow"]) == "7")
  }

  @Test func labelsAreEscaped() throws {
    var figures = Figures(decisions: 1)
    figures.count(0, .deny, nanoseconds: 1)
    let scrape = try Scrape(Self.text(figures, ["货\"款\\\n.b"]))
    let labels = ["decision": "货\\\"款\\\\\\n.b", "outcome": "deny"]
    #expect(scrape.value("writ_decisions_total", labels) == "1")
  }

  /// Counts of decisions outlive a change of the policies by name.
  @Test func countsAreCarriedToAnotherSet() throws {
    var figures = Figures(decisions: 2)
    figures.count(1, .allow, nanoseconds: 1)
    figures.carry(from: ["a.a", "a.c"], to: ["a.b", "a.c", "a.d"])
    let scrape = try Scrape(Self.text(figures, ["a.b", "a.c", "a.d"]))
    #expect(
      scrape.value("writ_decisions_total", ["decision": "a.c", "outcome": "allow"]) == "1")
    #expect(scrape.samples.filter { $0.name == "writ_decisions_total" }.count == 1)
  }

  private static func text(_ figures: Figures, _ names: [String]) -> String {
    FiguresText.of(
      figures,
      FiguresText.Surroundings(
        decisionNames: names, digest: "sha256:0", isLogWritable: true, residentBytes: 1))
  }

  @Test func refusedConnectionsAreCounted() throws {
    var limits = Limits()
    limits.connections = 1
    let server = try TestServer(limits)
    let first = try server.client()
    try first.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    _ = try first.read(1)
    let second = try server.client()
    while try second.receive() {}
    try first.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
    let scrape = try Scrape(try #require(try first.read(2).last).body)
    #expect(scrape.value("writ_connections_refused_total") == "1")
    #expect(scrape.value("writ_connections_accepted_total") == "1")
    #expect(scrape.value("writ_connections_open") == "1")
  }
}
