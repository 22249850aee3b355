/// The daemon over a Unix socket, against a server that only frames HTTP.
import Foundation
import PolicyEngine

/// The socket bench: one core for the server, one for the client.
struct SocketBench {
  private let options: Options
  private let temporary: String
  private static let path = "/v1/decide/w1.shipment"

  init(_ options: Options, _ temporary: String) {
    self.options = options
    self.temporary = temporary
  }

  /// What the client measured.
  private struct Load {
    let rate: Double
    let median: Double
    let slow: Double

    init?(_ line: String) {
      guard let tree = JSONTree(parsing: Array(line.utf8)),
        let rate = tree["rps"]?.word.flatMap({ Double($0) }),
        let median = tree["p50_us"]?.word.flatMap({ Double($0) }),
        let slow = tree["p99_us"]?.word.flatMap({ Double($0) })
      else { return nil }
      (self.rate, self.median, self.slow) = (rate, median, slow)
    }
  }

  /// Runs both servers and prints the table.
  func run() throws {
    let sources = "\(options.folder)/socket"
    guard let echo = Floor.compile("\(sources)/echo.c", to: temporary + "/echo"),
      let client = Floor.compile(
        "\(sources)/client.c", to: temporary + "/client", options: ["-pthread"])
    else { return }
    guard let daemon = DaemonMemory.daemon() else { return }
    if pin(0).isEmpty { print("no taskset or one core only: server and client are not pinned") }
    let socket = temporary + "/writd.sock"
    var bytes = 0
    let writd = try serving(
      daemon, ["--policies", Bench.policies, "--socket", socket], socket
    ) { () throws in
      bytes = try answerBytes(client, socket)
      return try loads(client, socket, "writd")
    }
    let bare = temporary + "/echo.sock"
    let floor = try serving(echo, [bare, String(bytes)], bare) { () throws in
      try loads(client, bare, "echo")
    }
    show(writd, floor, bytes)
  }

  private static let connections = [1, 8, 64]

  private func pin(_ core: Int) -> [String] {
    guard ProcessInfo.processInfo.activeProcessorCount > 1,
      let program = Files.program("taskset")
    else { return [] }
    return [program, "-c", String(core)]
  }

  /// Starts a server on core 0, does something with it and stops it.
  private func serving<T>(
    _ server: String, _ arguments: [String], _ socket: String, _ body: () throws -> T
  ) throws -> T {
    let command = pin(0) + [server] + arguments
    let child = try Child(command[0], Array(command.dropFirst()))
    for _ in 0..<100 where !Files.exists(socket) && child.isRunning {
      Thread.sleep(forTimeInterval: 0.1)
    }
    guard child.isRunning, Files.exists(socket) else {
      let done = child.stop()
      throw Bench.Failure(text: "\(server) does not serve\n\(done.output)\(done.error)")
    }
    Thread.sleep(forTimeInterval: 0.2)
    defer { _ = child.stop() }
    return try body()
  }

  private func ask(
    _ client: String, _ socket: String, _ connections: Int, _ seconds: String, _ label: String,
    show: Bool = false
  ) throws -> Finished {
    let lines = "\(options.folder)/data/w1.lines"
    let command =
      pin(1) + [client, socket, "http:" + Self.path, lines, String(connections), seconds, label]
    let done = try Child.run(
      command[0], Array(command.dropFirst()), environment: show ? ["SHOW": "1"] : [:])
    guard done.status == 0 else {
      throw Bench.Failure(text: "the client failed on \(label): \(done.error)")
    }
    return done
  }

  /// Reads one answer of the daemon and gives the bytes that an echo of the same size must send as body.
  private func answerBytes(_ client: String, _ socket: String) throws -> Int {
    let shown = try ask(client, socket, 1, "0.2", "writd", show: true).output
    guard shown.hasPrefix("HTTP/1.1 200") else {
      throw Bench.Failure(text: "the daemon does not answer with 200:\n\(shown)")
    }
    guard let end = shown.range(of: "\r\n\r\n", options: .literal) else {
      throw Bench.Failure(text: "the daemon's answer has no end of headers")
    }
    let head = shown[..<end.upperBound].utf8.count
    let echoHead = 72
    return try meanAnswer() + max(0, head - echoHead)
  }

  /// The mean length of the answers to the requests of W1.
  private func meanAnswer() throws -> Int {
    guard let set = PolicySet.load(folder: Bench.policies).set else {
      throw Bench.Failure(text: "the policies in \(Bench.policies) do not load")
    }
    let evaluator = Evaluator(set)
    let workload = try Workload("w1", folder: options.folder)
    let name = Array("w1.shipment".utf8)
    let id = Array(repeating: UInt8(0x30), count: 32)
    var out: [UInt8] = []
    for body in workload.bodies(.reasons) {
      _ = evaluator.decide(
        decision: name.span, body: body.span, requestID: id.span, today: Bench.today, into: &out)
    }
    return out.count / workload.requests.count
  }

  /// Loads a server with 1, 8 and 64 connections, the best of three turns each.
  private func loads(_ client: String, _ socket: String, _ label: String) throws -> [Load] {
    let (turns, seconds) = options.isQuick ? (1, "1") : (3, "2")
    return try Self.connections.map { connections in
      var best: Load?
      for _ in 0..<turns {
        let done = try ask(client, socket, connections, seconds, label)
        guard let load = Load(done.output) else {
          throw Bench.Failure(text: "the client's figures cannot be read: \(done.output)")
        }
        if load.rate > best?.rate ?? 0 { best = load }
      }
      guard let best else { throw Bench.Failure(text: "the client made no request") }
      return best
    }
  }

  private func show(_ writd: [Load], _ echo: [Load], _ bytes: Int) {
    var rows = [["connections", "server", "requests/s", "p50 µs", "p99 µs", "of echo"]]
    for (index, connections) in Self.connections.enumerated() {
      for (name, load) in [("echo", echo[index]), ("writd", writd[index])] {
        rows.append([
          String(connections), name, String(format: "%.0f", load.rate), Table.figure(load.median),
          Table.figure(load.slow), String(format: "%.0f %%", load.rate / echo[index].rate * 100),
        ])
      }
    }
    print("echo answers with bodies of \(bytes) bytes; best of the turns counts\n")
    print(Table.text(rows))
  }
}
