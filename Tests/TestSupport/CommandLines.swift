/// Lines of a shell, run with the programs that were built.
public import Foundation

/// Runs lines as people type them.
public enum CommandLines {
  /// Runs a line; gives what it printed, complaints too, and its exit code.
  ///
  /// - Parameters:
  ///   - line: what `/bin/sh` reads.
  ///   - folder: where it is run.
  ///   - products: the folder of the programs that were built, which are found first.
  public static func run(
    _ line: String, in folder: URL, finding products: URL
  ) throws -> (text: String, code: Int32) {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "exec 2>&1\n" + line]
    shell.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = products.path + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    environment["LC_ALL"] = "C"
    shell.environment = environment
    let output = Pipe()
    shell.standardOutput = output
    try shell.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    return (String(decoding: text, as: UTF8.self), shell.terminationStatus)
  }
}
