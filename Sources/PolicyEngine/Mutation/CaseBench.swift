/// The cases of every decision with the answers that they get now: what a mutant is held against.
import PolicyCompiler
import PolicyRuntime
import PolicySource

/// A request of a case and what is expected of its answer.
struct BenchedCase: Sendable {
  /// What must be so of the answer.
  enum Demand: Sendable {
    case sample(TypedCase, TypedExpectation)
    case recorded(RecordedCase)
  }

  let demand: Demand
  let body: [UInt8]
  let day: Day
  /// The bytes of the answer that it gets now.
  let answer: [UInt8]
}

/// A decision of an epoch and the cases that ask it and pass.
struct BenchedDecision: Sendable {
  let reference: Reference
  let name: String
  /// What it is made of.
  let elements: Set<Mutant.Element>
  /// The names of the inputs that its requests carry.
  let inputs: [String]
  var cases: [BenchedCase] = []
}

/// The decisions of each epoch.
struct CaseBench: Sendable {
  let set: PolicySet
  private(set) var epochs: [[BenchedDecision]]
  private var places: [[String: Int]] = []

  /// Runs the cases once; `filter` as in `CaseSuite.run`.
  init(_ suite: CaseSuite, filter: String?) {
    let set = suite.set
    self.set = set
    epochs = set.epochs.map { epoch in
      epoch.programs.map { reference, program in
        BenchedDecision(
          reference: reference, name: program.name,
          elements: Mutant.elements(of: reference, in: epoch.types),
          inputs: CaseRequest.inputs(of: program).sorted())
      }
    }
    places = epochs.map { decisions in
      Dictionary(decisions.indices.map { (decisions[$0].name, $0) }) { first, _ in first }
    }
    var programs: [Int: [String: SoloProgram]] = [:]
    for ((policy, sample), home) in zip(suite.cases, suite.homes) {
      if let filter, !"\(policy).\(sample.name)".contains(filter) { continue }
      let types = set.epochs[home].types
      for expectation in sample.expectations {
        let policy = types.policies[expectation.decision.policy]
        let name = "\(policy.name).\(policy.decisions[expectation.decision.index].name)"
        guard let place = places[home][name] else { continue }
        let solo =
          programs[home]?[name] ?? SoloProgram(set.epochs[home].programs[place].1)
        programs[home, default: [:]][name] = solo
        let body = CaseRequest(sample: sample, program: solo.program, types: types).body
        add(.sample(sample, expectation), body, sample.asOf, to: place, of: home, solo)
      }
    }
    for recorded in suite.recorded {
      let policy = String(recorded.decision.prefix { $0 != "." })
      if let filter, !"\(policy).\(recorded.name)".contains(filter) { continue }
      let day = RequestReader.asOf(of: recorded.body.span) ?? Day(number: 0)
      guard let home = set.epochs.firstIndex(where: { $0.holds(day) }),
        let place = places[home][recorded.decision]
      else { continue }
      let solo =
        programs[home]?[recorded.decision] ?? SoloProgram(set.epochs[home].programs[place].1)
      programs[home, default: [:]][recorded.decision] = solo
      add(.recorded(recorded), recorded.body, day, to: place, of: home, solo)
    }
  }

  /// Adds a case, if it passes.
  private mutating func add(
    _ demand: BenchedCase.Demand, _ body: [UInt8], _ day: Day, to place: Int, of home: Int,
    _ solo: SoloProgram
  ) {
    let (status, bytes) = solo.decide(body, on: day)
    let benched = BenchedCase(demand: demand, body: body, day: day, answer: bytes)
    guard passes(benched, status, bytes, epoch: home) else { return }
    epochs[home][place].cases.append(benched)
  }

  /// Whether an answer is what a case expects.
  func passes(_ benched: BenchedCase, _ status: Int, _ bytes: [UInt8], epoch: Int) -> Bool {
    switch benched.demand {
    case .sample(_, let expectation):
      let types = set.epochs[epoch].types
      let place = expectation.decision
      return CaseComparison(
        expectation: expectation, answer: CaseAnswer(status: status, body: bytes),
        decision: types.policies[place.policy].decisions[place.index], types: types.types
      ).differences.isEmpty
    case .recorded(let recorded): return recorded.differences(of: bytes).isEmpty
    }
  }

  /// Whether a case notices that another program decides.
  func notices(
    _ benched: BenchedCase, _ decision: BenchedDecision, _ solo: SoloProgram, epoch: Int
  ) -> Bool {
    var body = benched.body
    if case .sample(let sample, _) = benched.demand, solo.inputs != decision.inputs {
      // A mutant that reads less takes less.
      body =
        CaseRequest(
          sample: sample, program: solo.program, types: set.epochs[epoch].types
        ).body
    }
    let (status, bytes) = solo.decide(body, on: benched.day)
    return bytes != benched.answer && !passes(benched, status, bytes, epoch: epoch)
  }
}
