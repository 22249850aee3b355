/// Files and child processes.
import Foundation

/// Reading and writing small files.
enum Files {
  /// The text of a file; nil when it cannot be read.
  static func text(_ path: String) -> String? {
    guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// A new folder for what one run leaves behind.
  static func temporaryFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.path + "/writ-bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  static func write(_ text: String, to path: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  static func remove(_ path: String) {
    do { try FileManager.default.removeItem(atPath: path) } catch {
      print("cannot remove \(path): \(error)")
    }
  }

  /// The first of some programs that is on the path.
  static func program(_ names: String...) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for name in names {
      for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)")
      {
        return "\(folder)/\(name)"
      }
    }
    return nil
  }
}

/// A program that was run to its end.
struct Finished {
  let status: Int32
  let output: String
  let error: String
}

/// A child process.
final class Child {
  private let process = Process()
  private let files: String

  /// Starts a program; what it writes goes to files, so that no pipe fills up.
  init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
    files = try Files.temporaryFolder() + "/child-\(UUID().uuidString)"
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    for suffix in [".out", ".err"] { try Files.write("", to: files + suffix) }
    process.standardOutput = FileHandle(forWritingAtPath: files + ".out")
    process.standardError = FileHandle(forWritingAtPath: files + ".err")
    try process.run()
  }

  var isRunning: Bool { process.isRunning }
  /// The number by which the system knows it.
  var number: Int32 { process.processIdentifier }

  /// Waits for the end.
  func finish() -> Finished {
    process.waitUntilExit()
    return Finished(
      status: process.terminationStatus, output: Files.text(files + ".out") ?? "",
      error: Files.text(files + ".err") ?? "")
  }

  /// Asks it to stop and waits.
  func stop() -> Finished {
    process.terminate()
    return finish()
  }

  /// Runs a program to its end.
  static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Finished {
    try Child(program, arguments, environment: environment).finish()
  }
}
