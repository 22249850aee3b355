/// The order of a run: load, check, time, compare.
import Foundation
import PolicyEngine
import PolicyRuntime
import PolicySource

/// The bench.
enum Bench {
  /// Why a run ends.
  struct Failure: Error {
    let text: String
  }

  /// The day of the requests, which name none.
  static let today = Day(number: 20_778)

  /// Runs with the arguments of the process; gives the exit code.
  static func run(_ arguments: [String]) -> Int32 {
    do throws(Options.Problem) {
      guard let options = try Options.read(arguments) else {
        print(Options.help)
        return 0
      }
      return run(options)
    } catch {
      print("Bench: \(error.text)\n\n\(Options.help)")
      return 2
    }
  }

  private static func run(_ options: Options) -> Int32 {
    let isSelfMade = !options.only.isEmpty && options.only.allSatisfy { $0.hasPrefix("tables") }
    guard isSelfMade || Files.exists("\(options.folder)/data") else {
      print("Bench: there is no bench data in \(options.folder); give its folder: Bench FOLDER")
      return 2
    }
    do {
      let temporary = try Files.temporaryFolder()
      defer { Files.remove(temporary) }
      if options.replayed > 0 {
        try ReplayBench(options, temporary).run()
      } else if options.isSocket {
        try SocketBench(options, temporary).run()
      } else {
        try inProcess(options, temporary)
      }
      return 0
    } catch let failure as Failure {
      print("Bench: \(failure.text)")
      return 1
    } catch {
      print("Bench: \(error)")
      return 1
    }
  }

  /// The folder of the hand-written policies.
  static let policies = (#filePath as NSString).deletingLastPathComponent + "/Policies"

  private static func inProcess(_ options: Options, _ temporary: String) throws {
    let watch = Stopwatch(quick: options.isQuick)
    let sets = try generated(options, temporary)
    let fixed = try load(policies)
    var all: [Figures] = []
    for (question, set) in Question.fixed.map({ ($0, fixed) }) + sets
    where options.wants(question.data) {
      let workload = try Workload(question.data, folder: options.folder)
      let asking = try Asking(question, workload, set, today: today)
      if options.passes > 0 {
        try asking.repeatPasses(options.passes, options.mode)
        return
      }
      all.append(try asking.measure(watch))
      print("\(question.name): \(workload.requests.count) answers as expected")
    }
    for rows in GeneratedTables.sizes where options.wants("tables_\(rows)") {
      all.append(try table(rows, options, temporary, watch))
    }
    let floor =
      Question.fixed.contains { options.wants($0.data) }
      ? Floor.run(folder: options.folder, temporary: temporary) : Floor()
    print("\n" + Table.inProcess(all, floor))
    if let growth = Table.growth(all) { print(growth) }
  }

  /// The sets of generated policies; the largest is loaded first and its load is timed.
  private static func generated(
    _ options: Options, _ temporary: String
  ) throws -> [(Question, PolicySet)] {
    var sets: [(Question, PolicySet)] = []
    for rules in GeneratedRules.sizes.reversed() where options.wants("w4a_\(rules)") {
      let folder = temporary + "/w4a_\(rules)"
      try Files.makeFolder(folder)
      try Files.write(GeneratedRules.policy(rules), to: folder + "/w4a.writ")
      sets.insert((Question.generated(rules), try load(folder)), at: 0)
      guard rules == GeneratedRules.sizes.last, options.passes == 0 else { continue }
      let timings = try (0..<(options.isQuick ? 3 : 7)).map { _ in
        try Timing.of { try load(folder) }.timing
      }
      print(
        "\(rules) rules: read, parsed, checked and compiled in \(Timing.median(timings).text);"
          + " target 300 ms")
      if let line = try DaemonMemory.line(folder, temporary) { print("\(rules) rules: \(line)") }
    }
    return sets
  }

  /// A table of CSV rows; its load is timed too.
  private static func table(
    _ rows: Int, _ options: Options, _ temporary: String, _ watch: Stopwatch
  ) throws -> Figures {
    let folder = temporary + "/tables_\(rows)"
    try Files.makeFolder(folder)
    try Files.write(GeneratedTables.policy, to: folder + "/prices.writ")
    try Files.write(GeneratedTables.rows(rows), to: folder + "/limits.csv")
    let (set, timing) = try Timing.of { try load(folder) }
    print("table of \(rows) rows: loaded in \(timing.text)")
    let question = GeneratedTables.question(rows)
    let asking = try Asking(question, GeneratedTables.workload(rows), set, today: today)
    return try asking.measure(watch)
  }

  /// Loads a set.
  static func load(_ folder: String) throws(Failure) -> PolicySet {
    let result = PolicySet.load(folder: folder)
    guard let set = result.set else {
      let text = DiagnosticText(files: result.files, colour: false)
        .render(Array(result.diagnostics.sorted.prefix(5)))
      throw Failure(text: "the policies in \(folder) do not load\n\(text)")
    }
    return set
  }
}
