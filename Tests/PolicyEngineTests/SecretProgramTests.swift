/// The word `secret` changes no decision, and what it marks stands in no answer: on generated programs.
import Foundation
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct SecretProgramTests {
  @Test func theWordChangesNoDecisionAndHidesItsFacts() throws {
    let runs = GeneratedDecisions(usual: 25)
    var generator = ProgramGenerator(seed: runs.seed)
    var random = SplitMix64(seed: runs.seed)
    var hidden = 0
    for _ in 0..<runs.programs {
      let generated = generator.next()
      guard let program = SecretProgram(generated, &random) else { continue }
      for (index, policy) in program.plain.policies.enumerated() {
        for number in policy.decisions.indices {
          let reference = Reference(policy: index, index: number)
          let fault = Self.fault(program, reference, generated.requests, &hidden)
          guard let fault else { continue }
          let name = "\(policy.name).\(policy.decisions[number].name)"
          Issue.record(
            Comment(rawValue: "SEED=\(runs.seed) \(name): \(fault)\n\(program.source)"))
          return
        }
      }
    }
    #expect(hidden > runs.programs)
  }

  /// What one decision answers with and without the word; nil when the same is decided and nothing shows.
  private static func fault(
    _ program: SecretProgram, _ decision: Reference, _ requests: [ReferenceRequest],
    _ hidden: inout Int
  ) -> String? {
    let (plain, _) = Lowering.lower(decision, in: program.plain)
    let (secret, _) = Lowering.lower(decision, in: program.secret)
    var first = Frame(plain)
    var second = Frame(secret)
    for request in requests {
      let request = request.taken(by: plain)
      let body = Array(request.json.utf8)
      for careful in [false, true] {
        let before = Differential.answer(plain, &first, body, request, careful: careful)
        let after = Differential.answer(secret, &second, body, request, careful: careful)
        if before.text != after.text || before.outcome != after.outcome {
          return "\(request.json)\n\(before.text)\n--- with secrets\n\(after.text)"
        }
      }
      let open = written(plain, &first, body, request.asOf)
      let closed = written(secret, &second, body, request.asOf)
      guard let a = JSONTree(parsing: open), let b = JSONTree(parsing: closed) else {
        return "an answer is not JSON"
      }
      let found = differs(a, b) ?? shown(b, program.names, &hidden)
      if let found { return "\(found)\n\(request.json)\n\(a.text)\n--- with secrets\n\(b.text)" }
    }
    return nil
  }

  /// The answer with its trace, or the problem.
  private static func written(
    _ program: Program, _ frame: inout Frame, _ body: [UInt8], _ day: Day
  ) -> [UInt8] {
    var options: RequestOptions
    do throws(RequestProblem) {
      options = try RequestReader.read(body.span, program, into: &frame, asOf: day)
    } catch {
      var out: [UInt8] = []
      ProblemWriter.write(
        ProblemWriter.document(error), requestID: Array("t".utf8).span, into: &out)
      return out
    }
    options.explain = .trace
    Machine.trace(program, &frame, body: body.span)
    return WrittenAnswer.bytes(program, &frame, body, options)
  }

  /// Where two answers differ, besides values that the second hides.
  private static func differs(_ a: JSONTree, _ b: JSONTree) -> String? {
    switch (a, b) {
    case (.object(let x), .object(let y)):
      // A suggestion for a value is a part of it.
      let x = x.filter { $0.name != "nearest" && $0.name != "detail" && $0.name != "help" }
      let y = y.filter { $0.name != "nearest" && $0.name != "detail" && $0.name != "help" }
      guard x.map(\.name) == y.map(\.name) else { return "other members" }
      for (x, y) in zip(x, y) {
        if let found = differs(x.value, y.value) { return "\(x.name): \(found)" }
      }
      return nil
    case (.array(let x), .array(let y)):
      guard x.count == y.count else { return "another number of items" }
      for (x, y) in zip(x, y) { if let found = differs(x, y) { return found } }
      return nil
    case (_, .string("***")): return nil
    default: return a == b ? nil : "\(a.text) is \(b.text)"
    }
  }

  /// A fact of a secret field whose value shows.
  private static func shown(
    _ tree: JSONTree, _ names: Set<String>, _ hidden: inout Int
  ) -> String? {
    switch tree {
    case .array(let items):
      for item in items { if let found = shown(item, names, &hidden) { return found } }
    case .object(let members):
      for member in members {
        if member.name == "facts" || member.name == "values",
          case .object(let facts) = member.value
        {
          for fact in facts where !fact.name.contains(" ") && !fact.name.contains("(") {
            let parts = fact.name.split { $0 == "." || $0 == "[" }.map(String.init)
            guard parts.contains(where: names.contains) else { continue }
            if fact.value == .string("***") {
              hidden += 1
            } else if fact.value != .null {
              return "`\(fact.name)` shows"
            }
          }
        } else if let found = shown(member.value, names, &hidden) {
          return found
        }
      }
    default: break
    }
    return nil
  }
}
