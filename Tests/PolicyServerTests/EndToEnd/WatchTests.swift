/// The real daemon that watches its policies: files written, folders made, links turned.
import Foundation
import PolicyEngine
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct WatchTests {
  @Test func changesOfFilesAreLoaded() throws {
    let policies = try SmallPolicies(limit: 100)
    let daemon = try BuiltDaemon(policies.url, ["--watch"], keepsJournal: true)
    #expect(try daemon.ask(SmallPolicies.decision, SmallPolicies.request(50)).isPermitted)
    try policies.write(limit: 10)
    try daemon.awaitReloads { $0.loaded == 1 }
    #expect(try !daemon.ask(SmallPolicies.decision, SmallPolicies.request(50)).isPermitted)
    // In place, as editors of another kind write.
    try Data("policy".utf8).write(to: policies.file)
    try daemon.awaitReloads { $0.refused == 1 }
    #expect(try !daemon.ask(SmallPolicies.decision, SmallPolicies.request(50)).isPermitted)
    try policies.write(limit: 60)
    try daemon.awaitReloads { $0.loaded == 2 }
    #expect(try daemon.ask(SmallPolicies.decision, SmallPolicies.request(50)).isPermitted)
    // A folder that is new, and then a file in it.
    let folder = policies.url.appending(path: "more")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try daemon.awaitReloads { $0.loaded == 3 }
    let other = SmallPolicies.text(limit: 1).replacing("policy orders", with: "policy others")
    try Data(other.utf8).write(to: folder.appending(path: "others.writ"), options: .atomic)
    try daemon.awaitReloads { $0.loaded >= 4 }
    #expect(try daemon.ask("others.may_ship", SmallPolicies.request(1)).isPermitted)
  }

  @Test func aTurnedLinkIsNoticed() throws {
    let switched = try SwitchedPolicies()
    let daemon = try BuiltDaemon(switched.url, ["--watch"])
    #expect(try daemon.ask(SmallPolicies.decision, SmallPolicies.request(50)).isPermitted)
    try switched.point(to: 1)
    try daemon.awaitReloads { $0.loaded == 1 }
    #expect(try !daemon.ask(SmallPolicies.decision, SmallPolicies.request(50)).isPermitted)
    try switched.point(to: 0)
    try daemon.awaitReloads { $0.loaded == 2 }
    #expect(try daemon.ask(SmallPolicies.decision, SmallPolicies.request(50)).isPermitted)
  }

  @Test func theListOfWhoMayAskIsWatchedToo() throws {
    let policies = try SmallPolicies(limit: 100)
    let elsewhere = Folder()
    let list = URL(filePath: elsewhere.path + "/allow")
    try Data("* uid=\(getuid() + 1)\n".utf8).write(to: list)
    let daemon = try BuiltDaemon(policies.url, ["--watch", "--allow", list.path])
    #expect(try daemon.ask(SmallPolicies.decision, SmallPolicies.request(1)).status == 403)
    try Data("* *\n".utf8).write(to: list, options: .atomic)
    try eventually {
      try daemon.ask(SmallPolicies.decision, SmallPolicies.request(1)).status == 200
    }
  }
}
