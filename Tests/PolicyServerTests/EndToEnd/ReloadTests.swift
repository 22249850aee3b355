/// The real daemon while its policies change: on SIGHUP, in a watched folder, a thousand times under load.
import Foundation
import PolicyEngine
import Synchronization
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct ReloadTests {
  @Test func aSignalPutsTheNewSetIntoUse() throws {
    let policies = try SmallPolicies(limit: 100)
    let daemon = try BuiltDaemon(policies.url)
    #expect(try daemon.reloads().state == ["loaded", "0", "0"])
    let before = try daemon.digest()
    #expect(try daemon.ask(SmallPolicies.decision, SmallPolicies.request(50)).isPermitted)
    try policies.write(limit: 10)
    daemon.reload()
    try daemon.awaitReloads { $0.loaded == 1 }
    let answer = try daemon.ask(SmallPolicies.decision, SmallPolicies.request(50))
    #expect(answer.status == 200 && !answer.isPermitted)
    #expect(try daemon.digest() != before)
    #expect(try daemon.reloads().digest == daemon.digest())
    #expect(answer.tree["policies"]?.word == (try daemon.digest()))
  }

  @Test func aBadSetIsRefusedAndTheOldOneStays() throws {
    let policies = try SmallPolicies(limit: 100)
    let daemon = try BuiltDaemon(policies.url, keepsJournal: true)
    let before = try daemon.digest()
    try policies.write("policy orders \"Orders\"\nreleese may_ship {}\n")
    daemon.reload()
    try daemon.awaitReloads { $0.refused == 1 }
    let reloads = try daemon.reloads()
    #expect(reloads.last == "refused" && reloads.loaded == 0)
    #expect(reloads.digest != before && reloads.digest?.hasPrefix("sha256:") == true)
    #expect(reloads.diagnostics.contains { $0.contains("--> orders.writ:2:1") })
    #expect(try daemon.digest() == before)
    #expect(try daemon.ask(SmallPolicies.decision, SmallPolicies.request(50)).isPermitted)
    try eventually { daemon.journal.contains("the reload was refused") }
    #expect(daemon.journal.contains("orders.writ:2: error["))
    try policies.write(limit: 10)
    daemon.reload()
    try daemon.awaitReloads { $0.loaded == 1 }
    #expect(try daemon.reloads().diagnostics == [])
    #expect(try !daemon.ask(SmallPolicies.decision, SmallPolicies.request(50)).isPermitted)
  }

  @Test func policiesThatOthersMayWriteAreRefusedAtAReloadToo() throws {
    let policies = try SmallPolicies(limit: 100)
    let daemon = try BuiltDaemon(policies.url)
    try setMode(0o666, of: policies.file)
    daemon.reload()
    try daemon.awaitReloads { $0.refused == 1 }
    #expect(try daemon.reloads().diagnostics.contains { $0.contains("everybody may write it") })
    try setMode(0o644, of: policies.file)
    daemon.reload()
    try daemon.awaitReloads { $0.loaded == 1 }
  }

  /// A signal that comes while a set is loaded asks for another load, so the last state is the one in use.
  @Test func theLastOfManySignalsCounts() throws {
    let policies = try SmallPolicies(limit: 0)
    let daemon = try BuiltDaemon(policies.url, keepsJournal: true)
    for limit in 1...60 {
      try policies.write(limit: limit)
      daemon.reload()
    }
    try eventually {
      try daemon.ask(SmallPolicies.decision, SmallPolicies.request(60)).isPermitted
    }
    #expect(try daemon.ask(SmallPolicies.decision, SmallPolicies.request(61)).isPermitted == false)
    #expect(try daemon.reloads().refused == 0)
  }

  @Test func stopsWhileItReloads() throws {
    let policies = try SmallPolicies(limit: 0)
    let daemon = try BuiltDaemon(policies.url, keepsJournal: true)
    for _ in 0..<20 { daemon.reload() }
    daemon.signal()
    #expect(daemon.exitCode() == 0)
  }

  @Test func aThousandReloadsUnderLoadMixNothing() throws {
    let switched = try SwitchedPolicies()
    let daemon = try BuiltDaemon(switched.url, keepsJournal: true)
    let digests = try (0..<2).map { index in
      try switched.point(to: index)
      daemon.reload()
      try daemon.awaitReloads { $0.loaded == index + 1 }
      return try daemon.digest()
    }
    try #require(Set(digests).count == 2)
    let load = (0..<4).map { _ in LoadOfRequests(daemon.socket, permittedBy: digests) }
    for client in load { client.begin() }
    for round in 1...1000 {
      try switched.point(to: round % 2)
      daemon.reload()
      try daemon.awaitReloads { $0.loaded == round + 2 }
    }
    for client in load { client.end() }
    for client in load {
      #expect(client.mistakes == [])
      #expect(client.answered[0] > 100 && client.answered[1] > 100, "\(client.answered)")
    }
    #expect(try daemon.reloads().refused == 0)
  }
}

/// A folder with one policy: a release that allows up to a limit.
struct SmallPolicies {
  static let decision = "orders.may_ship"

  let folder = Folder()
  var url: URL { URL(filePath: folder.path) }
  var file: URL { url.appending(path: "orders.writ") }

  init(limit: Int) throws { try write(limit: limit) }

  /// Puts another text in the place of the one before, at once.
  func write(_ text: String) throws { try Data(text.utf8).write(to: file, options: .atomic) }

  func write(limit: Int) throws { try write(Self.text(limit: limit)) }

  static func text(limit: Int) -> String {
    """
    policy orders "Orders"
      owner     "Tests"
      effective 2026-01-01

    input amount Number

    release may_ship "May it ship?" {
      deny much "too much"
        when amount > \(limit)
    }

    """
  }

  static func request(_ amount: Int) -> String {
    "{\"input\": {\"amount\": \(amount)}, \"asOf\": \"2026-11-21\"}"
  }
}

/// Two sets that answer a request of 50 differently, and a link to one of them.
struct SwitchedPolicies {
  let folder = Folder()
  var url: URL { URL(filePath: folder.path + "/current") }

  init() throws {
    for (name, limit) in [("first", 100), ("second", 10)] {
      let place = folder.path + "/" + name
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
      try SmallPolicies.text(limit: limit).write(
        toFile: place + "/orders.writ", atomically: true, encoding: .utf8)
    }
    try point(to: 0)
  }

  /// Turns the link to the first or second set, at once.
  func point(to index: Int) throws {
    let new = folder.path + "/new"
    try FileManager.default.createSymbolicLink(
      atPath: new, withDestinationPath: ["first", "second"][index])
    guard unsafe rename(new, url.path) == 0 else { throw Errno.last }
  }
}

/// Asks one question over and over, and holds each answer against the digest that it names.
final class LoadOfRequests: @unchecked Sendable {
  // Safe to share: the thread writes before `finished` is signalled, and others read after it.
  private let socket: String
  private let digests: [String]
  private let finished = DispatchSemaphore(value: 0)
  private let isEnding = Mutex(false)
  /// What was wrong with an answer.
  private(set) var mistakes: [String] = []
  /// How often each set answered.
  private(set) var answered = [0, 0]

  /// The first digest permits the request, the second does not.
  init(_ socket: String, permittedBy digests: [String]) {
    self.socket = socket
    self.digests = digests
  }

  func begin() {
    Thread.detachNewThread { [self] in
      do { try ask() } catch { mistakes.append("\(error)") }
      finished.signal()
    }
  }

  func end() {
    isEnding.withLock { $0 = true }
    finished.wait()
  }

  private func ask() throws {
    let request = decide(SmallPolicies.request(50), decision: SmallPolicies.decision)
    let batch = Array(String(repeating: request, count: 8).utf8)
    while !isEnding.withLock({ $0 }), mistakes.isEmpty {
      let client = try TestClient(socket)
      for _ in 0..<4 { try client.send(batch) }
      let answers = try client.read(32)
      if answers.count != 32 { mistakes.append("\(answers.count) of 32 answers came") }
      for answer in answers { check(answer) }
    }
  }

  private func check(_ answer: Answer) {
    guard answer.status == 200, let digest = answer.tree["policies"]?.word,
      let set = digests.firstIndex(of: digest), answer.isPermitted == (set == 0)
    else {
      mistakes.append(answer.shown)
      return
    }
    answered[set] += 1
  }
}
