/// The daemon's options: their names, their help and how they are read.
internal import DecisionLog
internal import PolicyServer
internal import PolicySource

/// A mistake on the command line.
struct UsageProblem: Error {
  let description: String
  let help: String
}

/// What the command line asks for.
struct DaemonOptions {
  var policies = ""
  var socket: String?
  var timezone = "Asia/Shanghai"
  var limits = Limits()
  var socketMode: UInt32 = 0o600
  var isCheck = false
  /// The folder of the decision log; nil when none is kept.
  var log: String?
  var logOptions = LogOptions()
  private var logMode = "always"
  private var logInterval: Int64 = 200

  /// What is to be done.
  enum Request {
    case help, version
    case serve(DaemonOptions)
  }

  private static let names = [
    "--policies", "--socket", "--timezone", "--max-body", "--max-header", "--max-connections",
    "--idle-timeout", "--request-timeout", "--drain-timeout", "--socket-mode", "--check", "--help",
    "--version", "--log", "--log-sync", "--log-interval", "--log-file-size", "--log-queue",
    "--log-timeout",
  ]

  /// Reads the arguments behind the program's name.
  static func read(_ arguments: [String]) throws(UsageProblem) -> Request {
    var options = DaemonOptions()
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts.first.map(String.init) ?? argument
      guard names.contains(name) || name == "-h" else { throw unknown(argument) }
      switch name {
      case "--help", "-h": return .help
      case "--version": return .version
      case "--check": options.isCheck = true
      default:
        guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
          throw UsageProblem(
            description: "`\(name)` needs a value", help: "see `writd --help`")
        }
        try options.set(name, to: value)
      }
    }
    if options.policies.isEmpty {
      throw UsageProblem(
        description: "`--policies` is missing",
        help: "give the folder of the policies, such as `writd --policies policies`")
    }
    options.logOptions.sync =
      switch options.logMode {
      case "interval": .interval(milliseconds: options.logInterval)
      case "none": .none
      default: .always
      }
    return .serve(options)
  }

  private mutating func set(_ name: String, to value: String) throws(UsageProblem) {
    switch name {
    case "--policies": policies = value
    case "--socket": socket = value
    case "--timezone": timezone = value
    case "--max-body": limits.bodyBytes = try Self.number(name, value, in: 1...(1 << 30))
    case "--max-header": limits.headerBytes = try Self.number(name, value, in: 256...(1 << 20))
    case "--max-connections": limits.connections = try Self.number(name, value, in: 1...1_000_000)
    case "--idle-timeout": limits.idleMilliseconds = try Self.seconds(name, value)
    case "--request-timeout": limits.requestMilliseconds = try Self.seconds(name, value)
    case "--log": log = value
    case "--log-sync":
      guard ["always", "interval", "none"].contains(value) else {
        throw UsageProblem(
          description: "`\(value)` is not a value for `--log-sync`",
          help: "give `always`, or one of the weaker `interval` and `none`")
      }
      logMode = value
    case "--log-interval":
      logInterval = Int64(try Self.number(name, value, in: 1...60_000))
    case "--log-file-size":
      logOptions.fileBytes = Int64(try Self.number(name, value, in: 4096...(1 << 40)))
    case "--log-queue":
      limits.logQueueBytes = try Self.number(name, value, in: 1024...(1 << 30))
    case "--log-timeout": limits.logMilliseconds = try Self.seconds(name, value)
    case "--drain-timeout": limits.drainMilliseconds = try Self.seconds(name, value)
    default:
      guard let mode = UInt32(value, radix: 8), [0o600, 0o660].contains(mode) else {
        throw UsageProblem(
          description: "`\(value)` is not a mode for `--socket-mode`",
          help: "give 600 for the owner alone, or 660 for the group too")
      }
      socketMode = mode
    }
  }

  private static func number(
    _ name: String, _ value: String, in range: ClosedRange<Int>
  ) throws(UsageProblem) -> Int {
    guard let number = Int(value), range.contains(number) else {
      throw UsageProblem(
        description: "`\(value)` is not a value for `\(name)`",
        help: "give a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// Whole seconds, in milliseconds.
  private static func seconds(_ name: String, _ value: String) throws(UsageProblem) -> Int64 {
    Int64(try number(name, value, in: 1...86_400)) * 1000
  }

  private static func unknown(_ argument: String) -> UsageProblem {
    let isOption = argument.hasPrefix("-")
    let nearest = isOption ? Suggestion.nearest(to: argument, in: names) : nil
    return UsageProblem(
      description: "there is no \(isOption ? "option" : "argument") `\(argument)`",
      help: nearest.map { "did you mean `\($0)`?" } ?? "see `writd --help`")
  }

  static let help = """
    writd answers policy decisions as HTTP/1.1 with JSON on a Unix socket

    usage: writd --policies DIR [options]

      --policies DIR         the folder of the policies (needed)
      --socket PATH          where to listen; else $XDG_RUNTIME_DIR/writ.sock,
                             else ~/.local/state/writ/writ.sock
      --socket-mode MODE     permissions of the socket, 600 or 660 for the group too [600]
      --timezone NAME        where "today" is told [Asia/Shanghai]
      --max-body BYTES       largest body of a request [1048576]
      --max-header BYTES     largest header of a request [16384]
      --max-connections N    most connections at once [10000]
      --idle-timeout SEC     how long a connection may be idle [60]
      --request-timeout SEC  how long a request may take to arrive [10]
      --drain-timeout SEC    how long stopping may take [10]
      --log DIR              where decisions are recorded; without it they are not
      --log-sync MODE        when an answer may leave: `always` when its record is on the disk,
                             or weaker: `interval`, `none` [always]
      --log-interval MS      how often `interval` brings records to the disk [200]
      --log-file-size BYTES  how large a file of the log may become [268435456]
      --log-queue BYTES      most records that wait to be written; then 503 [16777216]
      --log-timeout SEC      how long an answer waits for its record; then 503 [5]
      --check                load the policies, print what is wrong, and exit
      --help, --version      print this, or the version, and exit

    example:
      writd --policies policies --socket writ.sock
      curl --unix-socket writ.sock http://localhost/v1/policies

    exit codes: 0 fine, 1 the policies do not load or the socket cannot be made, 2 usage, 70 internal
    """
}
