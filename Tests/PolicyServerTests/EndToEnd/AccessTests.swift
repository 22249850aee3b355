/// The real daemon and who may ask: lists of users and groups, the socket's group, files that others may change.
import Foundation
import PolicyEngine
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct AccessTests {
  private let policies: SmallPolicies
  private var list: URL { policies.url.appending(path: ".allow") }

  init() throws { policies = try SmallPolicies(limit: 100) }

  private func check(_ options: [String]) throws -> (code: Int32, text: String) {
    let process = Process()
    process.executableURL = Products.folder.appending(path: "writd")
    process.arguments = ["--policies", policies.folder.path, "--check"] + options
    process.standardOutput = FileHandle.nullDevice
    return try process.errors()
  }

  private func check(_ lines: String) throws -> String {
    try Data(lines.utf8).write(to: list)
    let (code, text) = try check(["--allow", list.path])
    #expect(code == (text.contains("error:") ? 1 : 0))
    return text.replacing(list.path, with: "LIST")
  }

  @Test func theListDecidesWhoMayAsk() throws {
    try Data("# nobody yet\norders.may_ship uid=\(getuid() + 1)\n".utf8).write(to: list)
    let daemon = try BuiltDaemon(policies.url, ["--allow", list.path])
    let refused = try daemon.ask(SmallPolicies.decision, SmallPolicies.request(1))
    #expect(refused.status == 403)
    #expect(refused.tree["code"]?.word == "not_allowed")
    #expect(refused.fields["content-type"] == "application/problem+json")
    let chinese = try daemon.ask(
      SmallPolicies.decision, Array(SmallPolicies.request(1).utf8), language: "zh")
    #expect(chinese.tree["title"]?.word == "没有权限")
    #expect(try daemon.ask("orders.may_shop", "{}").status == 404)
    let early = try daemon.client()
    let request = decide(SmallPolicies.request(1), decision: SmallPolicies.decision)
    try early.send(request)
    #expect(try early.read(1).map(\.status) == [403])
    // A connection that stays open is judged by the new list.
    try Data("orders.* gid=\(getgid())\n".utf8).write(to: list, options: .atomic)
    daemon.reload()
    try daemon.awaitReloads { $0.loaded == 1 }
    try early.send(request)
    #expect(try early.read(2).map(\.status) == [403, 200])
    try Data("orders.may_ship uid=nobody_of_that_name\n".utf8).write(to: list, options: .atomic)
    daemon.reload()
    try daemon.awaitReloads { $0.refused == 1 }
    #expect(try daemon.reloads().diagnostics.contains { $0.contains(".allow:1: error: there is") })
    #expect(try daemon.ask(SmallPolicies.decision, SmallPolicies.request(1)).status == 200)
  }

  private static let mayBecomeOthers =
    getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")
    && FileManager.default.isExecutableFile(atPath: "/usr/bin/curl")

  @Test(.enabled(if: mayBecomeOthers, "asking as another user needs root, setpriv and curl"))
  func usersAndAllTheirGroupsCount() throws {
    try Data("orders.may_ship uid=4001 , gid=4002 gid=4003\n".utf8).write(to: list)
    try setMode(0o755, of: policies.url)
    let daemon = try BuiltDaemon(
      policies.url, ["--allow", list.path, "--socket-mode", "666"])
    try setMode(0o755, of: URL(filePath: daemon.folder.path))
    func status(_ identity: [String]) throws -> String {
      let curl = Process()
      curl.executableURL = URL(filePath: "/usr/bin/setpriv")
      curl.arguments =
        identity + [
          "curl", "-s", "-o", "/dev/null", "-w", "%{stderr}%{http_code}", "--unix-socket",
          daemon.socket, "-H", "Content-Type: application/json", "-d", SmallPolicies.request(1),
          "http://x/v1/decide/\(SmallPolicies.decision)",
        ]
      return try curl.errors().text
    }
    #expect(try status(["--reuid=4001", "--regid=5000", "--clear-groups"]) == "200")
    #expect(try status(["--reuid=5000", "--regid=4002", "--clear-groups"]) == "200")
    #expect(try status(["--reuid=5000", "--regid=5000", "--groups=5001,4003"]) == "200")
    #expect(try status(["--reuid=5000", "--regid=5000", "--groups=4001"]) == "403")
    #expect(try status(["--reuid=0", "--regid=0", "--clear-groups"]) == "403")
  }

  @Test func mistakesOfTheListNameTheNearest() throws {
    #expect(try check("orders.may_ship * # everybody\n") == "")
    #expect(try check("\n# nothing\n").contains("LIST: nobody may ask for `orders.may_ship`"))
    #expect(
      try check("orders.may_shp *\n")
        .contains("LIST:1: error: there is no decision `orders.may_shp`"))
    #expect(try check("orders.may_shp *\n").contains("help: did you mean `orders.may_ship`?"))
    #expect(try check("order.* *\n").contains("did you mean `orders.*`?"))
    #expect(try check("* uid=rooot\n").contains("did you mean `root`?"))
    #expect(try check("* gid=rooot\n").contains("there is no group `rooot` on this machine"))
    #expect(try check("\norders.may_ship\n").contains("LIST:2: error: nobody is named behind"))
    #expect(try check("* root\n").contains("`root` does not say who may ask"))
    #expect(try check(["--allow", "/nonexistent"]).code == 1)
    #expect(try check(["--socket-group", "rooot"]).code == 2)
    #expect(try check(["--socket-mode", "777"]).code == 2)
  }

  @Test func filesThatOthersMayChangeAreRefused() throws {
    #expect(try check([]).code == 0)
    try setMode(0o666, of: policies.file)
    let (code, text) = try check([])
    #expect(code == 1)
    #expect(text.contains("orders.writ: error: the file is not safe: everybody may write it"))
    #expect(text.contains("chmod o-w"))
    #expect(try check(["--allow-unsafe-policies"]).code == 0)
    try setMode(0o644, of: policies.file)
    try setMode(0o777, of: policies.url)
    #expect(try check([]).text.contains("the folder is not safe: everybody may write it"))
    try setMode(0o755, of: policies.url)
    try Data("* *\n".utf8).write(to: list)
    try setMode(0o666, of: list)
    #expect(try check(["--allow", list.path]).text.contains(".allow: error: the file is not safe"))
    // The way there counts too: who may rename a folder may put another in its place.
    let outer = Folder()
    let inner = URL(filePath: outer.path + "/inner")
    try FileManager.default.copyItem(at: policies.url, to: inner)
    try setMode(0o644, of: inner.appending(path: ".allow"))
    try setMode(0o777, of: URL(filePath: outer.path))
    let process = Process()
    process.executableURL = Products.folder.appending(path: "writd")
    process.arguments = ["--policies", inner.path, "--check"]
    #expect(try process.errors().text.contains("the folder is not safe: everybody may write it"))
    try setMode(0o1777, of: URL(filePath: outer.path))
    let again = Process()
    again.executableURL = process.executableURL
    again.arguments = process.arguments
    #expect(try again.errors().code == 0)
  }

  /// A fresh clone under the umask 002 is writable by the group; it must be the owner's own one.
  @Test func filesOfThePrivateGroupAreSafe() throws {
    try setMode(0o775, of: policies.url)
    try setMode(0o664, of: policies.file)
    let isOwn = getgid() == 0 || Accounts.isPrivate(getgid(), of: getuid())
    #expect(try check([]).code == (isOwn ? 0 : 1))
  }

  @Test(.enabled(if: getuid() == 0, "giving files away needs root"))
  func filesOfOtherOwnersAndGroupsAreRefused() throws {
    try setMode(0o664, of: policies.file)
    #expect(try check([]).code == 0)
    #expect(unsafe chown(policies.file.path, 0, 4002) == 0)
    #expect(try check([]).text.contains("the file is not safe: its group may write it (mode 664)"))
    try setMode(0o644, of: policies.file)
    #expect(try check([]).code == 0)
    #expect(unsafe chown(policies.file.path, 4001, 0) == 0)
    #expect(try check([]).text.contains("it belongs to user 4001"))
  }

  @Test(.enabled(if: getuid() == 0, "giving files away needs root"))
  func theSocketHasTheGroupThatIsGiven() throws {
    let daemon = try BuiltDaemon(policies.url, ["--socket-group", "4002"])
    let status = try FileStatus(daemon.socket, followsLinks: false)
    #expect(status.group == 4002 && status.permissions == 0o660)
  }
}
