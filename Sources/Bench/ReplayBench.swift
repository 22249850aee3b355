/// `writ replay` on logs of recorded decisions, against deciding the same requests in this process.
import DecisionLog
import Foundation
import PolicyEngine
import PolicyRuntime

/// Writes logs as the daemon does, replays them with the built tool, and says how fast and in what memory.
struct ReplayBench {
  private let options: Options
  private let temporary: String
  private let decision = Array("w1.shipment".utf8)
  /// As many records as the daemon writes at once under load.
  private let batch = 64

  init(_ options: Options, _ temporary: String) {
    self.options = options
    self.temporary = temporary
  }

  func run() throws {
    let tool = (CommandLine.arguments[0] as NSString).deletingLastPathComponent + "/writ"
    guard Files.exists(tool) else {
      throw Bench.Failure(
        text: "there is no \(tool); build it: swift build -c release --product writ")
    }
    let set = try Bench.load(Bench.policies)
    let workload = try Workload("w1", folder: options.folder)
    let decided = decide(workload, set)
    print("deciding alone, one thread: \(rate(decided)) per second (\(Int(decided)) ns)")
    let changed = try changedPolicies()
    for count in [options.replayed / 100, options.replayed / 10, options.replayed] {
      let folder = "\(options.logs ?? temporary)/log-\(count)"
      try write(count, workload, set, to: folder)
      let cases = [
        ("same policies", Bench.policies, ["--threads", "1"]),
        ("same policies", Bench.policies, ["--threads", "2"]),
        ("same policies, not verified", Bench.policies, ["--threads", "2", "--verify=no"]),
        ("changed policies", changed, ["--threads", "1"]),
        ("changed policies", changed, ["--threads", "2"]),
      ]
      for (name, policies, more) in cases {
        let words = ["replay", "--log", folder, "--policies", policies] + more
        let start = Clock.wall
        let (done, used) = try watch(tool, words)
        let seconds = Double(Clock.wall - start) / 1e9
        guard done.status == 0 || done.status == 3 else {
          throw Bench.Failure(text: "writ replay: \(done.output)\(done.error)")
        }
        let perSecond = Int(Double(count) / seconds)
        let cost = used.milliseconds * 1_000_000 / count
        let head = done.output.split(separator: "\n").first ?? ""
        print(
          "\(count) records, \(name), \(more.joined(separator: " ")): \(perSecond) per second,"
            + " \(cost) ns of processor time each, \(used.peak) KiB (VmHWM); \(head)")
      }
      if options.logs == nil { Files.remove(folder) }
    }
  }

  private func rate(_ nanoseconds: Double) -> Int { Int(1e9 / nanoseconds) }

  /// The time of one decision from JSON to JSON with reasons, as the daemon makes it.
  private func decide(_ workload: Workload, _ set: PolicySet) -> Double {
    let bodies = workload.bodies(.reasons)
    let evaluator = Evaluator(set)
    let id = Array("bench".utf8)
    var out: [UInt8] = []
    return Stopwatch(quick: options.isQuick).median(of: bodies.count) {
      for body in bodies {
        out.removeAll(keepingCapacity: true)
        _ = evaluator.decide(
          decision: decision.span, body: body.span, requestID: id.span, today: Bench.today,
          into: &out)
      }
    }
  }

  /// The policies with a comment in front, so that every place is another, and a clause that fires more often.
  private func changedPolicies() throws -> String {
    let folder = temporary + "/changed"
    try Files.makeFolder(folder)
    let policy = Files.text(Bench.policies + "/w1.writ") ?? ""
    let changed = policy.replacing("overdue_other Number = 30", with: "overdue_other Number = 25")
    guard changed != policy else { throw Bench.Failure(text: "w1.writ has no overdue_other") }
    try Files.write("# Changed.\n" + changed, to: folder + "/w1.writ")
    return folder
  }

  /// Writes a log of decisions as `writd --log` records them.
  private func write(
    _ count: Int, _ workload: Workload, _ set: PolicySet, to folder: String
  ) throws {
    var log = LogOptions()
    log.sync = .none
    let writer = try LogWriter(folder: folder, options: log)
    let bodies = workload.bodies(.reasons)
    let evaluator = Evaluator(set)
    var records = LogBatch()
    var answer: [UInt8] = []
    for number in 1...count {
      let body = bodies[number % bodies.count]
      let id = Array("bench-\(number)".utf8)
      answer.removeAll(keepingCapacity: true)
      let status = evaluator.decide(
        decision: decision.span, body: body.span, requestID: id.span, today: Bench.today,
        into: &answer)
      guard status == 200 else { throw Bench.Failure(text: "w1 is refused: \(status)") }
      records.bytes += Array("\"decision\",\"requestId\":\"".utf8) + id
      records.bytes += Array(
        "\",\"peer\":{\"uid\":1000,\"gid\":1000,\"pid\":4001},\"endpoint\":\"decide\",\"decision\":\""
          .utf8)
      records.bytes += decision
      records.bytes += Array(
        "\",\"policies\":\"\(set.digest)\",\"status\":200,\"micros\":2,\"request\":".utf8)
      records.bytes += body + Array(",\"answer\":".utf8) + answer
      records.endRecord()
      if records.count == batch || number == count {
        try writer.commit(records)
        records.removeAll()
      }
    }
  }

  /// Runs the tool, and watches how much memory it has taken at most, and how much time of processors.
  private func watch(
    _ tool: String, _ words: [String]
  ) throws -> (Finished, used: (peak: Int, milliseconds: Int)) {
    let child = try Child(tool, words)
    var peak = 0
    var milliseconds = 0
    while child.isRunning {
      peak = max(peak, DaemonMemory.kibibytes("VmHWM:", of: child.number) ?? 0)
      milliseconds = max(milliseconds, Self.processorTime(of: child.number))
      Thread.sleep(forTimeInterval: 0.002)
    }
    return (child.finish(), (peak, milliseconds))
  }

  /// The time of all threads of a process, which the system counts in hundredths of a second.
  private static func processorTime(of process: Int32) -> Int {
    let text = Files.text("/proc/\(process)/stat") ?? ""
    let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else {
      return 0
    }
    return (user + system) * 10
  }
}
