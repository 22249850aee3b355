/// The decision log of the daemon: opened before anybody may ask.
internal import DecisionLog
internal import PolicyServer
internal import PolicySource

extension Daemon {
  /// What came of opening the log.
  enum OpenedLog {
    /// No log is kept.
    case none
    case open(LogWriter)
    case failed
  }

  /// Opens the log that the options name and says how it is kept.
  static func openLog(_ options: DaemonOptions) -> OpenedLog {
    guard let folder = options.log else {
      StandardStream.output.line(
        "writd: decisions are not recorded; `--log DIR` keeps a log that an audit can rely on")
      return .none
    }
    do throws(LogProblem) {
      let writer = try LogWriter(folder: folder, options: options.logOptions)
      StandardStream.output.line(
        "writd: decisions are recorded in `\(folder)/\(writer.fileName)`, \(words(options.logOptions))"
      )
      return .open(writer)
    } catch {
      fail("\(error.message)", help: "\(error.help)")
      return .failed
    }
  }

  private static func words(_ options: LogOptions) -> String {
    switch options.sync {
    case .always: "on the disk before an answer leaves"
    case .interval(let milliseconds):
      "brought to the disk every \(milliseconds) ms: a power failure loses what was answered since"
    case .none: "brought to the disk when the system likes: a power failure loses what was answered"
    }
  }
}
