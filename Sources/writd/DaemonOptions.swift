/// The daemon's options: one table for the command line, the config file, the help and the manual.
internal import CommandTable
internal import DecisionLog
internal import PolicyServer
internal import PolicySource

/// What the command line and the config file ask for.
struct DaemonOptions {
  var policies = ""
  var socket: String?
  var timezone = ""
  var limits = Limits()
  /// Nil until it is given: 600, or 660 with a group.
  var socketMode: UInt32?
  var socketGroup: UInt32?
  /// The name or number of the group, as it was given.
  private(set) var socketGroupName: String?
  var publicURL: String?
  var allow: String?
  var takesUnsafePolicies = false
  var watches = false
  /// The folder of the decision log; nil when none is kept.
  var log: String?
  /// The file with the key that masks secrets.
  private(set) var logKey: String?
  private var logFileBytes: Int64 = 0
  private var logMode = ""
  private var logInterval: Int64 = 0

  /// What loads the policies, and who may ask.
  var loader: PolicyLoader {
    var loader = PolicyLoader(folder: policies)
    loader.allowFile = allow
    loader.takesUnsafeFiles = takesUnsafePolicies
    return loader
  }

  /// How the log is kept.
  var logOptions: LogOptions {
    var options = LogOptions()
    options.fileBytes = logFileBytes
    options.sync =
      switch logMode {
      case "interval": .interval(milliseconds: logInterval)
      case "none": .none
      default: .always
      }
    return options
  }

  /// Every option that a config file may hold, too.
  static let groups: [SettingGroup<DaemonOptions>] = [
    SettingGroup("policies", policySettings), SettingGroup("the socket", socketSettings),
    SettingGroup("the decision log", logSettings), SettingGroup("limits", limitSettings),
  ]

  private static let policySettings: [Setting<DaemonOptions>] = [
    Setting(
      Option(name: "--policies", value: .folder("DIR"), help: "the folder of the policies (needed)")
    ) { $0.policies = $1.text },
    Setting(
      Option(
        name: "--watch", value: .yesNo, default: "no",
        help: "load the policies again when they change; SIGHUP always does")
    ) { $0.watches = $1.isYes },
    Setting(
      Option(
        name: "--allow", value: .file("FILE"),
        help: "who may ask: a line for each rule, such as "
          + "`full_payment.may_ship uid=1001,gid=orders`")
    ) { $0.allow = $1.text },
    Setting(
      Option(
        name: "--allow-unsafe-policies", value: .yesNo, default: "no",
        help: "take policies that other users may change")
    ) { $0.takesUnsafePolicies = $1.isYes },
    Setting(
      Option(
        name: "--timezone", value: "NAME", default: "Asia/Shanghai",
        help: "where today is told, for requests without a day")
    ) { $0.timezone = $1.text },
  ]

  private static let socketSettings: [Setting<DaemonOptions>] = [
    Setting(
      Option(
        name: "--socket", value: .file("PATH"),
        help: "where to listen (default: `$XDG_RUNTIME_DIR/writ.sock`, else "
          + "`~/.local/state/writ/writ.sock`)")
    ) { $0.socket = $1.text },
    Setting(
      Option(
        name: "--socket-mode", value: .choice(["600", "660", "666"], named: "MODE"),
        help: "who may connect: `600` the daemon's own user, `660` its group too, `666` everybody "
          + "(default: 600; 660 with `--socket-group`)")
    ) { options, value in options.socketMode = UInt32(value.text, radix: 8) },
    Setting(
      Option(
        name: "--socket-group", value: "GROUP", help: "the group of the socket, by name or number")
    ) { $0.socketGroupName = $1.text },
    Setting(
      Option(
        name: "--public-url", value: "URL",
        help: "the address that clients reach it by, for AuthZEN's configuration "
          + "(default: what the request's `Host` says)")
    ) { $0.publicURL = $1.text },
  ]

  private static let defaults = Limits()

  private static let limitSettings: [Setting<DaemonOptions>] = [
    Setting(
      Option(
        name: "--max-body", value: .bytes(1...(1 << 30)), default: "\(defaults.bodyBytes)",
        help: "largest body of a request")
    ) { $0.limits.bodyBytes = $1.number },
    Setting(
      Option(
        name: "--max-header", value: .bytes(256...(1 << 20)), default: "\(defaults.headerBytes)",
        help: "largest header of a request")
    ) { $0.limits.headerBytes = $1.number },
    Setting(
      Option(
        name: "--max-connections", value: .number("N", 1...1_000_000),
        default: "\(defaults.connections)", help: "most connections at once")
    ) { $0.limits.connections = $1.number },
    Setting(
      Option(
        name: "--idle-timeout", value: .seconds(1...86_400),
        default: seconds(defaults.idleMilliseconds), help: "how long a connection may be idle")
    ) { $0.limits.idleMilliseconds = $1.milliseconds },
    Setting(
      Option(
        name: "--request-timeout", value: .seconds(1...86_400),
        default: seconds(defaults.requestMilliseconds),
        help: "how long a request may take to arrive")
    ) { $0.limits.requestMilliseconds = $1.milliseconds },
    Setting(
      Option(
        name: "--drain-timeout", value: .seconds(1...86_400),
        default: seconds(defaults.drainMilliseconds), help: "how long stopping may take")
    ) { $0.limits.drainMilliseconds = $1.milliseconds },
  ]

  private static let logSettings: [Setting<DaemonOptions>] = [
    Setting(
      Option(
        name: "--log", value: .folder("DIR"),
        help: "where decisions are recorded; without it they are not")
    ) { $0.log = $1.text },
    Setting(
      Option(
        name: "--log-key", value: .file("FILE"),
        help: "the key of the hashes that stand in place of secrets in the log, at least 32 bytes; "
          + "without it each start makes up its own")
    ) { $0.logKey = $1.text },
    Setting(
      Option(
        name: "--log-sync", value: .choice(["always", "interval", "none"], named: "MODE"),
        default: "always",
        help: "when an answer may leave: `always` when its record is on the disk, or weaker: "
          + "`interval`, `none`")
    ) { $0.logMode = $1.text },
    Setting(
      Option(
        name: "--log-interval", value: .number("MS", 1...60_000), default: "200",
        help: "how often `interval` brings records to the disk, in milliseconds")
    ) { $0.logInterval = Int64($1.number) },
    Setting(
      Option(
        name: "--log-file-size", value: .bytes(4096...(1 << 40)),
        default: "\(LogOptions().fileBytes)", help: "how large a file of the log may become")
    ) { $0.logFileBytes = Int64($1.number) },
    Setting(
      Option(
        name: "--log-queue", value: .bytes(1024...(1 << 30)), default: "\(defaults.logQueueBytes)",
        help: "most records that wait to be written; then requests are answered 503")
    ) { $0.limits.logQueueBytes = $1.number },
    Setting(
      Option(
        name: "--log-timeout", value: .seconds(1...86_400),
        default: seconds(defaults.logMilliseconds),
        help: "how long an answer waits for its record; then it is a 503")
    ) { $0.limits.logMilliseconds = $1.milliseconds },
  ]

  private static func seconds(_ milliseconds: Int64) -> String { "\(milliseconds / 1000)" }

  /// All settings of the groups.
  static let settings = groups.flatMap(\.settings)
}
