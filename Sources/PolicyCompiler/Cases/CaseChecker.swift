/// Checks sample cases against a set: which case copies which, days, and what comes of the lines.
internal import PolicyRuntime
public import PolicySource
public import PolicySyntax

extension PolicyChecker {
  /// Checks the cases of one file; a case with a mistake is left out of the result.
  public static func check(
    _ cases: CasesTree, in set: TypedSet, files: SourceFiles
  ) -> (TypedCases, DiagnosticList) {
    let checker = CaseChecker(cases, in: set, files: files)
    return (checker.check(), checker.owner.diagnostics)
  }
}

extension SetChecker {
  /// A checker over a finished set, for the literals of sample cases.
  convenience init(checked set: TypedSet, files: SourceFiles) {
    self.init([], files: files)
    self.set = set
    self.set.files = files
    for (index, policy) in set.policies.enumerated() {
      if policyIndex[policy.name] == nil { policyIndex[policy.name] = index }
    }
    for (index, post) in set.types.posts.enumerated() { postIndex[post.name] = index }
    for record in set.types.records {
      fieldIndex.append(
        Dictionary(record.fields.enumerated().map { ($1.name, $0) }) { first, _ in first })
    }
    for enumeration in set.types.enumerations {
      memberIndex.append(
        Dictionary(enumeration.members.enumerated().map { ($1.name, $0) }) { first, _ in first })
    }
  }
}

/// Checks one file of cases.
final class CaseChecker {
  let owner: SetChecker
  private(set) var tree: CasesTree
  /// The policy that the cases are for.
  var policy = 0
  /// The type of each input that a case may give.
  var inputs: [String: ValueType] = [:]

  /// What the lines of a case amount to, before and after those that it copies.
  struct Supposition {
    var facts: [String: CaseValue] = [:]
    var unknown: [String] = []
    var clearances: [TypedClearance] = []
    var acts: [TypedAct] = []
    var asOf: Day?
    var today: Day?
    /// Whether every line could be read.
    var sound = true
  }

  init(_ tree: CasesTree, in set: TypedSet, files: SourceFiles) {
    self.tree = tree
    owner = SetChecker(checked: set, files: files)
  }

  func report(_ diagnostic: Diagnostic) { owner.report(diagnostic) }

  func check() -> TypedCases {
    var result = TypedCases(policy: tree.policy.text)
    guard let index = owner.policyIndex[tree.policy.text] else {
      if !tree.policy.text.isEmpty {
        let names = owner.policyIndex.keys.sorted()
        report(.unknownPolicy(tree.policy, nearest: owner.nearest(tree.policy.text, names)))
      }
      return result
    }
    policy = index
    collectInputs()
    tree.cases += sheetCases()
    let order = caseOrder()
    var suppositions: [Int: Supposition] = [:]
    var checked: [Int: TypedCase] = [:]
    for (index, like) in order {
      let start = like.map { suppositions[$0] ?? Supposition() } ?? Supposition()
      let supposed = suppose(tree.cases[index], start)
      suppositions[index] = supposed
      checked[index] = finish(tree.cases[index], supposed)
    }
    result.cases = tree.cases.indices.compactMap { checked[$0] }
    return result
  }

  // MARK: Which case copies which

  /// The cases so that each comes after the one it is like; those in a circle are reported and left out.
  private func caseOrder() -> [(index: Int, like: Int?)] {
    var indices: [String: Int] = [:]
    for (index, sample) in tree.cases.enumerated() where !sample.name.text.isEmpty {
      if let first = indices[sample.name.text] {
        report(.duplicateCase(sample.name, first: tree.cases[first].name.range))
      } else {
        indices[sample.name.text] = index
      }
    }
    let likes: [Int?] = tree.cases.map { sample in
      guard let like = sample.like, !like.text.isEmpty else { return nil }
      if let index = indices[like.text] { return index }
      report(.unknownCase(like, nearest: owner.nearest(like.text, indices.keys.sorted())))
      return nil
    }
    var broken: Set<Int> = []
    for cycle in owner.findCycles(count: likes.count, { likes[$0].map { [$0] } ?? [] }) {
      guard let like = tree.cases[cycle[0]].like else { continue }
      report(.cyclicLike(like, chain: (cycle + [cycle[0]]).map { tree.cases[$0].name.text }))
      broken.formUnion(cycle)
    }
    var order: [(index: Int, like: Int?)] = []
    var placed: Set<Int> = []
    for index in tree.cases.indices {
      var chain: [Int] = []
      var next: Int? = index
      while let at = next, !placed.contains(at), !broken.contains(at) {
        chain.append(at)
        next = likes[at]
      }
      if let next, broken.contains(next) {
        broken.formUnion(chain)
        continue
      }
      for at in chain.reversed() {
        order.append((at, likes[at]))
        placed.insert(at)
      }
    }
    return order
  }

  // MARK: One case

  private func suppose(_ sample: CaseTree, _ start: Supposition) -> Supposition {
    var result = start
    if let tree = sample.asOf {
      result.asOf = owner.day(tree)
      if result.asOf == nil { result.sound = false }
    }
    if let tree = sample.today {
      result.today = owner.day(tree)
      if result.today == nil { result.sound = false }
    }
    for fact in sample.facts {
      switch fact {
      case .given(let path, let value): give(path, value, &result)
      case .unknown(let path): forget(path, &result)
      case .clearance(let clearance):
        if let typed = self.clearance(clearance) {
          result.clearances.append(typed)
        } else {
          result.sound = false
        }
      case .act(let act):
        if let typed = self.act(act) {
          result.acts.append(typed)
        } else {
          result.sound = false
        }
      }
    }
    return result
  }

  private func finish(_ sample: CaseTree, _ supposed: Supposition) -> TypedCase? {
    let expectations = sample.expectations.map(expectation)
    if sample.asOf == nil, supposed.asOf == nil, supposed.sound, !sample.name.text.isEmpty {
      report(.asOfMissing(sample.name))
    }
    let typed = expectations.compactMap(\.self)
    guard let asOf = supposed.asOf, supposed.sound, typed.count == expectations.count else {
      return nil
    }
    return TypedCase(
      name: sample.name.text, label: owner.plain(sample.label) ?? sample.name.text, asOf: asOf,
      today: supposed.today ?? asOf, facts: supposed.facts, unknown: supposed.unknown,
      clearances: supposed.clearances, acts: supposed.acts, expectations: typed, range: sample.range
    )
  }

  /// The policy's own inputs, then those of policies that its decisions refer to, then all others.
  private func collectInputs() {
    var order = [policy]
    var seen: Set<Int> = [policy]
    var position = 0
    while position < order.count {
      for decision in owner.set.policies[order[position]].decisions {
        for used in decision.uses where seen.insert(used.policy).inserted {
          order.append(used.policy)
        }
      }
      position += 1
    }
    for index in owner.set.policies.indices where !seen.contains(index) { order.append(index) }
    for index in order {
      for input in owner.set.policies[index].inputs where inputs[input.field.name] == nil {
        inputs[input.field.name] = input.field.type
      }
    }
  }
}
