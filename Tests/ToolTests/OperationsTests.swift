/// The page for operators: the commands that it shows are run, below a folder that stands for the machine.
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: ShellTests.has("curl"), "there is no curl"), .timeLimit(.minutes(10)))
struct OperationsTests {
  /// A folder that stands for `/`, with the config file of the package and a stand-in for systemd.
  final class Machine {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-\(UInt32.random(in: 0...UInt32.max))")

    init() throws {
      let files = FileManager.default
      for folder in ["etc/writ/policies", "run/writ", "var/log/writ/decisions", "bin"] {
        try files.createDirectory(
          at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
      }
      for folder in ["policies", "samples"] {
        try files.copyItem(
          at: Pages.root.appendingPathComponent(folder), to: root.appendingPathComponent(folder))
      }
      try write(here(try Pages.text(".ci/packaging/writd.conf")), to: "etc/writ/writd.conf")
      try write(Self.systemctl(root.path), to: "bin/systemctl")
      try files.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: root.path + "/bin/systemctl")
    }

    deinit {
      _ = try? run("systemctl stop writd")
      try? FileManager.default.removeItem(at: root)
    }

    func write(_ text: String, to path: String) throws {
      try text.write(to: root.appendingPathComponent(path), atomically: true, encoding: .utf8)
    }

    /// The text with the paths of this machine.
    func here(_ text: String) -> String {
      text.replacing(/\/(?:etc|run|var\/log)\/writ/) { root.path + $0.0 }
    }

    /// Runs commands; where they rely on the usual link, it is named.
    func run(_ commands: String) throws -> String {
      let commands = commands.replacing(/writ policies (?:use|back)/) {
        "\($0.0) --link /etc/writ/policies/current"
      }
      return try BuiltTool.run(
        "PATH=\"\(root.path)/bin:$PATH\"; set -e; " + here(commands), in: root)
    }

    /// Starts, stops and reloads as systemd does with the units of the package.
    private static func systemctl(_ root: String) -> String {
      """
      #!/bin/bash
      # Another set is taken by a restart here.
      case $1 in
        start)
          # As under systemd, nothing of whoever starts it stays open in the daemon.
          (for file in /proc/self/fd/*; do
            number=${file##*/}
            [ "$number" -le 2 ] || eval "exec $number>&-"
          done
          exec writd --config \(root)/etc/writ/writd.conf) > \(root)/out 2>&1 < /dev/null &
          echo $! > \(root)/pid
          until grep -q 'listening on' \(root)/out; do
            kill -0 "$(cat \(root)/pid)" || { cat \(root)/out; exit 1; }
          done ;;
        stop)
          [ -e \(root)/pid ] || exit 0
          kill "$(cat \(root)/pid)" && while [ -e \(root)/run/writ/writd.sock ]; do :; done
          rm \(root)/pid ;;
        reload) "$0" stop && "$0" start ;;
      esac

      """
    }
  }

  @Test func theCommandsOfThePageWork() throws {
    let machine = try Machine()
    let page = "Sources/PolicyEngine/PolicyEngine.docc/Operations.md"
    var printed: [String: String] = [:]
    for fence in try Pages.fences(of: page) where fence.words == ["sh", "run"] {
      if fence.heading.contains("A new set") {
        // The second set says something else.
        let file = "policies/shipment/full_payment.writ"
        let text = try String(
          contentsOf: machine.root.appendingPathComponent(file), encoding: .utf8)
        try machine.write(text.replacing("is still unpaid", with: "is unpaid"), to: file)
      }
      let output = try machine.run(fence.body)
      #expect(output.hasSuffix("[exit 0]\n"), "\(page):\(fence.line): \(output)")
      printed[fence.heading, default: ""] += output
    }
    #expect(printed.count == 4, "\(printed.keys)")
    func digest(_ heading: String) throws -> String {
      let output = try #require(printed.first { $0.key.contains(heading) }?.value)
      return String(
        try #require(output.firstMatch(of: /current is [0-9-]+, (sha256:[0-9a-f]+)/), "\(output)").1
      )
    }
    #expect(try digest("The first day") == digest("Going back"))
    #expect(try digest("The first day") != digest("A new set"))
    let loaded = try machine.run(
      "curl -sS --unix-socket /run/writ/writd.sock http://localhost/v1/policies")
    #expect(loaded.contains(try digest("Going back")))
  }
}
