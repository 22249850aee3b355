/// What the tests of the log need from the system: other programs, a tracer, a small disk.
import Foundation
import TestSupport
import Testing

/// Programs of the machine.
enum Program {
  /// Where a program is; nil when it is not installed.
  static func path(_ name: String) -> String? {
    ["/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/", "/usr/local/bin/"].map { $0 + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static func isThere(_ name: String) -> Bool { path(name) != nil }

  /// Runs a program to its end.
  @discardableResult
  static func run(_ path: String, _ arguments: [String]) throws -> (code: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}

/// strace on a process that runs already.
final class Tracer {
  private let process = Process()

  /// Begins to trace, and waits until it does.
  init(_ target: Int32, _ options: [String]) throws {
    process.executableURL = URL(filePath: try #require(Program.path("strace")))
    process.arguments = ["-f", "-p", String(target)] + options
    let notes = Pipe()
    process.standardError = notes
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    var text = ""
    while !text.contains("attached") {
      let data = notes.fileHandleForReading.availableData
      if data.isEmpty { break }
      text += String(decoding: data, as: UTF8.self)
    }
    try #require(text.contains("attached"), "strace does not trace: \(text)")
    notes.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
  }

  /// Lets the process go, which goes on when its tracer ends.
  func stop() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  deinit { if process.isRunning { stop() } }
}

/// A file system in memory with little room.
final class SmallDisk {
  let folder = Folder()

  static var isAllowed: Bool { geteuid() == 0 && Program.isThere("mount") }

  init(kilobytes: Int) throws { try mount(["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs"]) }

  /// Gives it another size.
  func grow(kilobytes: Int) throws { try mount(["-o", "remount,size=\(kilobytes)k"]) }

  private func mount(_ options: [String]) throws {
    let program = try #require(Program.path("mount"))
    let done = try Program.run(program, options + [folder.path])
    try #require(done.code == 0, "mount fails: \(done.text)")
  }

  deinit {
    guard let program = Program.path("umount") else { return }
    _ = try? Program.run(program, ["-l", folder.path])
  }
}
