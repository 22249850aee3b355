/// An answer hangs on its request alone: not on the requests before it, nor on which code computed it.
import Foundation
import PolicyCompiler
import PolicyRuntime
import TestSupport
import Testing

struct AnswerHistoryTests {
  /// The policy of `Corpus/texts`, and the requests beside it.
  private static func texts() throws -> (set: TypedSet, requests: [String]) {
    let folder = Golden.corpus.appending(path: "texts")
    let policy = try String(contentsOf: folder.appending(path: "texts.writ"), encoding: .utf8)
    let lines = try String(contentsOf: folder.appending(path: "requests.json"), encoding: .utf8)
    let checked = CheckedPolicies([(name: "texts.writ", text: policy)])
    let set = try #require(checked.set, "\(checked.errors)")
    return (set, lines.split(separator: "\n").map(String.init))
  }

  /// Who may clear an item and for how long depends on the item: the first by `man`, the second by `fin`.
  @Test func anItemIsClearedByItsOwnPost() throws {
    let (set, requests) = try Self.texts()
    let (program, _) = Lowering.lower(Reference(policy: 0, index: 0), in: set)
    var frame = Frame(program)
    let open = Self.answer(program, &frame, requests[0], careful: false)
    #expect(open.contains("\"clearable\":{\"by\":\"man\",\"days\":5}"), "\(open)")
    #expect(open.contains("\"clearable\":{\"by\":\"fin\",\"days\":10}"), "\(open)")
    let request = try #require(requests.first { $0.contains("clearances") })
    let answer = Self.answer(program, &frame, request, careful: false)
    let refused = "\"item\":2,\"by\":\"man\",\"person\":\"chen\",\"on\":\"2026-11-20\""
    #expect(answer.contains("\"cleared\":[{\"code\":\"many\",\"item\":1,"), "\(answer)")
    #expect(answer.contains(refused + ",\"reason\":\"wrong_post\""), "\(answer)")
  }

  /// Requests of `Corpus/texts/requests.json`, each also with every one of its facts left out.
  @Test func textsShowOnlyTheirOwnRequest() throws {
    let (set, requests) = try Self.texts()
    let bodies = requests.flatMap { Self.damaged($0) }
    #expect(bodies.count > 60)
    for index in set.policies[0].decisions.indices {
      let (program, _) = Lowering.lower(Reference(policy: 0, index: index), in: set)
      try compare(program, bodies)
    }
  }

  @Test func generatedAnswersHangOnTheirRequestAlone() throws {
    var generator = ProgramGenerator(seed: 7)
    for _ in 0..<40 {
      let generated = generator.next()
      // Of two versions the later one.
      let files = generated.files.filter { $0.name != "base.1.writ" }
      let set = try #require(CheckedPolicies(files).set)
      let bodies = generated.requests.map(\.json)
      for policy in set.policies.indices {
        for index in set.policies[policy].decisions.indices {
          let (program, _) = Lowering.lower(Reference(policy: policy, index: index), in: set)
          try compare(program, bodies)
        }
      }
    }
  }

  /// Answers each request in a frame of its own and in one that has seen all the others, by both codes.
  private func compare(_ program: Program, _ bodies: [String]) throws {
    var used = Frame(program)
    for body in bodies + bodies.reversed() {
      var fresh = Frame(program)
      let expected = Self.answer(program, &fresh, body, careful: false)
      for careful in [false, true] {
        let got = Self.answer(program, &used, body, careful: careful)
        guard got != expected else { continue }
        Issue.record(
          """
          \(program.name), \(careful ? "careful" : "run"), \(body)
          --- alone
          \(expected)
          --- after others
          \(got)
          """)
        return
      }
    }
  }

  private static func answer(
    _ program: Program, _ frame: inout Frame, _ text: String, careful: Bool
  ) -> String {
    let body = Array(text.utf8)
    var out: [UInt8] = []
    do throws(RequestProblem) {
      let day = Day(text: "2026-11-21".utf8) ?? Day(number: 0)
      let options = try RequestReader.read(body.span, program, into: &frame, asOf: day)
      if careful {
        Machine.runCarefully(program, &frame, body: body.span)
      } else {
        Machine.run(program, &frame, body: body.span)
      }
      if let trap = frame.answer.error {
        let document = ProblemWriter.document(trap, program)
        return "\(document.code) \(document.at)"
      }
      let id: [UInt8] = [0x31]
      var seal = AnswerSeal(digest: "")
      AnswerWriter.write(
        program, &frame, body: body.span, options: options, seal: &seal, requestID: id.span,
        decisionID: id.span, into: &out)
    } catch {
      return "refused \(error.code) \(error.pointer)"
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The request itself, and with each `"name":value` left out once.
  private static func damaged(_ line: String) -> [String] {
    guard let whole = try? JSONSerialization.jsonObject(with: Data(line.utf8)) else { return [] }
    return [line]
      + without(whole).compactMap { tree in
        let data = try? JSONSerialization.data(withJSONObject: tree, options: [.sortedKeys])
        return data.map { String(decoding: $0, as: UTF8.self) }
      }
  }

  private static func without(_ tree: Any) -> [Any] {
    if let object = tree as? [String: Any] {
      return object.keys.sorted().flatMap { name -> [Any] in
        var less = object
        let value = less.removeValue(forKey: name)
        let inner = value.map(without) ?? []
        return [less]
          + inner.map { smaller in object.merging([name: smaller]) { _, new in new } }
      }
    }
    guard let list = tree as? [Any] else { return [] }
    return list.indices.flatMap { index -> [Any] in
      var less = list
      less.remove(at: index)
      return [less]
        + without(list[index]).map { smaller in
          var changed = list
          changed[index] = smaller
          return changed
        }
    }
  }
}
