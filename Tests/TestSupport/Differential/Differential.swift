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
  /// How often each construct, outcome, error and unknown occurred.
  public private(set) var counters = Counters()
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
    counters.add(program.constructs)
    var files = SourceFiles()
    var trees: [PolicyTree] = []
    var diagnostics = DiagnosticList()
    for file in program.files {
      let source = SourceFile(name: file.name, bytes: Array(file.text.utf8))
      let id = files.add(source)
      let (tree, found) = PolicyParser.parsePolicy(source, id: id)
      diagnostics.add(found)
      trees.append(tree)
    }
    let (set, found) = PolicyChecker.check(trees, files: files)
    diagnostics.add(found)
    guard !diagnostics.hasErrors else {
      let words = DiagnosticText(files: files, colour: false).render(diagnostics.all)
      counters.add("rejected")
      if rejected.count < 10 { rejected.append(program.source + "\n" + words) }
      return
    }
    compare(program, set)
  }

  private mutating func compare(_ program: GeneratedProgram, _ set: TypedSet) {
    let reference = ReferenceEvaluator(set)
    for name in program.decisions {
      guard let decision = reference.decision(named: name) else { continue }
      compare(program.requests, decision, name, reference, set, source: program.source)
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
      count(expected)
      let body = Array(request.json.utf8)
      for code in ["run", "careful"] {
        let got = Self.answer(compiled, &frame, body, request, careful: code == "careful")
        answers += 1
        if !Self.agree(expected, got), differences.count < 10 {
          differences.append(
            Difference(
              source: source, decision: name, request: request.json, code: code,
              expected: expected.text, got: got.text))
        }
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

  private static func agree(_ a: ReferenceAnswer, _ b: ReferenceAnswer) -> Bool {
    if a.outcome == "error" || a.outcome == "refused" { return a.outcome == b.outcome }
    return canonical(a.text) == canonical(b.text)
  }

  /// The text without the currency of zeros: a literal `0` has none until it meets an amount.
  private static func canonical(_ text: String) -> String {
    text.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let isZero = words.count > 2 && words[words.count - 2] == "0"
      return isZero ? words.dropLast().joined(separator: " ") : String(line)
    }.joined(separator: "\n")
  }

  private mutating func count(_ answer: ReferenceAnswer) {
    counters.add("outcome \(answer.outcome)")
    if let trap = answer.trap, answer.outcome == "error" { counters.add("error \(trap)") }
    if !answer.needs.isEmpty { counters.add("unknown") }
    if !answer.cleared.isEmpty { counters.add("cleared") }
    guard let state = answer.state else { return }
    counters.add("status \(state.status)")
    if state.returnedTo != nil { counters.add("returned") }
    for violation in state.violations { counters.add("violation \(violation.code)") }
  }
}
