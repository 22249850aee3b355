/// The daemon's options: their names, their help and how they are read.
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
  /// Nil until it is given: 600, or 660 with a group.
  var socketMode: UInt32?
  var socketGroup: UInt32?
  var allow: String?
  var takesUnsafePolicies = false
  var watches = false
  var isCheck = false

  /// What loads the policies, and who may ask.
  var loader: PolicyLoader {
    var loader = PolicyLoader(folder: policies)
    loader.allowFile = allow
    loader.takesUnsafeFiles = takesUnsafePolicies
    return loader
  }

  /// What is to be done.
  enum Request {
    case help, version
    case serve(DaemonOptions)
  }

  private static let names = [
    "--policies", "--socket", "--timezone", "--max-body", "--max-header", "--max-connections",
    "--idle-timeout", "--request-timeout", "--drain-timeout", "--socket-mode", "--socket-group",
    "--allow", "--allow-unsafe-policies", "--watch", "--check", "--help", "--version",
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
      case "--watch": options.watches = true
      case "--allow-unsafe-policies": options.takesUnsafePolicies = true
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
    case "--drain-timeout": limits.drainMilliseconds = try Self.seconds(name, value)
    case "--allow": allow = value
    case "--socket-group": socketGroup = try Self.group(value)
    default:
      guard let mode = UInt32(value, radix: 8), [0o600, 0o660, 0o666].contains(mode) else {
        throw UsageProblem(
          description: "`\(value)` is not a mode for `--socket-mode`",
          help: "give 600 for the owner alone, 660 for the group too, or 666 for everybody")
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

  /// The number of a group by its name.
  private static func group(_ name: String) throws(UsageProblem) -> UInt32 {
    if let number = Accounts.group(named: name) { return number }
    let nearest = Suggestion.nearest(to: name, in: Accounts.groupNames)
    throw UsageProblem(
      description: "there is no group `\(name)` on this machine",
      help: nearest.map { "did you mean `\($0)`?" } ?? "make the group first, or give its number")
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
      --socket-mode MODE     permissions of the socket: 600, 660 for its group too, or
                             666 for everybody [600; 660 with --socket-group]
      --socket-group GROUP   group of the socket, by name or number
      --allow FILE           who may ask: a line for each rule, such as
                             `full_payment.may_ship uid=1001,gid=orders`
      --watch                load the policies again when they change; SIGHUP always does
      --allow-unsafe-policies
                             take policies that other users may change
      --timezone NAME        where "today" is told [Asia/Shanghai]
      --max-body BYTES       largest body of a request [1048576]
      --max-header BYTES     largest header of a request [16384]
      --max-connections N    most connections at once [10000]
      --idle-timeout SEC     how long a connection may be idle [60]
      --request-timeout SEC  how long a request may take to arrive [10]
      --drain-timeout SEC    how long stopping may take [10]
      --check                load the policies and who may ask, print what is wrong, and exit
      --help, --version      print this, or the version, and exit

    example:
      writd --policies policies --socket writ.sock
      curl --unix-socket writ.sock http://localhost/v1/policies

    exit codes: 0 fine, 1 the policies do not load or the socket cannot be made, 2 usage, 70 internal
    """
}
