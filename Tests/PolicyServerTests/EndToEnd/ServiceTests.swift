/// The real daemon under a service manager: what it tells, the socket it is passed, what it gives up.
import Foundation
import PolicyEngine
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct ServiceTests {
  @Test(arguments: [false, true]) func tellsTheServiceManagerHowItIs(isAbstract: Bool) throws {
    let policies = try SmallPolicies(limit: 100)
    let manager = try FakeManager((isAbstract ? "@" : "") + policies.folder.path + "/.notify")
    let daemon = try BuiltDaemon(policies.url) { $0.add(["NOTIFY_SOCKET": manager.address]) }
    let ready = try manager.message(with: "READY=1")
    let digest = try daemon.digest()
    #expect(ready.contains("STATUS=serving \(digest) on \(daemon.socket)"))
    try policies.write("policy orders {")
    daemon.reload()
    let reloading = try manager.message(with: "RELOADING=1")
    #expect(reloading.contains(/\nMONOTONIC_USEC=[0-9]+\n/))
    #expect(try manager.message(with: "READY=1").contains("STATUS=the last reload was refused"))
    daemon.signal()
    _ = try manager.message(with: "STOPPING=1")
    #expect(daemon.exitCode() == 0)
  }

  @Test func givesSignsOfLifeWhileNobodyAsks() throws {
    let policies = try SmallPolicies(limit: 100)
    let manager = try FakeManager(policies.folder.path + "/.notify")
    let daemon = try BuiltDaemon(policies.url) {
      $0.add(["NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "200000"])
    }
    for _ in 0..<3 { _ = try manager.message(with: "WATCHDOG=1") }
    // A process that does not run gives none: what was sent before is taken, then nothing comes.
    kill(daemon.number, SIGSTOP)
    kill(daemon.number, SIGCONT)
    _ = try manager.message(with: "WATCHDOG=1")
  }

  @Test func signsOfLifeForAnotherProcessAreNotGiven() throws {
    let policies = try SmallPolicies(limit: 100)
    let manager = try FakeManager(policies.folder.path + "/.notify")
    let daemon = try BuiltDaemon(policies.url) {
      $0.add(["NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "2000", "WATCHDOG_PID": "1"])
    }
    daemon.signal()
    #expect(daemon.exitCode() == 0)
    _ = try manager.message(with: "STOPPING=1")
    #expect(!manager.messages.contains { $0.contains("WATCHDOG") })
  }

  @Test func servesThePassedSocketAndLeavesItThere() throws {
    let policies = try SmallPolicies(limit: 100)
    let path = policies.folder.path + "/.passed"
    let listening = try UnixSocket.make()
    try UnixSocket.bind(listening, to: path)
    try UnixSocket.listen(listening, backlog: 16)
    // Who connects before the daemon runs is answered by it.
    let early = try TestClient(path)
    try early.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    let number = listening.number
    var daemon = try BuiltDaemon(policies.url) { try $0.pass(number) }
    #expect(daemon.printed.contains("listening on `\(path)`"))
    #expect(try early.read(1).first?.status == 200)
    daemon.signal()
    #expect(daemon.exitCode() == 0)
    #expect(try FileAtPath(path).kind == .socket)
    #expect(try FileAtPath(path + ".lock").kind == .absent)
    #expect(try FileAtPath(daemon.socket).kind == .absent)
    // Who connects while none runs waits for the next one.
    let between = try TestClient(path)
    try between.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    daemon = try BuiltDaemon(policies.url) { try $0.pass(number) }
    #expect(try between.read(1).first?.status == 200)
  }

  @Test(arguments: [
    (false, 2, "2 descriptors were passed on, named `writd`, and one socket is served"),
    (false, 1, "the socket that was passed on does not listen"),
    (true, 1, "what was passed on is not a Unix stream socket"),
  ])
  func wrongSocketsAreRefused(isFile: Bool, count: Int, words: String) throws {
    let policies = try SmallPolicies(limit: 100)
    let passed = try UnixSocket.make()
    let file = try FileHandle(forReadingFrom: policies.file)
    let process = Process()
    process.executableURL = Products.folder.appending(path: "writd")
    process.arguments = ["--policies", policies.folder.path]
    try process.pass(isFile ? file.fileDescriptor : passed.number, count: count)
    let (code, text) = try process.errors()
    #expect(code == 1)
    #expect(text.contains(words), "\(text)")
  }

  @Test func givesUpWhatItDoesNotNeed() throws {
    let policies = try SmallPolicies(limit: 100)
    let open = try FileHandle(forReadingFrom: policies.file)
    let daemon = try BuiltDaemon(policies.url) { process in
      let program = try #require(process.executableURL?.path)
      process.arguments =
        ["-c", "exec 7<&0 0<&- ; exec \"$@\"", "sh", program] + (process.arguments ?? [])
      process.executableURL = URL(filePath: "/bin/sh")
      process.standardInput = open
    }
    let state = try String(contentsOfFile: "/proc/\(daemon.number)/status", encoding: .utf8)
    #expect(state.contains("NoNewPrivs:\t1\n"))
    #expect(state.contains("Umask:\t0077\n"))
    let folder = "/proc/\(daemon.number)/fd"
    let targets = try FileManager.default.contentsOfDirectory(atPath: folder).map {
      try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
    }
    #expect(!targets.contains(policies.file.path), "\(targets)")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/0") == "/dev/null")
  }

  private static let hasAnalyzer = FileManager.default.isExecutableFile(
    atPath: "/usr/bin/systemd-analyze")

  @Test(.enabled(if: hasAnalyzer, "there is no systemd-analyze"))
  func systemdUnderstandsTheUnits() throws {
    let folder = Folder()
    for name in Self.units {
      let text = try Self.unit(name).replacing(
        "/usr/sbin/writd", with: Products.folder.appending(path: "writd").path)
      try text.write(toFile: folder.path + "/" + name, atomically: true, encoding: .utf8)
    }
    let files = Self.units.map { folder.path + "/" + $0 }
    for arguments in [
      ["verify", "--man=no"] + files,
      ["security", "--offline=true", "--threshold=10", "--no-pager", files[0]],
    ] {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/systemd-analyze")
      process.arguments = arguments
      process.standardOutput = FileHandle.nullDevice
      let (code, text) = try process.errors()
      #expect(code == 0, "\(arguments[0]): \(text)")
    }
  }

  private static let units = ["writd.service", "writd.socket"]

  private static func unit(_ name: String) throws -> String {
    try String(
      contentsOf: Products.root.appending(path: ".ci/packaging/\(name)"), encoding: .utf8)
  }

  @Test func thePageShowsTheUnitsAsTheyAre() throws {
    let page = try String(
      contentsOf: Products.root.appending(
        path: "Sources/PolicyEngine/PolicyEngine.docc/Systemd.md"), encoding: .utf8)
    for name in Self.units { #expect(page.contains("```text\n\(try Self.unit(name))```\n")) }
  }
}

extension Process {
  /// Runs to its end; its code, and what it wrote on standard error.
  func errors() throws -> (code: Int32, text: String) {
    let pipe = Pipe()
    standardError = pipe
    try run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    waitUntilExit()
    return (terminationReason == .exit ? terminationStatus : -1, text)
  }
}
