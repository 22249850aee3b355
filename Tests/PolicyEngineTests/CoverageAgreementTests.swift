/// What coverage says of clauses is what traces say of them: on generated programs and on all sample cases.
import Foundation
import PolicyCompiler
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@testable import PolicyEngine

/// The sides of clauses by `decision clause code at`.
typealias ClauseSides = [String: CoverageSides]

@Suite struct CoverageAgreementTests {
  @Test func clausesAreThoseOfTheTraceOnGeneratedPrograms() throws {
    let decisions = GeneratedDecisions(usual: 40)
    var compared = 0
    try decisions.visit { reference, set, generated in
      let watched = Lowering.watched(reference, in: set)
      for request in generated.requests {
        let request = request.taken(by: watched.program)
        let body = Array(request.json.utf8)
        guard let traced = TracedRun(watched.program, body, request.asOf) else { continue }
        compared += 1
        let words =
          "SEED=\(decisions.seed) \(watched.program.name)\n\(generated.source)\n\(request.json)"
        #expect(traced.answer == traced.walked, "\(words)")
        let watch = CoverageWatch(watched)
        watch.run(body, on: request.asOf)
        let unasked = Self.unasked(watch)
        #expect(unasked.isEmpty, "\(unasked)\n\(words)")
        var seen = Self.sides(watch, set.files)
        // A clearance lifts what is not known too: then no side of the clause was seen.
        for key in traced.lifted { seen[key, default: []].formUnion(.yes) }
        guard seen != traced.sides else { continue }
        Issue.record("\(Self.difference(seen, traced.sides))\n\(words)")
        return false
      }
      return true
    }
    #expect(compared > decisions.programs)
  }

  /// The sample cases show everything of the policies that can be shown, and of clauses what their traces say.
  @Test func clausesAreThoseOfTheTraceOnAllSampleCases() throws {
    let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
    let set = try #require(
      PolicySet.load(folder: root.appendingPathComponent("policies").path).set)
    let suite = CaseSuite(folder: root.appendingPathComponent("samples").path, for: set)
    var traced: ClauseSides = [:]
    for ((_, sample), home) in zip(suite.cases, suite.homes) {
      let types = set.epochs[home].types
      for expectation in sample.expectations {
        let policy = types.policies[expectation.decision.policy]
        let name = "\(policy.name).\(policy.decisions[expectation.decision.index].name)"
        guard let program = set.program(named: name, on: sample.asOf) else { continue }
        let body = CaseRequest(sample: sample, program: program, types: types).body
        let run = TracedRun(program, body, sample.asOf)
        traced.merge(run?.sides ?? [:]) { $0.union($1) }
      }
    }
    var seen: ClauseSides = [:]
    let coverage = suite.coverage()
    // That a total lies so far apart without one of its lines doing so cannot be, as the policy says itself.
    let open = coverage.entries.filter { !$0.isCovered }
    #expect(
      open.map { suite.files.place(of: $0.item.key.range) } == ["budget/adjustment.writ:44"],
      "\(coverage.text(in: .english))")
    #expect(open.map(\.missing) == [.yesDecides])
    for entry in coverage.entries {
      guard let key = Self.key(entry.item, suite.files) else { continue }
      seen[key, default: []].formUnion(entry.seen)
    }
    seen = seen.filter { !$0.value.isEmpty }
    #expect(seen == traced, "\(Self.difference(seen, traced))")
  }

  /// What was seen although it was thought to be out of reach.
  private static func unasked(_ watch: CoverageWatch) -> [String] {
    zip(watch.watched.items, watch.seen).compactMap { item, seen in
      if case .clause = item.kind { return nil }
      return seen.isSubset(of: item.asked)
        ? nil : "\(item.kind): asked \(item.asked.rawValue), seen \(seen.rawValue)"
    }
  }

  // MARK: Both as one kind of table

  private static func sides(_ watch: CoverageWatch, _ files: SourceFiles) -> ClauseSides {
    var found: ClauseSides = [:]
    for (item, seen) in zip(watch.watched.items, watch.seen) where !seen.isEmpty {
      if let key = key(item, files) { found[key, default: []].formUnion(seen) }
    }
    return found
  }

  /// Nil for what a trace does not list as a clause.
  private static func key(_ item: CoverageItem, _ files: SourceFiles) -> String? {
    guard case .clause(let form, let code) = item.kind else { return nil }
    switch form {
    case .appliesWhen, .value, .clearedBy, .otherwise: return nil
    default: break
    }
    let decision = item.key.mark.split(separator: " ")[1]
    return "\(decision) \(form.rawValue) \(code) \(files.place(of: item.key.range))"
  }

  private static func difference(_ seen: ClauseSides, _ traced: ClauseSides) -> String {
    Set(seen.keys).union(traced.keys).sorted().compactMap { key in
      seen[key] == traced[key]
        ? nil
        : "\(key): coverage \(seen[key]?.rawValue ?? 0), trace \(traced[key]?.rawValue ?? 0)"
    }.joined(separator: "\n")
  }
}

/// The trace of a request and its answer.
private struct TracedRun {
  /// The answer, and that of code which was stopped before every instruction.
  var answer: [UInt8] = []
  var walked: [UInt8] = []
  var sides: ClauseSides = [:]
  /// The clauses that a clearance has lifted.
  var lifted: Set<String> = []

  /// Nil when the request is refused, or no version is in force.
  init?(_ program: Program, _ body: [UInt8], _ asOf: Day) {
    var frame = Frame(program)
    guard var options = try? RequestReader.read(body.span, program, into: &frame, asOf: asOf)
    else { return nil }
    let day = frame.asOf
    guard program.requirements.allSatisfy({ $0.holds(on: day) }) else { return nil }
    Machine.run(program, &frame, body: body.span)
    answer = WrittenAnswer.bytes(program, &frame, body, options)
    _ = try? RequestReader.read(body.span, program, into: &frame, asOf: asOf)
    let halts = Array(repeating: true, count: program.carefulEnd + 1)
    Machine.walk(program, &frame, body: body.span, halts: halts) { _, _ in }
    walked = WrittenAnswer.bytes(program, &frame, body, options)
    _ = try? RequestReader.read(body.span, program, into: &frame, asOf: asOf)
    Machine.trace(program, &frame, body: body.span)
    options.explain = .trace
    let tree = JSONTree(parsing: WrittenAnswer.bytes(program, &frame, body, options))
    for decision in tree?["trace"]?.items ?? [] { add(decision) }
  }

  private mutating func add(_ decision: JSONTree) {
    let applies = (decision["computed"]?.items ?? []).first { $0["what"]?.word == "applies_when" }
    // A decision of which it is not known whether it applies shows nothing.
    guard applies == nil || applies?["value"] == .bool(true) else { return }
    let name = decision["decision"]?.word ?? ""
    var isOpen = false
    for clause in decision["clauses"]?.items ?? [] {
      guard let form = clause["clause"]?.word, form != "otherwise" else { continue }
      let code = clause["code"]?.word ?? clause["grade"]?.word ?? ""
      let sides = Self.sides(clause, form)
      if form == "give", clause["verdict"]?.word == "unknown" || clause["verdict"]?.word == "error"
      {
        isOpen = true
      }
      // Behind a class that may be given, none is surely given.
      if sides.isEmpty || (form == "give" && isOpen && sides == .yes) { continue }
      let key = "\(name) \(form) \(code) \(clause["at"]?.word ?? "")"
      self.sides[key, default: []].formUnion(sides)
      if clause["verdict"]?.word == "lifted" { lifted.insert(key) }
    }
  }

  private static func sides(_ clause: JSONTree, _ form: String) -> CoverageSides {
    if form == "points" { return clause["value"] == nil ? [] : .yes }
    switch clause["verdict"]?.word {
    case "holds" where form == "duty" || form == "copy" || form == "notify" || form == "file":
      return clause["listed"] == .bool(true) ? .yes : []
    case "holds", "not_met", "lifted": return .yes
    case "does_not_hold", "met":
      return clause["items"]?.word == "0" ? [] : .no
    case "skipped": return .no
    default: return []
    }
  }
}
