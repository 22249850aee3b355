/// `explain` over the daemon's socket: how much an answer says, and that it says the same.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct ExplainTests {
  /// A question of the corpus of traces, explained as asked.
  private func ask(_ daemon: BuiltDaemon, _ file: URL, _ explain: JSONTree?) throws -> Answer {
    let request = try #require(JSONTree(parsing: try Golden.bytes(file)))
    let decision = try #require(request["decision"]?.word)
    var members = request.members.filter { $0.name != "decision" && $0.name != "explain" }
    if let explain { members.append(.init("explain", explain)) }
    return try daemon.ask(decision, JSONTree.object(members).bytes)
  }

  /// The answer without what differs from run to run, and without some members.
  private func tree(_ answer: Answer, without names: Set<String> = []) -> JSONTree {
    let changing = names.union(["decisionId", "requestId"])
    return .object(answer.tree.members.filter { !changing.contains($0.name) })
  }

  /// One daemon answers all of them in turn: a trace leaves nothing behind for the next request.
  @Test func aTraceIsAddedToTheSameAnswer() throws {
    let daemon = try BuiltDaemon(Golden.corpus.appending(path: "sets/traced"))
    for file in Golden.files("explain", endings: "json") {
      let plain = try ask(daemon, file, nil)
      let traced = try ask(daemon, file, .string("trace"))
      let again = try ask(daemon, file, .string("reasons"))
      let name = file.lastPathComponent
      #expect(plain.tree["trace"] == nil, "\(name)")
      #expect(tree(again).bytes == tree(plain).bytes, "\(name)")
      #expect(tree(traced, without: ["trace"]).bytes == tree(plain).bytes, "\(name)")
      #expect(traced.status == plain.status, "\(name)")
      let decisions = (traced.tree["trace"]?.items ?? []).compactMap { $0["decision"]?.word }
      #expect(!decisions.isEmpty && Set(decisions).count == decisions.count, "\(name)")
    }
  }

  @Test func noneLeavesOutWhatIsForPeople() throws {
    let daemon = try BuiltDaemon(Golden.corpus.appending(path: "sets/traced"))
    let file = Golden.corpus.appending(path: "explain/denied.json")
    let answer = try ask(daemon, file, .string("none"))
    let reason = try #require(answer.tree["reasons"]?.items.first)
    #expect(reason["code"]?.word == "unpaid")
    #expect(["text", "at", "facts"].allSatisfy { reason[$0] == nil })
    #expect(answer.tree["outcome"] == (try ask(daemon, file, nil)).tree["outcome"])
  }

  @Test func anotherWordIsRefused() throws {
    let daemon = try BuiltDaemon(Golden.corpus.appending(path: "sets/traced"))
    let file = Golden.corpus.appending(path: "explain/denied.json")
    for word in [JSONTree.string("everything"), .string(""), .bool(true), .null] {
      let answer = try ask(daemon, file, word)
      #expect(answer.status == 400, "\(word)")
      #expect(answer.tree["pointer"]?.word == "/explain", "\(word)")
    }
  }
}
