/// The daemon's options: one table for the command line, the config file, the help and the manual.
internal import CommandTable
internal import PolicyServer
internal import PolicySource

/// What the command line and the config file ask for.
struct DaemonOptions {
  var policies = ""
  var socket: String?
  var timezone = ""
  var limits = Limits()
  var socketMode: UInt32 = 0o600

  /// Every option that a config file may hold, too.
  static let groups: [SettingGroup<DaemonOptions>] = [
    SettingGroup("policies", policySettings), SettingGroup("the socket", socketSettings),
    SettingGroup("limits", limitSettings),
  ]

  private static let policySettings: [Setting<DaemonOptions>] = [
    Setting(
      Option(name: "--policies", value: .folder("DIR"), help: "the folder of the policies (needed)")
    ) { $0.policies = $1.text },
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
        name: "--socket-mode", value: .choice(["600", "660"], named: "MODE"), default: "600",
        help: "who may connect: `600` the daemon's own user, `660` its group too")
    ) { options, value in options.socketMode = UInt32(value.text, radix: 8) ?? 0o600 },
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

  private static func seconds(_ milliseconds: Int64) -> String { "\(milliseconds / 1000)" }

  /// All settings of the groups.
  static let settings = groups.flatMap(\.settings)
}
