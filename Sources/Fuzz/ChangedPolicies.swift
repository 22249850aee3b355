/// Random changes of the project's policies: what the semantic difference says, against random requests.
import Glibc
import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport

/// `Fuzz changes [number] [seed] [passed over]`, run beside `policies`.
///
/// Each change is a mutant of one policy. Where requests find another answer, the difference must have shown one too;
/// what it shows is run again, so that it is never false. The exit code is 1 when it missed one.
enum ChangedPolicies {
  /// How many random requests a change is tried with.
  private static let requests = 1_000

  private struct Tally {
    var changed = 0
    var same = 0
    var open = 0
    var foundByRequests = 0
    var missed = 0
    /// Witnesses that were run again, and those that show nothing.
    var witnesses = 0
    var wrong = 0
    /// Differences of requests of a kind that is not told, although all are said to be.
    var untold = 0
    var openButFound = 0

    /// Says at once what was found: a run takes long.
    mutating func add(_ count: WritableKeyPath<Tally, Int>, _ words: String) {
      self[keyPath: count] += 1
      print(words)
      fflush(nil)
    }
  }

  static func run(_ number: UInt64, seed: UInt64, passingOver first: UInt64) -> Int32 {
    guard let set = PolicySet.load(folder: "policies").set else {
      print("the folder `policies` does not load")
      return 2
    }
    print("\(number) changes from seed \(seed)")
    var random = SplitMix64(seed: seed)
    let mutants = set.types.policies.indices.map { Mutant.all(of: $0, in: set.types) }
    var tally = Tally()
    var done: UInt64 = 0
    while done < number {
      let policy = Int(random.next() % UInt64(mutants.count))
      guard !mutants[policy].isEmpty else { continue }
      let mutant = mutants[policy][Int(random.next() % UInt64(mutants[policy].count))]
      done += 1
      look(at: mutant, in: policy, set, &random, &tally, isPassedOver: done <= first)
      if done % 100 == 0 {
        print(
          "\(done) changes: \(tally.changed) change answers, \(tally.same) proved to change none, "
            + "\(tally.open) open; requests found \(tally.foundByRequests), missed \(tally.missed)"
        )
        fflush(nil)
      }
    }
    print(
      "\(done - min(first, done)) changes from seed \(seed): \(tally.changed) decisions change, \(tally.same) proved the same, "
        + "\(tally.open) open (of these \(tally.openButFound) found by requests); "
        + "\(tally.missed) missed, \(tally.untold) of a kind that was not told; "
        + "\(tally.wrong) of \(tally.witnesses) witnesses false")
    return tally.missed + tally.wrong == 0 ? 0 : 1
  }

  /// A change as people read it.
  private static func words(_ change: AnswerChange) -> String {
    change.words(in: .english).text(in: .english)
  }

  private static func answer(of set: PolicySet, _ name: String, _ request: JSONTree) -> JSONTree {
    var out: [UInt8] = []
    let (decision, body, id) = (Array(name.utf8), request.bytes, [UInt8]())
    _ = Evaluator(set).decide(
      decision: decision.span, body: body.span, requestID: id.span, today: Day(number: 20_700),
      into: &out)
    return JSONTree(parsing: out) ?? .null
  }

  /// Decisions and those that they use.
  private static func used(by decisions: [Reference], in set: TypedSet) -> Set<Reference> {
    var found = Set(decisions)
    var open = decisions
    while let next = open.popLast() {
      let uses = set.policies[next.policy].decisions[next.index].uses
      open += uses.filter { found.insert($0).inserted }
    }
    return found
  }

  /// The decisions of the policy that the mutant stands in, one by one.
  private static func look(
    at mutant: Mutant, in policy: Int, _ set: PolicySet, _ random: inout SplitMix64,
    _ tally: inout Tally, isPassedOver: Bool
  ) {
    let types = mutant.applied(to: set.types)
    let owner = set.types.policies[policy]
    let decisions: [Int] =
      switch mutant.target {
      case .decision(let reference, _): [reference.index]
      default: Array(owner.decisions.indices)
      }
    let asked = used(by: decisions.map { Reference(policy: policy, index: $0) }, in: types)
    guard let other = PolicySet(types, digest: "sha256:changed", decisions: asked) else { return }
    for index in decisions {
      let name = "\(owner.name).\(owner.decisions[index].name)"
      let requestSeed = random.next()
      if isPassedOver { continue }
      let diff = SemanticDiff(from: set, to: other, decision: name)
      guard let found = diff.decisions.first else { continue }
      var sampled = SampledRequests(set, decision: name, seed: requestSeed)
      let shown = sampled?.difference(set, other, tries: requests)
      let differing = shown?.request.text
      if differing != nil { tally.foundByRequests += 1 }
      for change in found.changes {
        tally.witnesses += 1
        let request = change.witness.request
        if AnswerChange(from: answer(of: set, name, request), to: answer(of: other, name, request))
          .isEmpty
        {
          tally.add(\.wrong, "FALSE \(name) \(mutant.change): \(request.text)")
        }
      }
      if let shown, found.isWhole, found.verdict == .changed {
        let kind = Self.words(AnswerChange(from: shown.before ?? .null, to: shown.answer).kind)
        let told = found.changes.map { Self.words($0.change) }
        if !told.contains(kind) {
          tally.add(
            \.untold,
            "UNTOLD \(name) \(mutant.change): \(kind), but \(told): \(shown.request.text)")
        }
      }
      switch found.verdict {
      case .changed: tally.changed += 1
      case .same:
        tally.same += 1
        if let differing {
          tally.add(
            \.missed,
            "MISSED \(name) \(mutant.change) at \(mutant.range) proved the same: \(differing)")
        }
      case .open:
        tally.open += 1
        if differing != nil {
          tally.openButFound += 1
          tally.add(
            \.missed,
            "MISSED \(name) \(mutant.change) open: \(found.open.map(\.expressions)): \(differing ?? "")"
          )
        }
      case .added, .removed: break
      }
    }
  }
}
