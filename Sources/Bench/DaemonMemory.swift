/// What the daemon holds of the machine's memory once it serves a set.
import Foundation

enum DaemonMemory {
  /// The most that it is to hold with the largest set of generated rules, in MiB.
  private static let target = 30

  /// The daemon that was built beside the bench; nil, with a line that says so, when there is none.
  static func daemon() -> String? {
    let path = (CommandLine.arguments[0] as NSString).deletingLastPathComponent + "/writd"
    if Files.exists(path) { return path }
    print("there is no \(path); build it: swift build -c release --product writd")
    return nil
  }

  /// Starts the daemon on a folder, and says what is resident when it serves: it has given back by then what
  /// loading took besides.
  static func line(_ folder: String, _ temporary: String) throws -> String? {
    guard let daemon = daemon() else { return nil }
    let socket = temporary + "/memory.sock"
    let child = try Child(daemon, ["--policies", folder, "--socket", socket])
    for _ in 0..<200 where !Files.exists(socket) && child.isRunning {
      Thread.sleep(forTimeInterval: 0.05)
    }
    Thread.sleep(forTimeInterval: 0.2)
    let resident = child.isRunning ? kibibytes("VmRSS:", of: child.number) : nil
    let done = child.stop()
    guard let resident else {
      throw Bench.Failure(text: "\(daemon) does not serve \(folder)\n\(done.output)\(done.error)")
    }
    let size = Table.figure(Double(resident) / 1024)
    return "writd holds \(size) MiB resident (VmRSS); target \(target) MiB"
  }

  /// `VmRSS:`, what a process holds now, or `VmHWM:`, the most that it has held, in KiB.
  static func kibibytes(_ name: String, of process: Int32) -> Int? {
    Files.text("/proc/\(process)/status")?
      .split(separator: "\n").first { $0.hasPrefix(name) }?
      .split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
  }
}
