/// The analysis against the machine: what it says of generated decisions must fit every answer to their requests.
import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyRuntime

/// Compares the models of generated decisions with answers.
public struct AnalysisAgreement {
  /// What did not fit, with the program and the request; at most ten.
  public private(set) var differences: [String] = []
  /// How many decisions were read, answers compared, and requests that lie beyond what is looked at.
  public private(set) var decisions = 0, answers = 0, beyond = 0
  /// How many parts of answers were compared, and of how many the model leaves open whether they stand there.
  public private(set) var parts = 0, open = 0
  /// How many programs have a decision that costs too much to load.
  public private(set) var tooCostly = 0
  /// How many clauses are said never to speak.
  public private(set) var silent = 0

  /// Nothing compared yet.
  public init() {}

  /// Compares all decisions of a program; of two versions the later one.
  public mutating func compare(_ program: GeneratedProgram) {
    let checked = CheckedPolicies(program.files.filter { $0.name != "base.1.writ" })
    guard let types = checked.set else {
      note("a program does not check\n\(checked.errors)", program, "")
      return
    }
    // A decision beyond the limit of costs does not load, and nothing is asked of its set.
    guard let set = PolicySet(types, digest: "sha256:0") else {
      tooCostly += 1
      return
    }
    for name in program.decisions {
      guard let compiled = set.program(named: name) else { continue }
      decisions += 1
      for isWide in [false, true] {
        guard let check = PointCheck(set, decision: name, isWide: isWide) else { continue }
        silent += check.silentClauses
        for request in program.requests {
          let text = request.taken(by: compiled).json
          guard let tree = JSONTree(parsing: Array(text.utf8)) else { continue }
          switch check.compare(tree) {
          case .fits(let parts, let open):
            answers += 1
            self.parts += parts
            self.open += open
          case .beyond: beyond += 1
          case .differs(let words): note("\(isWide ? "wide" : "plain") \(words)", program, text)
          }
        }
      }
    }
  }

  private mutating func note(_ words: String, _ program: GeneratedProgram, _ request: String) {
    if differences.count < 10 {
      differences.append("\(words)\n\(program.source)\nrequest \(request)")
    }
  }

  /// What was compared, in one line.
  public var words: String {
    "\(decisions) decisions, \(answers) answers (\(beyond) beyond), \(parts) parts, \(open) open, "
      + "\(silent) silent clauses, \(tooCostly) programs too costly, \(differences.count) differences"
  }
}
