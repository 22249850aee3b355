/// The changes of one decision on the days of one window: a request that shows one, what changes there, and the regions
/// in which it does.
internal import PolicyCompiler
internal import PolicyEngine
internal import PolicyRuntime
internal import PolicySource

/// Days on which one version of every policy is in force in either set.
struct DifferenceWindow {
  let from: Day
  let until: Day
  let old: (types: TypedSet, decision: Reference)
  let new: (types: TypedSet, decision: Reference)
  /// Whether there are others.
  var isPart = false
}

/// What a search found.
struct DifferenceFindings {
  var changes: [SemanticDiff.Change] = []
  var open: [SemanticDiff.Open] = []
  var isWhole = true

  mutating func add(_ other: DifferenceFindings) {
    changes += other.changes
    open += other.open.filter { one in
      !open.contains { $0.place == one.place && $0.expressions == one.expressions }
    }
    isWhole = isWhole && other.isWhole
  }
}

/// Two versions of a decision read into one context.
struct DifferenceSearch {
  private let name: String
  private let window: DifferenceWindow
  private let scope: Scope
  private let runners: (old: Runner, new: Runner)
  private let reader: Interpreter
  private let parts: [PartDifference]
  private let prover: Prover
  private let finder: RegionFinder
  private let maker: WitnessMaker
  /// The facts that the differences ask about, without results: these follow from others.
  private let askedFacts: [FactID]
  private var formulas: Formulas { reader.formulas }

  /// The regions of a change that are told, and the changes of a decision.
  private static let regionLimit = 12
  private static let fewRegions = 3
  private static let fewAttempts = 10
  private static let changeLimit = 24
  /// The regions without a request that shows a change that are passed over.
  private static let passLimit = 8

  init(
    _ name: String, _ window: DifferenceWindow, _ scope: Scope, _ new: PolicySet,
    _ runners: (old: Runner, new: Runner)
  ) {
    (self.name, self.window, self.scope, self.runners) = (name, window, scope, runners)
    let context = Context(scope)
    let old = Interpreter(window.old.types, context)
    reader = Interpreter(window.new.types, context)
    (old.side, reader.side) = (.old, .new)
    old.declare(window.old.decision, scope)
    reader.declare(window.new.decision, scope)
    let models = (old.model(window.old.decision), reader.model(window.new.decision))
    parts = PartDifferences(reader, old: old).differences(models.0, models.1)
    prover = Prover(context)
    finder = RegionFinder(prover)
    maker = WitnessMaker(interpreter: reader, policies: new, decision: name)
    let space = context.space
    askedFacts = context.formulas.facts(of: context.formulas.any(parts.flatMap(\.ways))).sorted()
      .filter { if case .result = space[$0].role { false } else { true } }
  }

  /// The parts of the answer that differ, each under its condition.
  ///
  /// - Parameter known: changes that are told already; nil is none. With them only requests are looked at in which
  ///   something is missing, cleared or decided.
  func run(besides known: Set<AnswerChange>? = nil) -> DifferenceFindings {
    var findings = DifferenceFindings()
    guard !parts.isEmpty else { return findings }
    var rest: [Formula] = [formulas.any(parts.map(\.when))]
    if known != nil {
      rest.append(reader.context.isOutOfTheOrdinary)
      // What could not be shown there is one line, not a list: it is not worth so many attempts.
      (prover.patience, prover.budget) = (Self.fewAttempts, 4 * Self.fewAttempts)
    }
    var told: [Formula] = []
    var passed: [Formula] = []
    for _ in 0..<Self.changeLimit {
      var found: [FactID: Int128] = [:]
      let proof = prover.prove(rest + passed) { values in
        found = self.completed(values)
        return self.confirm(found)
      }
      switch proof {
      case .never where passed.isEmpty: return findings
      case .shown(let witness):
        let goal = signature(of: parts.flatMap(\.ways), found)
        told.append(signature(of: parts.map(\.when), found))
        let change = AnswerChange(from: witness.before ?? .null, to: witness.answer).kind
        if known?.contains(where: change.isLike) != true {
          findings.changes.append(
            self.change(change, witness, in: [goal] + rest, isBeside: known != nil))
        }
        rest.append(goal.negated)
      case .open where passed.count < Self.passLimit:
        // The model says that something changes there and the answers do not: others may.
        if let cube = finder.cube(around: found, in: formulas.all(rest), within: []) {
          passed.append(formulas.all(cube.literals).negated)
        } else {
          return undecided(findings, rest, told)
        }
      case .never, .open: return undecided(findings, rest, told)
      }
    }
    findings.isWhole = prover.isNever(rest)
    return findings
  }

  private func undecided(
    _ findings: DifferenceFindings, _ rest: [Formula], _ told: [Formula]
  ) -> DifferenceFindings {
    var result = findings
    result.isWhole = false
    // What is left of told parts the other way round, as a step that could only come and not go, is no news.
    if !prover.isNever(rest + told.map(\.negated)) { result.open = open(rest) }
    return result
  }

  private func change(
    _ change: AnswerChange, _ witness: Witness, in goals: [Formula], isBeside: Bool
  ) -> SemanticDiff.Change {
    let words = RegionWords(context: reader.context)
    let (cubes, isWhole) = finder.cubes(
      of: formulas.all(goals), limit: isBeside ? Self.fewRegions : Self.regionLimit)
    return .init(
      change: change, regions: cubes.map { words.words($0, finder) + days }, isWhole: isWhole,
      witness: witness, isOrdinary: !scope.unknownFacts)
  }

  /// The days of a window, where there are several.
  private var days: [Phrase] {
    guard window.isPart else { return [] }
    return [AnalysisMessages.fromDayUntil(scope.from.text, scope.until.text)]
  }

  /// The condition under which just those differences hold that hold for these facts.
  private func signature(
    of differences: [Formula], _ values: [FactID: Int128]
  ) -> Formula {
    let complete = finder.complete(values, for: formulas.any(differences))
    return formulas.all(
      differences.map { formulas.holds($0, complete) == true ? $0 : $0.negated })
  }

  /// The values with one for each fact that the differences ask about.
  ///
  /// Whatever the search left open may be anything; but the region of a witness is that of the facts it brings.
  private func completed(_ values: [FactID: Int128]) -> [FactID: Int128] {
    var result = values
    for fact in askedFacts where result[fact] == nil {
      result[fact] = reader.space.plainest(fact, reader.space.domain(of: fact))
    }
    return result
  }

  /// Runs a request through both sets; nil when the answers are the same.
  private func confirm(_ values: [FactID: Int128]) -> Witness? {
    guard var request = maker.envelope(values) else { return nil }
    var before = runners.old.answer(name, request)
    // Facts that the older set does not take are left out, as far as the newer one does without them.
    for _ in 0..<8 {
      guard before["code"]?.word == "unknown_field", let pointer = before["pointer"]?.word else {
        break
      }
      request = request.without(pointer.split(separator: "/").map(String.init))
      before = runners.old.answer(name, request)
    }
    let after = runners.new.answer(name, request)
    let change = AnswerChange(from: before, to: after)
    if change.isEmpty || change.isOfErrors { return nil }
    return Witness(decision: name, request: request, answer: after, before: before)
  }

  /// What stood in the way: the results that the open differences hang on.
  private func open(_ rest: [Formula]) -> [SemanticDiff.Open] {
    parts.compactMap { part in
      if prover.isNever(rest + [part.when]) { return nil }
      let facts = reader.formulas.facts(of: part.when).sorted()
      let expressions = facts.compactMap { fact -> String? in
        guard case .result = reader.space[fact].role else { return nil }
        return reader.context.text(of: fact) ?? reader.space[fact].label
      }
      return .init(
        part: part.name, expressions: Array(Set(expressions)).sorted(),
        place: part.place)
    }
  }
}

extension JSONTree {
  /// The document without the member at the end of a path of names and numbers of items.
  fileprivate func without(_ path: [String]) -> JSONTree {
    guard let name = path.first else { return self }
    switch self {
    case .object(let members):
      if path.count == 1 { return .object(members.filter { $0.name != name }) }
      return .object(
        members.map { member in
          member.name == name
            ? .init(name, member.value.without(Array(path.dropFirst()))) : member
        })
    case .array(let items):
      return .array(
        items.enumerated().map { index, item in
          String(index) == name ? item.without(Array(path.dropFirst())) : item
        })
    default: return self
    }
  }
}
