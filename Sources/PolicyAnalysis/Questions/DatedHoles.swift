/// Days between the days of a set on which something is missing: the value of a parameter, somebody for a post.
internal import PolicyCompiler
internal import PolicyRuntime
internal import PolicySource

/// Days before the first value of a parameter.
enum ParameterHoles {
  /// A parameter without which a request gets an error.
  struct Found: Sendable {
    /// Its place among all parameters.
    let order: Int
    let finding: SetFindings.Finding
  }

  /// A parameter, and the day of its first value.
  struct Hole {
    let order: Int
    let parameter: TypedParameter
    let until: Day
  }

  /// The parameters that a reading asked for and that have no value from the start.
  static func holes(read: Set<Reference>, _ set: TypedSet) -> [Hole] {
    read.compactMap { reference in
      let parameter = set.policies[reference.policy].parameters[reference.index]
      guard let first = parameter.values.first?.from else { return nil }
      return Hole(
        order: reference.policy << 16 | reference.index, parameter: parameter, until: first)
    }.sorted { $0.order < $1.order }
  }
}

/// Days between the terms of a post on which nobody has it.
struct RegisterHoles {
  private(set) var findings: [SetFindings.Finding] = []
  private let set: TypedSet

  /// A term of somebody.
  private struct Term {
    let from: Int
    let until: Int
    let range: SourceRange
  }

  init(_ set: TypedSet) {
    self.set = set
    for post in set.types.posts.indices {
      let holders = set.holders.filter { $0.post == post }
      let always = holders.filter { $0.scope.allSatisfy { $0.tests.isEmpty } }
      for group in Dictionary(grouping: holders, by: { key($0.scope) }).values {
        let terms = group.compactMap { term($0.from, $0.until, $0.range) }
        look(
          terms, besides: always.compactMap { term($0.from, $0.until, $0.range) }, post,
          isHeld: true)
      }
      let delegations = set.delegations.filter { $0.post == post }
      let all = delegations.filter { $0.decision == nil }.compactMap {
        term($0.from, $0.until, $0.range)
      }
      for group in Dictionary(grouping: delegations, by: \.decision).values {
        let terms = group.compactMap { term($0.from, $0.until, $0.range) }
        let others = all + always.compactMap { term($0.from, $0.until, $0.range) }
        look(terms, besides: others, post, isHeld: false)
      }
    }
    findings.sort {
      ($0.diagnostic.range.file.index, $0.diagnostic.range.lower)
        < ($1.diagnostic.range.file.index, $1.diagnostic.range.lower)
    }
  }

  private func term(_ from: Day?, _ until: Day?, _ range: SourceRange?) -> Term? {
    range.map {
      Term(
        from: from?.number ?? Day.first.number, until: until?.number ?? Day.last.number, range: $0)
    }
  }

  /// What a post is held for, as one text.
  private func key(_ scope: [TypedTable.Cell]) -> String {
    scope.map { "\($0.negated)\($0.tests)" }.joined(separator: "|")
  }

  /// Reports the first day behind a term on which nobody follows, when somebody does later.
  private mutating func look(_ terms: [Term], besides others: [Term], _ post: Int, isHeld: Bool) {
    let sorted = terms.sorted { ($0.from, $0.until) < ($1.from, $1.until) }
    guard var last = sorted.first else { return }
    for next in sorted.dropFirst() {
      var first = last.until + 1
      // Others may fill the days between.
      for other in others.sorted(by: { $0.from < $1.from }) where other.from <= first {
        first = max(first, other.until + 1)
      }
      if first < next.from {
        let between = others.map(\.from).filter { $0 > first }.min() ?? next.from
        findings.append(
          .init(
            diagnostic: FindingMessages.nobody(
              set.types.posts[post].name, from: Day(number: first),
              until: Day(number: min(between, next.from) - 1), isHeld: isHeld, at: next.range,
              before: last.range)))
      }
      if next.until > last.until { last = next }
    }
  }
}
