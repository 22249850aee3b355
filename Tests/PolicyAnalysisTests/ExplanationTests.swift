/// Explanations of the project's sample requests, against the machine: at the ends of every range, just beyond, inside.
import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct ExplanationTests {
  /// One of so many requests is explained in a run; a run with `EVERY_SAMPLE=1` explains all.
  static let stride = ProcessInfo.processInfo.environment["EVERY_SAMPLE"] == nil ? 60 : 1

  static let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()

  static let set = PolicySet.load(folder: root.appending(path: "policies").path).set

  /// The files of the samples by their paths.
  static let samples: [String] = {
    let folder = root.appending(path: "samples").path
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let requests = files.filter { $0.hasSuffix(".json") && !$0.hasPrefix("clients") }.sorted()
    return requests.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
  }()

  @Test func thereAreSamples() {
    #expect(Self.set != nil)
    #expect(Self.samples.count >= 8)
  }

  @Test(arguments: samples) func machineSaysWhatIsTold(sample: String) throws {
    let set = try #require(Self.set)
    let bytes = try Data(contentsOf: Self.root.appending(path: "samples/\(sample)"))
    let name = sample.split(separator: "/").last?.split(separator: ".").prefix(2) ?? []
    let decision = name.joined(separator: ".")
    let request = try #require(JSONTree(parsing: Array(bytes)), "\(sample)")
    guard set.decisionNames.contains(decision), request["input"] != nil else { return }
    let found = DeepStack.run { Explanation(set, decision: decision, request: request) }
    let explanation = try #require(found, "\(sample)")
    guard explanation.answer["outcome"] != nil else { return }
    var check = EnvelopeCheck(set, decision, request, explanation.answer, sample)
    for range in explanation.ranges { check.verify(range) }
    if explanation.untilIsKnown { check.verify(until: explanation.until) }
    for turn in explanation.turns { check.verify(turn) }
  }
}

/// Asks the machine about what an explanation says of one request.
private struct EnvelopeCheck {
  let decision: String
  let request: JSONTree
  let answer: JSONTree
  let sample: String
  private let core: AnswerCore
  private let evaluator: Evaluator
  private var random: SplitMix64

  init(
    _ set: PolicySet, _ decision: String, _ request: JSONTree, _ answer: JSONTree, _ sample: String
  ) {
    (self.decision, self.request, self.answer, self.sample) = (decision, request, answer, sample)
    core = AnswerCore(answer)
    evaluator = Evaluator(set)
    random = SplitMix64(seed: UInt64(sample.utf8.reduce(7) { $0 &* 31 &+ Int($1) } & 0xFFFF_FFFF))
  }

  private func ask(_ request: JSONTree) -> JSONTree {
    var out: [UInt8] = []
    _ = evaluator.decide(
      decision: Array(decision.utf8).span, body: request.bytes.span,
      requestID: Array("test".utf8).span, today: Day(number: 20_000), into: &out)
    return JSONTree(parsing: out) ?? .null
  }

  // MARK: Ranges

  mutating func verify(_ range: Explanation.Range) {
    guard !range.isOpen, let written = Paths.value(range.fact, in: request) else { return }
    if range.isFree {
      for _ in 0..<3 {
        guard let other = Units.other(than: written, &random) else { return }
        expectSame(range.fact, other)
      }
      return
    }
    for stretch in range.stretches {
      for (end, outward) in [(stretch.low, -1), (stretch.high, 1)] {
        guard let end else { continue }
        expectSame(range.fact, end)
        guard stretch.low != stretch.high || range.stretches.count == 1,
          let beyond = Units.moved(end, by: Int128(outward))
        else { continue }
        expectOther(range.fact, beyond)
      }
      for _ in 0..<3 {
        if let inside = Units.between(stretch.low ?? written, stretch.high ?? written, &random) {
          expectSame(range.fact, inside)
        }
      }
    }
  }

  private func expectSame(_ fact: String, _ value: JSONTree) {
    let after = ask(Paths.setting(fact, to: value, in: request))
    // A value that the door of the input refuses is none that the fact may have.
    if ["out_of_range", "pattern_mismatch", "bad_number", "bad_date"].contains(after["code"]?.word)
    {
      return
    }
    #expect(
      AnswerCore(after) == core,
      "\(sample): \(fact) = \(value.text) gives \(after["outcome"]?.word ?? after.text)")
  }

  private func expectOther(_ fact: String, _ value: JSONTree) {
    let after = ask(Paths.setting(fact, to: value, in: request))
    #expect(AnswerCore(after) != core, "\(sample): \(fact) = \(value.text) changes nothing")
  }

  // MARK: Days

  func verify(until day: String?) {
    let far = day ?? "2030-01-31"
    #expect(AnswerCore(ask(on: far)) == core, "\(sample): until \(far)")
    guard let day, let last = Day(text: day.utf8) else { return }
    let next = Day(number: last.number + 1).text
    #expect(AnswerCore(ask(on: next)) != core, "\(sample): on \(next)")
  }

  private func ask(on day: String) -> JSONTree {
    let members = request.members.filter { $0.name != "asOf" && $0.name != "today" }
    return ask(
      .object(members + [.init("asOf", .string(day)), .init("today", .string(day))]))
  }

  // MARK: Turns

  func verify(_ turn: Explanation.Turn) {
    let after = ask(turn.request)
    #expect(!turn.changes.isEmpty)
    #expect(
      ["allow", "valid", "within", "chain"].contains(after["outcome"]?.word),
      "\(sample): \(turn.changes.map(\.fact)) gives \(after.text)")
    #expect(AnswerChange(from: answer, to: after) == turn.result, "\(sample)")
  }
}

/// Places in a request.
private enum Paths {
  /// `order.lines[2].stock` as names and numbers.
  private static func steps(_ path: String) -> [Substring] {
    path.split { $0 == "." || $0 == "[" || $0 == "]" }
  }

  static func value(_ path: String, in request: JSONTree) -> JSONTree? {
    steps(path).reduce(request["input"]) { tree, step in
      guard let number = Int(step) else { return tree?[String(step)] }
      let items = tree?.items ?? []
      return items.indices.contains(number - 1) ? items[number - 1] : nil
    }
  }

  static func setting(_ path: String, to value: JSONTree, in request: JSONTree) -> JSONTree {
    put(value, (["input"] + steps(path))[...], request)
  }

  private static func put(
    _ value: JSONTree, _ steps: ArraySlice<Substring>, _ tree: JSONTree
  ) -> JSONTree {
    guard let step = steps.first else { return value }
    if let number = Int(step) {
      return .array(
        tree.items.enumerated().map { place, item in
          place == number - 1 ? put(value, steps.dropFirst(), item) : item
        })
    }
    return .object(
      tree.members.map { member in
        member.name == step
          ? .init(member.name, put(value, steps.dropFirst(), member.value)) : member
      })
  }
}

/// Values of requests as numbers that can be counted on.
private enum Units {
  /// The number of a value, and how a number is written like it.
  private static func read(_ value: JSONTree) -> (number: Int128, write: (Int128) -> JSONTree)? {
    guard let word = value.word else { return nil }
    if let day = Day(text: word.utf8) {
      return (Int128(day.number), { .string(Day(number: Int(clamping: $0)).text) })
    }
    let isShare = word.hasSuffix("%")
    let parts = (isShare ? String(word.dropLast()) : word).split(separator: " ")
    guard let first = parts.first, let decimal = try? Decimal(text: first.utf8) else { return nil }
    let tail = isShare ? "%" : parts.count == 2 ? " \(parts[1])" : ""
    return (decimal.units, { .string(Decimal(units: $0).text() + tail) })
  }

  /// The least step of a kind: of a share it is a hundredth of a unit's hundredfold.
  private static func step(_ value: JSONTree) -> Int128 {
    value.word?.hasSuffix("%") == true ? 100 : 1
  }

  static func moved(_ value: JSONTree, by steps: Int128) -> JSONTree? {
    if case .bool(let flag) = value { return .bool(!flag) }
    return read(value).map { $0.write($0.number + steps * step(value)) }
  }

  static func between(
    _ low: JSONTree, _ high: JSONTree, _ random: inout SplitMix64
  ) -> JSONTree? {
    guard let (a, write) = read(low), let (b, _) = read(high), a < b else { return nil }
    let step = step(low)
    return write(a + Int128(random.next() % 1_000_000) * ((b - a) / step) / 1_000_000 * step)
  }

  static func other(than value: JSONTree, _ random: inout SplitMix64) -> JSONTree? {
    if case .bool(let flag) = value { return .bool(!flag) }
    guard let (number, write) = read(value), value.word?.contains("-") == false || number > 0
    else { return nil }
    // Twice as much, a part of it, next to it.
    let factor = Int128(random.next() % 200)
    return write(number * factor / 100 / step(value) * step(value))
  }
}
