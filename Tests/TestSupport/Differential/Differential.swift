/// Machine against reference: every request of a generated program through both, and through both codes.
public import PolicyCompiler
public import PolicyRuntime
import PolicySource
import PolicySyntax

/// One difference between the machine and the reference.
public struct Difference: Sendable {
  /// The program's source.
  public let source: String
  /// The decision asked.
  public let decision: String
  /// The request.
  public let request: String
  /// Which code of the machine: `run` or `careful`.
  public let code: String
  /// What the reference says, and what the machine says.
  public let expected: String, got: String
}

/// Runs generated programs through both evaluators.
public struct Differential {
  /// The differences found, at most ten.
  public private(set) var differences: [Difference] = []
  /// What occurred.
  public private(set) var occurrences = Occurrences.generated
  /// Programs that did not parse, check or compile, with the diagnostics.
  public private(set) var rejected: [String] = []
  /// Answers compared.
  public private(set) var answers = 0

  /// Nothing compared yet.
  public init() {}

  /// Whether nothing differed and nothing was rejected.
  public var isClean: Bool { differences.isEmpty && rejected.isEmpty }

  /// Compiles a generated program and compares every answer.
  public mutating func compare(_ program: GeneratedProgram) {
    var constructs = program.constructs
    defer { occurrences.add(constructs, of: Occurrences.programs) }
    var files = SourceFiles()
    var trees: [PolicyTree] = []
    var diagnostics = DiagnosticList()
    for file in program.files {
      let source = SourceFile(name: file.name, bytes: Array(file.text.utf8))
      let id = files.add(source)
      guard file.name.hasSuffix(".writ") else { continue }
      let (tree, found) = PolicyParser.parsePolicy(source, id: id)
      diagnostics.add(found)
      trees.append(tree)
    }
    let (epochs, overlaps) = PolicyChecker.epochs(of: trees)
    diagnostics.add(overlaps)
    for epoch in epochs {
      let (set, found) = PolicyChecker.check(epoch.trees, files: files)
      diagnostics.add(found)
      guard !diagnostics.hasErrors else {
        let words = DiagnosticText(files: files, colour: false).render(diagnostics.all)
        if rejected.count < 10 { rejected.append(program.source + "\n" + words) }
        return
      }
      let requests = program.requests.filter { epoch.from <= $0.asOf && $0.asOf <= epoch.until }
      compare(requests, program, set, epoch, &constructs)
    }
  }

  /// Compares the answers to the requests of the days on which some versions are in force.
  private mutating func compare(
    _ requests: [ReferenceRequest], _ generated: GeneratedProgram, _ set: TypedSet,
    _ epoch: PolicyEpoch, _ constructs: inout Counters
  ) {
    let reference = ReferenceEvaluator(set)
    var decisions: [(Reference, String)] = []
    for name in generated.decisions {
      guard let decision = reference.decision(named: name) else { continue }
      let needed = Lowering.policies(of: decision, in: set)
      guard !needed.contains(where: { epoch.asleep.contains(set.policies[$0].range.file) })
      else { continue }
      decisions.append((decision, name))
    }
    let expected = requests.map { reference.answers(decisions.map(\.0), $0) }
    for (place, (decision, name)) in decisions.enumerated() {
      let (compiled, _) = Lowering.lower(decision, in: set)
      for operation in Set(compiled.straight.map(\.operation)) {
        constructs.add("straight: \(operation)")
      }
      for operation in Set(compiled.careful.map(\.operation)) {
        constructs.add("careful: \(operation)")
      }
      var frame = Frame(compiled)
      for (request, answers) in zip(requests, expected) {
        occurrences.add(answers[place], kind: set.body(of: decision).word)
        compare(
          answers[place], compiled, &frame, request.taken(by: compiled), name, generated.source)
      }
    }
  }

  /// Compares the answers of one decision of a checked set to some requests.
  public mutating func compare(
    _ requests: [ReferenceRequest], _ decision: Reference, _ name: String,
    _ reference: ReferenceEvaluator, _ set: TypedSet, source: String
  ) {
    let (compiled, _) = Lowering.lower(decision, in: set)
    var frame = Frame(compiled)
    for request in requests {
      let request = request.taken(by: compiled)
      let expected = reference.answer(decision, request)
      occurrences.add(expected, kind: set.body(of: decision).word)
      compare(expected, compiled, &frame, request, name, source)
    }
  }

  /// Compares what the reference says with both codes of the machine.
  private mutating func compare(
    _ expected: ReferenceAnswer, _ compiled: Program, _ frame: inout Frame,
    _ request: ReferenceRequest, _ name: String, _ source: @autoclosure () -> String
  ) {
    let body = request.jsonBytes
    let text = expected.text
    for code in ["run", "careful"] {
      let got = Self.answer(compiled, &frame, body, request, careful: code == "careful")
      answers += 1
      if !Self.agree(expected, got, text), differences.count < 10 {
        differences.append(
          Difference(
            source: source(), decision: name, request: request.json, code: code,
            expected: text, got: got.text))
      }
    }
  }

  /// The machine's answer to a request.
  public static func answer(
    _ program: Program, _ frame: inout Frame, _ body: [UInt8], _ request: ReferenceRequest,
    careful: Bool
  ) -> ReferenceAnswer {
    do throws(RequestProblem) {
      _ = try RequestReader.read(body.span, program, into: &frame, asOf: request.asOf)
    } catch {
      return ReferenceAnswer(outcome: "refused", trap: error.code.rawValue)
    }
    if careful {
      Machine.runCarefully(program, &frame, body: body.span)
    } else {
      Machine.run(program, &frame, body: body.span)
    }
    return MachineAnswer(program, frame, body: body).answer
  }

  private static func agree(
    _ a: ReferenceAnswer, _ b: ReferenceAnswer, _ text: String
  ) -> Bool {
    if a.outcome == "error" || a.outcome == "refused" { return a.outcome == b.outcome }
    let other = b.text
    return text == other || canonical(text) == canonical(other)
  }

  /// The text without the currency of zeros: a literal `0` has none until it meets an amount.
  private static func canonical(_ text: String) -> String {
    text.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let isZero = words.count > 2 && words[words.count - 2] == "0"
      return isZero ? words.dropLast().joined(separator: " ") : String(line)
    }.joined(separator: "\n")
  }
}

extension TypedSet {
  /// What a decision holds.
  fileprivate func body(of decision: Reference) -> TypedDecision.Body {
    policies[decision.policy].decisions[decision.index].body
  }
}
