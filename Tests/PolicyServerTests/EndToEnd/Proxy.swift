/// The real nginx with the configuration of the documentation, in front of a daemon of the tests.
import Foundation
import Testing

@testable import PolicyServer

/// A running nginx; stopped when nobody holds it any more.
final class Proxy {
  private let folder = Folder()
  private var process: Process?
  /// The ports of TCP and TLS.
  private(set) var ports = (plain: 0, tls: 0)

  /// The program; nil where there is none.
  static let program = path(of: "nginx")

  static var isHere: Bool {
    program != nil && path(of: "openssl") != nil && path(of: "curl") != nil
  }

  private static func path(of program: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return (path.split(separator: ":").map(String.init) + ["/usr/sbin"]).map { $0 + "/" + program }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// A socket of its own, for clients that send byte by byte.
  var socket: String { folder.socket }

  private var certificate: String { folder.path + "/certificate.pem" }

  init(before daemon: String) throws {
    _ = try Self.run(
      "openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost", "-keyout", folder.path + "/key.pem", "-out",
        certificate,
      ])
    // A port may be taken; then nginx ends at once and another one is tried.
    for _ in 0..<20 {
      let port = Int.random(in: 20_000..<32_000)
      ports = (port, port + 1)
      try configure(daemon)
      if try start() { return }
    }
    Issue.record("nginx does not start")
  }

  deinit {
    process?.terminate()
    process?.waitUntilExit()
  }

  /// Writes the documented file with the places and ports of this test.
  private func configure(_ daemon: String) throws {
    var text = try String(
      contentsOf: Products.root.appending(path: ".ci/packaging/nginx.conf"), encoding: .utf8)
    let changes = [
      ("unix:/run/writ/writd.sock", "unix:\(daemon)"),
      ("listen 8080;", "listen 127.0.0.1:\(ports.plain);\n  listen unix:\(socket);"),
      ("listen 8443 ssl;", "listen 127.0.0.1:\(ports.tls) ssl;"),
      ("/etc/writ/tls/certificate.pem", certificate),
      ("/etc/writ/tls/key.pem", folder.path + "/key.pem"),
    ]
    for (documented, ours) in changes {
      try #require(text.ranges(of: documented).count == 1, "\(documented)")
      text = text.replacing(documented, with: ours)
    }
    try? FileManager.default.removeItem(atPath: socket)
    try? FileManager.default.removeItem(atPath: folder.path + "/pid")
    let places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { kind in
      "\(kind)_temp_path \(folder.path)/\(kind);"
    }
    let main = """
      daemon off;
      pid \(folder.path)/pid;
      error_log \(folder.path)/errors;
      \(NSUserName() == "root" ? "user root;" : "")
      events {}
      http {
      access_log off;
      \(places.joined(separator: "\n"))
      \(text)
      }

      """
    try main.write(toFile: folder.path + "/main.conf", atomically: true, encoding: .utf8)
  }

  /// Starts it and waits until it listens; false when it ends instead.
  private func start() throws -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.program))
    process.arguments = [
      "-p", folder.path, "-c", folder.path + "/main.conf", "-e", folder.path + "/errors",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    // It listens before it writes its number.
    while process.isRunning {
      if FileManager.default.fileExists(atPath: folder.path + "/pid") {
        self.process = process
        return true
      }
      sched_yield()
    }
    return false
  }

  /// What it complained of.
  var complaints: String {
    (try? String(contentsOfFile: folder.path + "/errors", encoding: .utf8)) ?? ""
  }

  func client() throws -> TestClient { try TestClient(socket) }

  /// An answer over TCP, or over TLS with its certificate checked.
  func curl(_ path: String, tls: Bool = false, _ options: [String] = []) throws -> Answer {
    let base = tls ? "https://localhost:\(ports.tls)" : "http://127.0.0.1:\(ports.plain)"
    let output = try Self.run(
      "curl",
      ["-s", "-i", "--http1.1", "--max-time", "60", "--noproxy", "*", "--cacert", certificate]
        + options + [base + path])
    return try #require(Answer.all(in: [UInt8](output)).last, "no answer: \(complaints)")
  }

  func decide(_ body: String, tls: Bool = false, _ options: [String] = []) throws -> Answer {
    try curl(
      "/v1/decide/orders.may_ship", tls: tls,
      ["-H", "Content-Type: application/json", "-H", "Expect:", "-d", body] + options)
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: try #require(path(of: program)))
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
  }
}
