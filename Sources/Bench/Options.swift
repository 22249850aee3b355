/// The options of the bench.

/// What the command line asks for.
struct Options {
  /// The folder that holds `data`, `floor` and `socket`.
  var folder = "../shared/bench"
  /// The workloads to run; all when empty.
  var only: [String] = []
  /// Fewer and shorter batches.
  var isQuick = false
  /// The socket instead of the process.
  var isSocket = false
  /// Passes over one workload without any timing, for a profiler; 0 is none.
  var passes = 0
  /// What the passes do: `prepared`, `json`, `reasons` or `read`.
  var mode = "prepared"

  /// How many decisions the largest log has that is replayed; 0 is none.
  var replayed = 0

  /// Where those logs are kept; nil: they are removed.
  var logs: String?

  /// A mistake on the command line.
  struct Problem: Error {
    let text: String
  }

  static let help = """
    usage: swift run -c release Bench [FOLDER] [options]

    FOLDER               data, floor and socket of the bench (default ../shared/bench)
    --only w1,w3,w4a     these workloads (w1, w2, w3, w4a, tables)
    --quick              fewer and shorter batches
    --socket             the built `writd` over a Unix socket against the echo server
    --replay N           the built `writ replay` on logs of up to N recorded decisions of w1
    --logs FOLDER        keeps those logs there
    --profile MODE:N     no timing: N passes over one workload for a profiler;
                         MODE is prepared, json, reasons or read;
                         code:1 prints the straight code

    example: swift run -c release Bench --only w1 --quick
    """

  /// Reads the arguments behind the program's name; nil asks for help.
  static func read(_ arguments: [String]) throws(Problem) -> Options? {
    var options = Options()
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--help", "-h": return nil
      case "--quick": options.isQuick = true
      case "--socket": options.isSocket = true
      case "--replay":
        guard let count = rest.popFirst().flatMap(Int.init), count >= 100 else {
          throw Problem(text: "`--replay` needs a number from 100 on")
        }
        options.replayed = count
      case "--logs":
        guard let folder = rest.popFirst() else {
          throw Problem(text: "`--logs` needs a folder")
        }
        options.logs = folder
      case "--only":
        guard let list = rest.popFirst() else { throw Problem(text: "`--only` needs a list") }
        options.only = list.split(separator: ",").map(String.init)
      case "--profile":
        let parts = (rest.popFirst() ?? "").split(separator: ":").map(String.init)
        guard parts.count == 2, let passes = Int(parts[1]), passes > 0,
          ["prepared", "json", "reasons", "read", "code"].contains(parts[0])
        else { throw Problem(text: "`--profile` needs MODE:N, such as prepared:1000") }
        options.mode = parts[0]
        options.passes = passes
      default:
        guard !argument.hasPrefix("-") else {
          throw Problem(text: "there is no option `\(argument)`")
        }
        options.folder = argument
      }
    }
    return options
  }

  /// Whether a workload is asked for, by the name of its data: `w4a_10` belongs to `w4a`.
  func wants(_ name: String) -> Bool {
    only.isEmpty || only.contains { name == $0 || name.hasPrefix($0 + "_") }
  }
}
