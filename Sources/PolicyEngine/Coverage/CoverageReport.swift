/// What sample cases show of the policies of a set, and what they leave open.
public import PolicyCompiler
public import PolicyRuntime
public import PolicySource

/// The coverage of a set by its cases.
public struct CoverageReport: Sendable {
  /// Something that the cases are to show.
  public struct Entry: Sendable {
    /// What it is.
    public let item: CoverageItem
    /// The sides that cases have shown.
    public let seen: CoverageSides

    /// The sides that no case has shown.
    public var missing: CoverageSides { item.asked.subtracting(seen) }
    /// Whether nothing is missing.
    public var isCovered: Bool { missing.isEmpty }
  }

  /// How much of something is covered.
  public struct Count: Sendable, Equatable {
    /// What has been shown from all its sides.
    public internal(set) var covered = 0
    /// Everything.
    public internal(set) var all = 0

    /// Whole percent, never rounded up; 100 of nothing.
    public var percent: Int { all == 0 ? 100 : covered * 100 / all }

    /// Whether at least a share of it is covered.
    public func reaches(_ share: Decimal) -> Bool {
      Decimal(covered) >= Decimal(all).multiplied(by: share) ?? Decimal(all)
    }

    mutating func add(_ entry: Entry) {
      covered += entry.isCovered ? 1 : 0
      all += 1
    }
  }

  /// A policy.
  public struct Policy: Sendable {
    /// The name; empty for all together.
    public let name: String
    /// By area.
    public internal(set) var areas: [CoverageItem.Area: Count] = [:]
    /// All areas together.
    public internal(set) var total = Count()

    mutating func add(_ entry: Entry) {
      areas[entry.item.area, default: Count()].add(entry)
      total.add(entry)
    }
  }

  /// The files, for places.
  public let files: SourceFiles
  /// Everything, by policy and place.
  public let entries: [Entry]
  /// The policies by name.
  public let policies: [Policy]
  /// All of them together.
  public let total: Policy

  init(_ seen: [CoverageItem.Key: (item: CoverageItem, seen: CoverageSides)], files: SourceFiles) {
    self.files = files
    let entries = seen.values.map { Entry(item: $0.item, seen: $0.seen) }.sorted {
      Self.order($0.item, files) < Self.order($1.item, files)
    }
    var policies: [Policy] = []
    var total = Policy(name: "")
    for entry in entries {
      if policies.last?.name != entry.item.policy {
        policies.append(Policy(name: entry.item.policy))
      }
      policies[policies.count - 1].add(entry)
      total.add(entry)
    }
    self.entries = entries
    self.policies = policies
    self.total = total
  }

  /// By policy, its own file first, then place.
  private static func order(
    _ item: CoverageItem, _ files: SourceFiles
  ) -> (String, String, Int32, Int32, String) {
    let range = item.key.range
    let name = files[range.file].name
    let own = name.hasSuffix(".writ") ? " " + name : name
    return (item.policy, own, range.lower, -range.upper, item.key.mark)
  }

  /// The report for one policy.
  public func of(policy name: String) -> CoverageReport {
    let own = entries.filter { $0.item.policy == name }
    var seen: [CoverageItem.Key: (item: CoverageItem, seen: CoverageSides)] = [:]
    for entry in own { seen[entry.item.key] = (entry.item, entry.seen) }
    return CoverageReport(seen, files: files)
  }
}

extension CaseSuite {
  /// Runs the cases once more and looks at what their decisions show; `filter` as in `run`.
  public func coverage(filter: String? = nil) -> CoverageReport {
    DeepStack.run { self.watchedCoverage(filter) }
  }

  private func watchedCoverage(_ filter: String?) -> CoverageReport {
    let watches = set.epochs.map { epoch in
      epoch.programs.map { ($0.1.name, CoverageWatch(Lowering.watched($0.0, in: epoch.types))) }
    }
    func watch(_ name: String, _ home: Int) -> CoverageWatch? {
      watches[home].first { $0.0 == name }?.1
    }
    for ((policy, sample), home) in zip(cases, homes) {
      if let filter, !"\(policy).\(sample.name)".contains(filter) { continue }
      let types = set.epochs[home].types
      let names = sample.expectations.map { expectation in
        let policy = types.policies[expectation.decision.policy]
        return "\(policy.name).\(policy.decisions[expectation.decision.index].name)"
      }
      for name in Set(names) {
        guard let watch = watch(name, home) else { continue }
        let request = CaseRequest(sample: sample, program: watch.watched.program, types: types)
        watch.run(request.body, on: sample.asOf)
      }
    }
    for recorded in recorded {
      let policy = String(recorded.decision.prefix { $0 != "." })
      if let filter, !"\(policy).\(recorded.name)".contains(filter) { continue }
      let day = RequestReader.asOf(of: recorded.body.span) ?? Day(number: 0)
      guard let home = set.epochs.firstIndex(where: { $0.holds(day) }) else { continue }
      watch(recorded.decision, home)?.run(recorded.body, on: day)
    }
    var seen: [CoverageItem.Key: (item: CoverageItem, seen: CoverageSides)] = [:]
    for (_, watch) in watches.joined() {
      for (item, sides) in zip(watch.watched.items, watch.seen) {
        if var known = seen[item.key] {
          known.item.asked.formUnion(item.asked)
          known.seen.formUnion(sides)
          seen[item.key] = known
        } else {
          seen[item.key] = (item, sides)
        }
      }
    }
    return CoverageReport(seen, files: files)
  }
}
