/// The bytes that are compared first never hide a change: answers of one essence say the same.
import Foundation
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@testable import PolicyReplay

@Suite struct EssenceTests {
  private static let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()

  private static func essence(_ answer: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    AnswerEssence.append(answer.span, to: &out)
    return out
  }

  /// The answers to all sample requests, by decision.
  private static func answers(_ set: PolicySet) throws -> [String: [[UInt8]]] {
    let folder = root.appendingPathComponent("samples").path
    var result: [String: [[UInt8]]] = [:]
    let evaluator = Evaluator(set)
    let today = try #require(Day(text: Array("2026-11-22".utf8)))
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    where name.hasSuffix(".json") {
      let parts = name.split(separator: "/").last?.split(separator: ".").map(String.init) ?? []
      guard parts.count == 4 else { continue }
      let decision = parts[0] + "." + parts[1]
      let body = try Golden.bytes(URL(fileURLWithPath: folder + "/" + name))
      var answer: [UInt8] = []
      _ = evaluator.decide(
        decision: Array(decision.utf8).span, body: body.span, requestID: Array("r".utf8).span,
        today: today, into: &answer)
      result[decision, default: []].append(answer)
    }
    return result
  }

  @Test func answersOfOneEssenceSayTheSame() throws {
    let policies = Self.root.appendingPathComponent("policies")
    let folder = try Folder()
    let moved = folder.path + "/moved"
    try FileManager.default.copyItem(atPath: policies.path, toPath: moved)
    for name in try FileManager.default.subpathsOfDirectory(atPath: moved)
    where name.hasSuffix(".writ") {
      let url = URL(fileURLWithPath: moved + "/" + name)
      let text = try String(contentsOf: url, encoding: .utf8)
      try Data(("# One line more.\n" + text).utf8).write(to: url)
    }
    let old = try Self.answers(try Policies.load(folder: policies.path))
    let new = try Self.answers(try Policies.load(folder: moved))
    #expect(old.count > 100)
    var different = 0
    for (decision, answers) in old {
      let others = try #require(new[decision])
      for (index, answer) in answers.enumerated() {
        #expect(
          Self.essence(answer) == Self.essence(others[index]),
          "\(decision): \(String(decoding: answer, as: UTF8.self))")
        for other in others {
          let change = AnswerChange(
            from: try #require(JSONTree(parsing: answer)),
            to: try #require(JSONTree(parsing: other)))
          if Self.essence(answer) == Self.essence(other) {
            #expect(change.isEmpty, "\(decision)")
          } else {
            different += change.isEmpty ? 0 : 1
          }
        }
      }
    }
    #expect(different > 100)
  }

  @Test(arguments: [
    (
      #"{"outcome":"deny","reasons":[{"code":"a","text":"x \"at\":","at":"f:1","facts":{"p":{"q":1}}}],"asOf":"d"}"#,
      #"{"outcome":"deny","reasons":[{"code":"a",,,}],"asOf":"d"}"#
    ),
    (
      #"{"outcome":"value","value":{"at":"1","text":[2]},"policies":"p","trace":[{}]}"#,
      #"{"outcome":"value","value":{"at":"1","text":[2]},,}"#
    ),
  ]) func placesAndTextsAreLeftOut(_ answer: String, _ essence: String) {
    #expect(String(decoding: Self.essence(Array(answer.utf8)), as: UTF8.self) == essence)
  }
}
