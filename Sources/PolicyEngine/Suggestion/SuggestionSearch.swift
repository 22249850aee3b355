/// Looking for cases of one decision that show what no case shows, or notice what no case notices.
import PolicyCompiler
import PolicyRuntime
import PolicySource

/// A case that was found.
struct FoundCase: Sendable {
  let epoch: Int
  /// The decision that it asks.
  let decision: Reference
  let sample: TypedCase
  /// The expectations that the present answer meets, each as it stands behind `expect`.
  let expectations: [String]
  /// The request.
  let body: [UInt8]
  /// The sides that it shows of what is missing.
  var shows: [CoverageItem.Key: CoverageSides]
  /// The numbers of the mutants that it notices.
  var notices: Set<Int>
  /// Which of the cases it was made of.
  let base: Int
}

/// The search for one decision.
final class SuggestionSearch {
  /// Cases that are started from.
  private static let bases = 24
  /// Requests that are tried with one move, and with two.
  private static let singles = 8_000
  private static let pairs = 8_000
  /// How often mutants may decide.
  private static let mutantRuns = 100_000

  private let bench: CaseBench
  private let epoch: Int
  private let decision: BenchedDecision
  private let types: TypedSet
  private var moves: CaseMoves
  private let watch: CoverageWatch
  private let solo: SoloProgram
  private let writer: ExpectedAnswer
  private let missing: [CoverageItem.Key: CoverageSides]
  /// What is still looked for.
  private var open: [Int: CoverageSides] = [:]
  private var mutants: [(number: Int, solo: SoloProgram)] = []
  private var mutantRuns = 0
  private var tried: Set<[UInt8]> = []
  private var found: [FoundCase] = []

  init(
    _ bench: CaseBench, epoch: Int, decision: BenchedDecision,
    missing: [CoverageItem.Key: CoverageSides], mutants: [(number: Int, mutant: Mutant)]
  ) {
    self.bench = bench
    self.epoch = epoch
    self.decision = decision
    self.missing = missing
    types = bench.set.epochs[epoch].types
    watch = CoverageWatch(Lowering.watched(decision.reference, in: types))
    solo = SoloProgram(watch.watched.program)
    moves = CaseMoves(types, decision)
    let place = decision.reference
    writer = ExpectedAnswer(
      decision: types.policies[place.policy].decisions[place.index], types: types)
    for (number, item) in watch.watched.items.enumerated() {
      let sides = missing[item.key]?.intersection(item.asked) ?? []
      if !sides.isEmpty { open[number] = sides }
    }
    for (number, mutant) in mutants {
      let (program, found) = Lowering.lower(decision.reference, in: mutant.applied(to: types))
      if !found.hasErrors { self.mutants.append((number, SoloProgram(program))) }
    }
  }

  private var isDone: Bool { open.isEmpty && mutants.isEmpty }

  /// The cases that were found.
  func run() -> [FoundCase] {
    if isDone { return [] }
    var bases: [TypedCase] = []
    var known: Set<[UInt8]> = []
    for benched in bench.cases(near: decision, epoch: epoch) {
      guard case .sample(let sample, _) = benched.demand, known.insert(benched.body).inserted
      else { continue }
      moves.learn(sample)
      bases.append(sample)
    }
    if bases.count > Self.bases {
      // Spread over all of them: the first ones are much alike.
      let step = bases.count / Self.bases
      bases = stride(from: 0, to: bases.count, by: step).map { bases[$0] }
    }
    if bases.isEmpty { return [] }
    // A case may notice more when more is expected of it.
    for (place, base) in bases.enumerated() where !mutants.isEmpty { attempt(base, place) }
    single(bases)
    // What was found is a start as well.
    var next = 0
    while next < found.count, next < Self.bases, !isDone {
      let start = found[next]
      single([start.sample], number: start.base)
      next += 1
    }
    pairs(bases)
    return found
  }

  private func single(_ bases: [TypedCase], number: Int? = nil) {
    for (place, base) in bases.enumerated() where !isDone {
      let all = moves.moves(from: base, compared: compared(in: base))
      let most = Self.singles / bases.count
      // Too many are thinned out evenly.
      let step = max(1, (all.count + most - 1) / most)
      for move in stride(from: 0, to: all.count, by: step) where !isDone {
        if let moved = moves.made(all[move], of: base) { attempt(moved, number ?? place) }
      }
    }
  }

  private func pairs(_ bases: [TypedCase]) {
    var random = SplitMix64(seed: 0x5EED)
    for (place, base) in bases.enumerated() where !isDone {
      let all = moves.moves(from: base, compared: compared(in: base))
      guard all.count > 1 else { continue }
      for _ in 0..<Self.pairs / bases.count where !isDone {
        let (first, second) = (random.below(all.count), random.below(all.count))
        guard let once = moves.made(all[first], of: base),
          let twice = moves.made(all[second], of: once)
        else { continue }
        attempt(twice, place)
      }
    }
  }

  /// What is compared in the run of a case.
  private func compared(in sample: TypedCase) -> [(left: Int128, right: Int128)] {
    watch.startAnew()
    watch.run(request(sample), on: sample.asOf)
    return watch.comparisons
  }

  private func request(_ sample: TypedCase) -> [UInt8] {
    CaseRequest(sample: sample, program: solo.program, types: types).body
  }

  /// Runs a case, and keeps it when it shows or notices something more.
  private func attempt(_ sample: TypedCase, _ base: Int) {
    let body = request(sample)
    guard tried.insert(body).inserted, !isDone else { return }
    let (status, bytes) = solo.decide(body, on: sample.asOf)
    guard status == 200 else { return }
    watch.startAnew()
    watch.run(body, on: sample.asOf)
    let shown = open.filter { number, sides in
      !watch.seen[number].isDisjoint(with: sides)
    }
    let hasHistory = !sample.acts.isEmpty
    let own = writer.lines(CaseAnswer(status: status, body: bytes), hasHistory: hasHistory)
    guard let own else { return }
    var noticed: Set<Int> = []
    for (number, mutant) in mutants {
      let other = mutant.decide(body, on: sample.asOf)
      if other.bytes == bytes { continue }
      let answer = CaseAnswer(status: other.status, body: other.bytes)
      if writer.lines(answer, hasHistory: hasHistory) != own { noticed.insert(number) }
    }
    mutantRuns += mutants.count
    if mutantRuns > Self.mutantRuns { mutants = [] }
    if !shown.isEmpty || !noticed.isEmpty { keep(sample, own, body, shown, noticed, base) }
  }

  private func keep(
    _ sample: TypedCase, _ expectations: [String], _ body: [UInt8], _ shown: [Int: CoverageSides],
    _ noticed: Set<Int>, _ base: Int
  ) {
    var shows: [CoverageItem.Key: CoverageSides] = [:]
    for (number, sides) in shown {
      shows[watch.watched.items[number].key, default: []].formUnion(
        watch.seen[number].intersection(sides))
      open[number] = sides.subtracting(watch.seen[number])
      if open[number]?.isEmpty == true { open[number] = nil }
    }
    mutants.removeAll { noticed.contains($0.number) }
    found.append(
      FoundCase(
        epoch: epoch, decision: decision.reference, sample: sample, expectations: expectations,
        body: body, shows: shows, notices: noticed, base: base))
  }
}
