/// The machine gives what the reference gives: on generated programs, sample cases and expressions.
import Foundation
import PolicyCompiler
import PolicyRuntime
import PolicySource
import PolicySyntax
import TestSupport
import Testing

struct DifferentialTests {
  /// `DIFFERENTIAL=100000 swift test --filter DifferentialTests` compares more programs.
  private static let programs =
    ProcessInfo.processInfo.environment["DIFFERENTIAL"].flatMap { Int($0) } ?? 300

  @Test func theMachineIsTheReferenceOnProgramsOfAnySeed() {
    // `SEED=… DIFFERENTIAL=…` repeats a run.
    let given = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
    let seed = given ?? UInt64.random(in: 0...UInt64.max)
    print("generated programs: \(Self.programs) from SEED=\(seed)")
    compare(Self.programs, from: seed)
  }

  @Test func theMachineIsTheReferenceOnProgramsOfOneSeed() { compare(50, from: 0x5752_4954) }

  private func compare(_ programs: Int, from seed: UInt64) {
    var generator = ProgramGenerator(seed: seed)
    var differential = Differential()
    for _ in 0..<programs where differential.isClean { differential.compare(generator.next()) }
    report(differential, "SEED=\(seed)")
    #expect(differential.answers >= programs)
  }

  /// Every case of `samples`, on every decision of its policy.
  @Test func theMachineIsTheReferenceOnEverySampleCase() throws {
    let root = Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
    let policies = try Self.files(below: root, "policies", "writ")
    let sheets = try Self.files(below: root, "policies", "csv")
    let rows = try Self.files(below: root, "samples", "csv")
    var differential = Differential()
    for (name, bytes) in try Self.files(below: root, "samples", "cases") {
      // A set of its own for each policy: the reference reads the inputs of the whole set.
      var files = SourceFiles()
      let own = policies.filter {
        $0.name == name.dropLast(5) + "writ" || $0.name == "shared/company.writ"
      }
      let trees = own.map { name, bytes in
        let file = SourceFile(name: name, bytes: bytes)
        return PolicyParser.parsePolicy(file, id: files.add(file)).0
      }
      for (name, bytes) in sheets { _ = files.add(SourceFile(name: name, bytes: bytes)) }
      let (set, broken) = PolicyChecker.check(trees, files: files)
      try #require(!broken.hasErrors && !trees.isEmpty, "\(name)")
      for (name, bytes) in rows { _ = files.add(SourceFile(name: name, bytes: bytes)) }
      let file = SourceFile(name: name, bytes: bytes)
      let (tree, _) = PolicyParser.parseCases(file, id: files.add(file))
      let (typed, found) = PolicyChecker.check(tree, in: set, files: files)
      #expect(!found.hasErrors && !typed.cases.isEmpty, "\(name)")
      let policy = try #require(set.policies.firstIndex { $0.name == typed.policy })
      let reference = ReferenceEvaluator(set)
      let requests = typed.cases.map { ReferenceRequest($0, in: set) }
      for (index, decision) in set.policies[policy].decisions.enumerated() {
        differential.compare(
          requests, Reference(policy: policy, index: index), "\(typed.policy).\(decision.name)",
          reference, set, source: name)
      }
    }
    report(differential, "samples")
    #expect(differential.answers > 200)
    for section in differential.occurrences.sections where section.of.hasPrefix("answers of") {
      #expect(section.counts.counters.counts["refused"] == nil, "\(section.of)")
    }
  }

  /// Every difference that was ever found: `differences/NAME.writ` with the requests of `NAME.cases`.
  @Test func theMachineIsTheReferenceWhereItOnceWasNot() throws {
    let folder = Golden.corpus.appending(path: "differences")
    let samples = try Self.files(below: folder, "", "cases")
    #expect(!samples.isEmpty)
    var differential = Differential()
    for (name, bytes) in samples {
      var files = SourceFiles()
      let policy = name.dropLast("cases".count) + "writ"
      let text = try Golden.bytes(folder.appending(path: String(policy)))
      let source = SourceFile(name: String(policy), bytes: text)
      let (tree, _) = PolicyParser.parsePolicy(source, id: files.add(source))
      let (set, broken) = PolicyChecker.check([tree], files: files)
      try #require(!broken.hasErrors, "\(name)")
      let file = SourceFile(name: name, bytes: bytes)
      let (cases, _) = PolicyParser.parseCases(file, id: files.add(file))
      let (typed, found) = PolicyChecker.check(cases, in: set, files: files)
      #expect(!found.hasErrors && !typed.cases.isEmpty, "\(name)")
      let requests = typed.cases.map { ReferenceRequest($0, in: set) }
      for (index, decision) in set.policies[0].decisions.enumerated() {
        differential.compare(
          requests, Reference(policy: 0, index: index), decision.name, ReferenceEvaluator(set), set,
          source: name)
      }
    }
    report(differential, "differences")
  }

  /// Every line of `expressions.tsv`, by both codes of the machine; all of them are one policy here.
  @Test func theMachineGivesWhatEveryExpressionExpects() throws {
    let lines = try ExpressionCase.all()
    let declarations = try String(
      contentsOf: Golden.corpus.appending(path: "expressions.writ"), encoding: .utf8)
    let values = lines.map { "value line\($0.number) of \($0.type) = \($0.expression)\n" }
    let checked = CheckedPolicies([
      (name: "expressions.writ", text: declarations + "\n" + values.joined())
    ])
    let set = try #require(checked.set, "\(checked.errors)")
    for (line, decision) in zip(lines, set.policies[0].decisions.indices) {
      let (program, _) = Lowering.lower(Reference(policy: 0, index: decision), in: set)
      #expect(program.name == "expressions.line\(line.number)")
      var frame = Frame(program)
      let request = try line.request()
      for careful in [false, true] {
        let answer = Differential.answer(
          program, &frame, Array(request.json.utf8), request, careful: careful)
        #expect(
          line.agrees(with: answer),
          "line \(line.number): \(line.expression) should be \(line.expected)\n\(answer.text)")
      }
    }
  }

  private func report(_ differential: Differential, _ origin: String) {
    for rejected in differential.rejected.prefix(2) { Issue.record("\(origin)\n\(rejected)") }
    for found in differential.differences.prefix(3) {
      Issue.record(
        """
        \(origin): \(found.decision) (\(found.code)) differs
        \(found.source)
        request \(found.request)
        --- expected
        \(found.expected)
        --- got
        \(found.got)
        """)
    }
  }

  private static func files(
    below root: URL, _ folder: String, _ ending: String
  ) throws -> [(name: String, bytes: [UInt8])] {
    let place = root.appending(path: folder).path
    return try FileManager.default.subpathsOfDirectory(atPath: place).sorted()
      .filter { $0.hasSuffix("." + ending) }
      .map { ($0, try Golden.bytes(URL(filePath: place + "/" + $0))) }
  }
}
