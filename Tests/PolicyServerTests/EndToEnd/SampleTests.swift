/// The sample requests over the socket, and the two commands of the README.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct SampleTests {
  /// `samples/shipment/mail_order.may_ship.deny.json` is answered `deny`.
  @Test func everySampleRequestIsAnsweredAsItsNameSays() throws {
    let daemon = try BuiltDaemon(Products.root.appending(path: "policies"))
    let folder = Products.root.appending(path: "samples").path
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".json") }
    #expect(names.count > 30)
    for name in names {
      let parts = name.split(separator: "/").last?.split(separator: ".").map(String.init) ?? []
      try #require(parts.count == 4, "\(name)")
      let body = try Golden.bytes(URL(filePath: folder + "/" + name))
      let answer = try daemon.ask("\(parts[0]).\(parts[1])", body)
      #expect(answer.status == 200, "\(name): \(answer.body)")
      #expect(Self.says(answer.tree).contains(parts[2]), "\(name): \(answer.body)")
      let mayPass = ["allow", "cleared", "within", "valid", "approved"].contains(parts[2])
      #expect(answer.isPermitted == mayPass, "\(name): \(answer.body)")
    }
  }

  /// The words that an answer may be called by: its outcome, class or figure, that it was cleared, or
  /// that a refusal has sent it back.
  private static func says(_ tree: JSONTree) -> [String] {
    let outcome = tree["outcome"]?.word ?? ""
    let figure = tree["grade"]?.word ?? tree["value"]?.word
    let cleared = tree["cleared"]?.items.isEmpty == false && outcome == "allow"
    let returned = tree["returnedTo"] != nil
    return [outcome, tree["status"]?.word, figure?.lowercased()].compactMap(\.self)
      + (cleared ? ["cleared"] : []) + (returned ? ["returned"] : [])
  }

  private static let hasCurl = ["/usr/bin/curl", "/bin/curl", "/usr/local/bin/curl"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// The first command of the README, with the built daemon in the place of `swift run`.
  @Test(.enabled(if: hasCurl, "there is no curl")) func theCommandOfTheReadmePrintsALineThatWorks()
    throws
  {
    let readme = try String(
      contentsOf: Products.root.appending(path: "README.md"), encoding: .utf8)
    let start = "swift run -c release writd "
    let command = try #require(readme.split(separator: "\n").first { $0.hasPrefix(start) })
    #expect(readme.contains("\nswift test\n"))
    let daemon = Process()
    daemon.executableURL = Products.folder.appending(path: "writd")
    daemon.arguments = command.dropFirst(start.count).split(separator: " ").map(String.init)
    daemon.currentDirectoryURL = Products.root
    let folder = Folder()
    daemon.environment = ["XDG_RUNTIME_DIR": folder.path, "PATH": "/usr/bin:/bin"]
    let output = Pipe()
    daemon.standardOutput = output
    try daemon.run()
    defer {
      daemon.terminate()
      daemon.waitUntilExit()
    }
    var printed = ""
    while !printed.contains("http://localhost/") {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      printed += String(decoding: data, as: UTF8.self)
    }
    let curl = printed.split(separator: "\n").first { $0.hasPrefix("  curl --unix-socket ") }
    let pasted = try Self.shell(String(try #require(curl, "\(printed)")))
    #expect(JSONTree(parsing: pasted)?["outcome"]?.word != nil, "\(pasted)")
    let status = try Self.shell(
      String(try #require(curl)) + " -s -o /dev/null -w '%{http_code}'")
    #expect(String(decoding: status, as: UTF8.self) == "200")
  }

  /// What a line prints when it is pasted into a shell.
  private static func shell(_ line: String) throws -> [UInt8] {
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", line]
    let output = Pipe()
    shell.standardOutput = output
    shell.standardError = FileHandle.nullDevice
    try shell.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    return [UInt8](data)
  }
}
