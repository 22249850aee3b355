/// The options that the commands with a daemon behind them share.
import CommandTable
import Foundation
import PolicySource

enum ClientOptions {
  static let socket = Option(
    name: "--socket", value: .file("PATH"), help: "where the daemon listens (default: as `writd` has it)")

  static let timeout = Option(
    name: "--timeout", value: "SECONDS",
    help: "how long an answer is waited for, such as 0.5 (default: 10)")

  /// The path of `--socket`, else the one that the daemon chooses when it is given none.
  static func socketPath(_ arguments: Arguments) throws(UsageError) -> String {
    if let path = arguments.value("--socket") { return path }
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["XDG_RUNTIME_DIR"], !folder.isEmpty { return folder + "/writ.sock" }
    if let folder = environment["HOME"], !folder.isEmpty {
      return folder + "/.local/state/writ/writ.sock"
    }
    throw UsageError(
      "neither XDG_RUNTIME_DIR nor HOME is set, so the daemon's socket is not known",
      help: "name it: `--socket PATH`")
  }

  /// What `--timeout` says, in milliseconds.
  static func timeout(_ arguments: Arguments) throws(UsageError) -> Int {
    guard let text = arguments.value("--timeout") else { return 10_000 }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : "0"
    let digits = fraction.prefix(3) + String(repeating: "0", count: max(0, 3 - fraction.count))
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
      let seconds = Int(parts[0]), seconds <= 3600, !fraction.isEmpty, let rest = Int(digits),
      seconds > 0 || rest > 0
    else { throw wrongNumber("--timeout", text, help: "seconds up to 3600, such as `2` or `0.5`") }
    return seconds * 1000 + rest
  }

  /// A whole number behind an option.
  static func number(
    _ arguments: Arguments, _ name: String, in range: ClosedRange<Int>
  ) throws(UsageError) -> Int? {
    guard let text = arguments.value(name) else { return nil }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
      range.contains(number)
    else {
      throw wrongNumber(
        name, text, help: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func wrongNumber(_ name: String, _ text: String, help: Phrase) -> UsageError {
    UsageError("`\(name)` does not know `\(text)`", help: help)
  }
}
