/// Making each small mistake in turn, and asking the sample cases whether they notice.
public import PolicyCompiler
import PolicyRuntime
import PolicySource
import Synchronization

/// What is to be made of the mutants of a set.
public struct MutationRun: Sendable {
  /// Only mutants of this policy; nil is all.
  public var policy: String?
  /// Only cases whose `policy.name` contains this; nil is all.
  public var filter: String?
  /// Says of a mutant that no case notices whether it is the same policy in other words, so that none can.
  ///
  /// It is called for those alone, on any thread. Those that it names are counted apart.
  public var isEquivalent: (@Sendable (Mutant, PolicySet) -> Bool)?
  /// Told now and then how many mutants are done, and of how many.
  public var progress: (@Sendable (_ done: Int, _ all: Int) -> Void)?

  /// A run over everything.
  public init() {}
}

/// A mutant in every epoch in which its policy is in force.
struct SetMutant: Sendable {
  let first: Mutant
  var forms: [(epoch: Int, mutant: Mutant)]
}

extension MutationRun {
  /// The mutants of a set, by policy and in the order of the declarations.
  func mutants(of set: PolicySet) -> [SetMutant] {
    var found: [SetMutant] = []
    var places: [Mark: Int] = [:]
    for (number, epoch) in set.epochs.enumerated() {
      for (index, typed) in epoch.types.policies.enumerated() {
        if epoch.asleep.contains(typed.range.file) { continue }
        if let policy, typed.name != policy { continue }
        var repeats: [Mark: Int] = [:]
        for mutant in Mutant.all(of: index, in: epoch.types) {
          var mark = Mark(mutant)
          mark.turn = repeats[mark, default: 0]
          repeats[Mark(mutant), default: 0] += 1
          if let place = places[mark] {
            found[place].forms.append((number, mutant))
          } else {
            places[mark] = found.count
            found.append(SetMutant(first: mutant, forms: [(number, mutant)]))
          }
        }
      }
    }
    return found
  }

  /// What makes mutants of two epochs the same.
  private struct Mark: Hashable {
    let range: SourceRange
    let kind: Mutant.Kind
    let change: Mutant.Change
    /// Which of several that look the same.
    var turn = 0

    init(_ mutant: Mutant) {
      range = mutant.range
      kind = mutant.kind
      change = mutant.change
    }
  }
}

/// What became of a mutant.
enum MutantFate: Sendable {
  case noticed
  /// No case notices; whether one at least asks a decision that it changes.
  case unnoticed(isAsked: Bool)
  /// The same policy in other words.
  case equivalent
  /// It does not compile, as when it grows too costly, or no decision uses what it changes.
  case none
}

extension CaseBench {
  /// What becomes of a mutant.
  func fate(of mutant: SetMutant) -> MutantFate {
    var (isUsed, isAsked) = (false, false)
    for (number, form) in mutant.forms {
      let element = form.target.element
      let affected = epochs[number].filter { $0.elements.contains(element) }
      if affected.isEmpty { continue }
      isUsed = true
      let types = form.applied(to: set.epochs[number].types)
      // The decision that was changed itself comes first: most mistakes show there.
      let (own, others) = (
        affected.filter { element == .decision($0.reference) },
        affected.filter { element != .decision($0.reference) }
      )
      for decision in own + others where !decision.cases.isEmpty {
        isAsked = true
        let (program, found) = Lowering.lower(decision.reference, in: types)
        if found.hasErrors { return .none }
        let solo = SoloProgram(program)
        for benched in decision.cases where notices(benched, decision, solo, epoch: number) {
          return .noticed
        }
      }
    }
    return isUsed ? .unnoticed(isAsked: isAsked) : .none
  }
}

extension CaseSuite {
  /// Runs the cases against every mutant, on all cores.
  public func mutation(_ run: MutationRun = MutationRun()) -> MutationReport {
    let bench = DeepStack.run { CaseBench(self, filter: run.filter) }
    let mutants = DeepStack.run { run.mutants(of: self.set) }
    return mutation(run, bench, mutants)
  }

  /// The same for mutants that are known.
  func mutation(
    _ run: MutationRun, _ bench: CaseBench, _ mutants: [SetMutant]
  ) -> MutationReport {
    let done = Counter()
    let set = set
    let fates = ManyCores.map(mutants.count) { number -> MutantFate in
      var fate = bench.fate(of: mutants[number])
      if case .unnoticed = fate, run.isEquivalent?(mutants[number].first, set) == true {
        fate = .equivalent
      }
      let count = done.step()
      if count.isMultiple(of: 16) || count == mutants.count { run.progress?(count, mutants.count) }
      return fate
    }
    return MutationReport(zip(mutants, fates).map { ($0, $1) }, files: files)
  }

  private final class Counter: Sendable {
    private let count = Mutex(0)
    func step() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }
}
