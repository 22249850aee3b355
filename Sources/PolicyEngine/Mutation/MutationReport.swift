/// Which small mistakes in the policies the sample cases would notice, and which not.
public import PolicyCompiler
public import PolicyRuntime
public import PolicySource

/// What became of the mutants of a set.
public struct MutationReport: Sendable {
  /// A mutant that no case notices.
  public struct Survivor: Sendable {
    /// The mutant.
    public let mutant: Mutant
    /// Whether a case asks a decision that it changes.
    public let isAsked: Bool
    /// The mutant in every epoch.
    let forms: [(epoch: Int, mutant: Mutant)]
  }

  /// The figures of a policy.
  public struct Policy: Sendable {
    /// Its name; empty for all together.
    public let name: String
    /// Mutants that a case notices.
    public internal(set) var noticed = 0
    /// All but those that are the same policy in other words.
    public internal(set) var all = 0
    /// Those that are.
    public internal(set) var equivalent = 0

    /// Whole percent, never rounded up; 100 of nothing.
    public var percent: Int { all == 0 ? 100 : noticed * 100 / all }

    /// Whether at least a share of them is noticed.
    public func reaches(_ share: Decimal) -> Bool {
      Decimal(noticed) >= Decimal(all).multiplied(by: share) ?? Decimal(all)
    }

    mutating func add(_ fate: MutantFate) {
      switch fate {
      case .noticed:
        noticed += 1
        all += 1
      case .unnoticed: all += 1
      case .equivalent: equivalent += 1
      case .none: break
      }
    }
  }

  /// The files, for places.
  public let files: SourceFiles
  /// The mutants that no case notices, by policy and place.
  public let survivors: [Survivor]
  /// The policies by name.
  public let policies: [Policy]
  /// All of them together.
  public let total: Policy

  init(_ fates: [(mutant: SetMutant, fate: MutantFate)], files: SourceFiles) {
    self.files = files
    var survivors: [Survivor] = []
    var policies: [String: Policy] = [:]
    var total = Policy(name: "")
    for (all, fate) in fates {
      let mutant = all.first
      policies[mutant.policy, default: Policy(name: mutant.policy)].add(fate)
      total.add(fate)
      if case .unnoticed(let isAsked) = fate {
        survivors.append(Survivor(mutant: mutant, isAsked: isAsked, forms: all.forms))
      }
    }
    self.survivors = survivors.enumerated().sorted {
      Self.order($0.element.mutant, $0.offset, files)
        < Self.order($1.element.mutant, $1.offset, files)
    }.map(\.element)
    self.policies = policies.values.sorted { $0.name < $1.name }
    self.total = total
  }

  /// By policy, its own file first, then place.
  private static func order(
    _ mutant: Mutant, _ turn: Int, _ files: SourceFiles
  ) -> (String, String, Int32, Int32, Int) {
    let name = files[mutant.range.file].name
    let own = name.hasSuffix(".writ") ? " " + name : name
    return (mutant.policy, own, mutant.range.lower, -mutant.range.upper, turn)
  }
}
