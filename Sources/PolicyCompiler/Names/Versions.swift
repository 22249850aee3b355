/// Versions: files that carry one policy on different days, and which of them are in force together.
///
/// The days at which a version begins or ends cut time into epochs. Within an epoch the same versions are in
/// force throughout, so that checking one set per epoch checks every combination that can occur.
public import PolicyRuntime
public import PolicySource
public import PolicySyntax

/// A span of days on which the same versions are in force.
public struct PolicyEpoch: Sendable {
  /// The first day.
  public let from: Day
  /// The last day.
  public let until: Day
  /// One tree for each policy: the version in force, or the nearest one where none is.
  public let trees: [PolicyTree]
  /// The files that are in force on no day of the epoch: they are there so that their names are known.
  public let asleep: Set<FileID>
}

extension PolicyChecker {
  /// Cuts time where a version of a policy begins or ends; one epoch when no policy has several.
  public static func epochs(of policies: [PolicyTree]) -> ([PolicyEpoch], DiagnosticList) {
    var finder = EpochFinder(policies)
    return (finder.run(), finder.diagnostics)
  }
}

/// One file of a policy that has several.
private struct PolicyVersion {
  let tree: PolicyTree
  let from: Day
  let until: Day

  init(_ tree: PolicyTree) {
    self.tree = tree
    from = Self.day(tree.header.effectiveFrom) ?? .first
    until = Self.day(tree.header.effectiveUntil) ?? .last
  }

  /// Where the version says when it holds.
  var range: SourceRange {
    (tree.header.effectiveUntil ?? tree.header.effectiveFrom)?.range ?? tree.header.name.range
  }

  private static func day(_ tree: ExpressionTree?) -> Day? {
    guard case .date(let text)? = tree?.kind else { return nil }
    return Day(text: text.utf8)
  }

  func meets(_ other: (from: Day, until: Day)) -> Bool {
    from <= other.until && other.from <= until
  }
}

private struct EpochFinder {
  /// Epochs that one set may have.
  static let most = 64

  let policies: [PolicyTree]
  var diagnostics = DiagnosticList()
  /// The policies with several versions, each from the earliest.
  private var versioned: [[PolicyVersion]] = []
  /// All other files: those of one policy without `effective` are a mistake that the checker reports.
  private var single: [PolicyVersion] = []

  init(_ policies: [PolicyTree]) { self.policies = policies }

  mutating func run() -> [PolicyEpoch] {
    sort()
    for versions in versioned { checkRanges(versions) }
    var starts: Set<Day> = [.first]
    for version in versioned.joined() {
      starts.insert(version.from)
      if let next = version.until.adding(days: 1) { starts.insert(next) }
    }
    let days = starts.sorted()
    guard days.count <= Self.most else {
      if let last = versioned.last?.last {
        diagnostics.add(VersionMessages.tooManyVersions(at: last.range))
      }
      return []
    }
    return days.indices.map { index in
      let end = index + 1 < days.count ? Day(number: days[index + 1].number - 1) : .last
      return epoch(from: days[index], until: end)
    }
  }

  private mutating func sort() {
    var names: [String] = []
    var groups: [String: [PolicyTree]] = [:]
    for tree in policies {
      let name = tree.header.name.text
      if groups[name] == nil { names.append(name) }
      groups[name, default: []].append(tree)
    }
    for name in names {
      let versions = (groups[name] ?? []).map { PolicyVersion($0) }.sorted { $0.from < $1.from }
      let distinct = Set(versions.map(\.from)).count == versions.count
      if versions.count > 1, distinct, !name.isEmpty {
        versioned.append(versions)
      } else {
        single += versions
      }
    }
  }

  private mutating func checkRanges(_ versions: [PolicyVersion]) {
    for (earlier, later) in zip(versions, versions.dropFirst()) {
      let eve = Day(number: later.from.number - 1)
      if earlier.until >= later.from {
        diagnostics.add(
          VersionMessages.overlappingVersions(
            later.tree.header.name, from: later.from, until: eve, first: earlier.range))
      } else if earlier.until < eve {
        diagnostics.add(
          VersionMessages.holeBetweenVersions(
            later.tree.header.name, from: Day(number: earlier.until.number + 1), until: eve,
            first: earlier.range))
      }
    }
  }

  private func epoch(from: Day, until: Day) -> PolicyEpoch {
    var trees: [PolicyTree] = []
    var asleep: Set<FileID> = []
    for versions in versioned {
      // In a hole the version before it stands in; before all versions the first does.
      let chosen = versions.last { $0.from <= from } ?? versions[0]
      if !chosen.meets((from, until)) { asleep.insert(chosen.tree.range.file) }
      trees.append(chosen.tree)
    }
    for version in single {
      if !version.meets((from, until)) { asleep.insert(version.tree.range.file) }
      trees.append(version.tree)
    }
    // Without versions a policy is never left out: its programs say themselves when it is in force.
    return PolicyEpoch(
      from: from, until: until, trees: trees, asleep: versioned.isEmpty ? [] : asleep)
  }
}

/// The words about versions.
enum VersionMessages {
  static func holeBetweenVersions(
    _ name: Name, from: Day, until: Day, first: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "hole-between-versions", .warning,
      "no version of `\(name.text)` is in force from \(from.text) until \(until.text)",
      at: name.range, notes: [.init("the version before ends here", at: first)])
  }

  static func overlappingVersions(
    _ name: Name, from: Day, until: Day, first: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "overlapping-versions", .error,
      "two versions of `\(name.text)` are in force on \(from.text)", at: name.range,
      notes: [.init("the version before", at: first)],
      help: "let it end on the day before: `until \(until.text)`")
  }

  static func tooManyVersions(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "too-many-versions", .error,
      "the versions of the set cut time into more than \(EpochFinder.most) parts", at: range,
      help: "put versions that nobody asks about any more into another folder")
  }
}
