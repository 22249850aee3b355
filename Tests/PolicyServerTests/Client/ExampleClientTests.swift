/// The example clients of `samples/clients`: a yes only for a yes of the daemon, in each language that is here.
import Foundation
import TestSupport
import Testing

@testable import PolicyServer

/// A client of the samples.
enum ExampleClient: String, CaseIterable, Sendable {
  case python, node, java, shell

  /// The program that runs it.
  var program: String {
    switch self {
    case .python: "python3"
    case .node: "node"
    case .java: "javac"
    case .shell: "curl"
    }
  }

  /// Whether the language is installed; Java needs 17 for Unix sockets.
  var isInstalled: Bool {
    let test =
      self == .java ? "javac --version | grep -Eq ' (1[7-9]|[2-9][0-9])'" : "command -v \(program)"
    return (try? Shell.run(test).code) == 0
  }

  /// The classes of `Ask.java`, compiled once for all that is asked.
  private static let classes: Folder = {
    let folder = Folder()
    let source = Products.root.appending(path: "samples/clients/java/Ask.java").path
    _ = try? Shell.run("javac -d \(ShellWords.quoted(folder.path)) \(ShellWords.quoted(source))")
    return folder
  }()

  /// The words before the socket and the file.
  var command: [String] {
    let folder = Products.root.appending(path: "samples/clients/\(rawValue)").path
    switch self {
    case .python: return ["python3", folder + "/ask.py"]
    case .node: return ["node", folder + "/ask.mjs"]
    case .java: return ["java", "-cp", Self.classes.path, "Ask"]
    case .shell: return ["sh", folder + "/ask.sh"]
    }
  }

  /// What it says of a request, and its exit code.
  func ask(_ socket: String, _ file: String) throws -> (text: String, code: Int32) {
    let path = Products.root.appending(path: file).path
    return try Shell.run(
      (command + [socket, path]).map(ShellWords.quoted).joined(separator: " "))
  }
}

/// Lines for a shell.
enum Shell {
  /// Runs a line; gives what it printed, complaints too, and its exit code.
  static func run(_ line: String, in folder: URL = Products.root) throws -> (
    text: String, code: Int32
  ) {
    try CommandLines.run(line, in: folder, finding: Products.folder)
  }
}

/// Words made safe for a shell.
enum ShellWords {
  static func quoted(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }
}

@Suite(.timeLimit(.minutes(10))) struct ExampleClientTests {
  static let request = "samples/shipment/full_payment.may_ship"

  @Test(.enabled(if: ExampleClient.python.isInstalled, "there is no python3"))
  func python() throws { try holds(.python) }

  @Test(.enabled(if: ExampleClient.node.isInstalled, "there is no node"))
  func node() throws { try holds(.node) }

  @Test(.enabled(if: ExampleClient.java.isInstalled, "there is no javac of version 17 or later"))
  func java() throws { try holds(.java) }

  @Test(.enabled(if: ExampleClient.shell.isInstalled, "there is no curl"))
  func shell() throws { try holds(.shell) }

  /// Everything that a client must do.
  private func holds(_ client: ExampleClient) throws {
    let daemon = try BuiltDaemon(Products.root.appending(path: "policies"))
    let allowed = try client.ask(daemon.socket, "\(Self.request).allow.json")
    #expect(allowed.code == 0, "\(allowed.text)")
    #expect(
      allowed.text.contains(/^yes: ship \(decision [0-9a-f]{16,}, request [0-9a-f-]{32,}\)\n$/),
      "\(allowed.text)")
    let denied = try client.ask(daemon.socket, "\(Self.request).deny.json")
    #expect(denied.code == 1)
    #expect(
      denied.text.contains(
        /^no: deny: unpaid.*\(decision [0-9a-f]{16,}, request [0-9a-f-]{32,}\)\n$/),
      "\(denied.text)")
    let refused = try client.ask(daemon.socket, "samples/shipment/mail_order.may_ship.allow.json")
    #expect(refused.code == 1 && refused.text.hasPrefix("no: status 400"), "\(refused.text)")
    let down = try client.ask(daemon.socket + "-none", "\(Self.request).allow.json")
    #expect(down.code == 1 && down.text.hasPrefix("no: no answer"), "\(down.text)")
    for doubtful in Doubtful.all {
      let fake = try FakeDaemon([doubtful.act])
      let (text, code) = try client.ask(fake.socket, "\(Self.request).allow.json")
      #expect(code == 1, "\(doubtful.name): \(text)")
      #expect(
        text.hasPrefix("no: ") && text.contains(/request [0-9a-f-]{32,}\)\n$/),
        "\(doubtful.name): \(text)")
      let ids = fake.ids
      #expect(ids.count == doubtful.asks, "\(doubtful.name): \(text)")
      #expect(Set(ids).count == 1, "\(doubtful.name): the same id each time")
    }
    let recovering = try FakeDaemon([.sends(""), .answers("200 OK", Doubtful.yes)])
    let (text, code) = try client.ask(recovering.socket, "\(Self.request).allow.json")
    #expect(code == 0 && text.hasPrefix("yes: ship (decision 1f, "), "\(text)")
  }
}
