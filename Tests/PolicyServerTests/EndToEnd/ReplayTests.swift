/// A log that the built daemon has written, decided anew: by the same policies, no answer changes.
import DecisionLog
import Foundation
import PolicyEngine
import PolicyReplay
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct ReplayTests {
  @Test func thePoliciesOfTheLogChangeNothing() throws {
    let policies = Products.root.appending(path: "policies")
    let place = Folder()
    let log = place.path + "/log"
    let daemon = try BuiltDaemon(policies, ["--log", log])
    let folder = Products.root.appending(path: "samples").path
    var asked = 0
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    where name.hasSuffix(".json") {
      let parts = name.split(separator: "/").last?.split(separator: ".").map(String.init) ?? []
      try #require(parts.count == 4, "\(name)")
      let body = try Golden.bytes(URL(filePath: folder + "/" + name))
      let answer = try daemon.ask("\(parts[0]).\(parts[1])", body)
      #expect(answer.status == 200, "\(name): \(answer.body)")
      asked += 1
    }
    let set = try #require(PolicySet.load(folder: policies.path).set)
    for threads in 1...2 {
      var options = ReplayOptions()
      (options.threads, options.pieceLength) = (threads, 10_000)
      // The daemon is still there: its log is being written.
      let report = try Replay.run(ReplayLog([log]), by: set, options)
      #expect(report.tally.decisions == asked && asked > 300)
      #expect(report.tally.changed == 0, "\(report.listed)")
      #expect(report.tally.derivedDays == 0)
      #expect(report.chain.isWhole && report.chain.first == 1)
      // What is secret is not in the log, and nothing else hinders.
      #expect(report.hindrances.allSatisfy { $0.hindrance.obstacle == .masked })
      #expect(report.tally.notReplayed < asked / 10)
    }
  }
}
