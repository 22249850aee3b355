/// What the sample cases of a set are to show, and where the careful code of a decision shows it.
public import PolicyRuntime
public import PolicySource

/// The sides from which cases can have looked at something.
public struct CoverageSides: OptionSet, Hashable, Sendable {
  /// One bit for each side.
  public let rawValue: UInt8
  /// Makes a set of its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// It was true; the clause held; the row was used.
  public static let yes = CoverageSides(rawValue: 1 << 0)
  /// It was false; the clause did not hold.
  public static let no = CoverageSides(rawValue: 1 << 1)
  /// A value below the threshold.
  public static let below = CoverageSides(rawValue: 1 << 2)
  /// A value exactly at it.
  public static let at = CoverageSides(rawValue: 1 << 3)
  /// A value above it.
  public static let above = CoverageSides(rawValue: 1 << 4)

  /// It was true, and would it not have been, the condition that it is a part of would have come out otherwise.
  public static let yesDecides = CoverageSides(rawValue: 1 << 5)
  /// The same, where it was false.
  public static let noDecides = CoverageSides(rawValue: 1 << 6)

  /// Both ways in which a part of a condition decides alone.
  public static let deciding: CoverageSides = [.yesDecides, .noDecides]
  /// Both ways of a condition.
  public static let both: CoverageSides = [.yes, .no]
  /// Both sides of a threshold, and the threshold itself.
  public static let around: CoverageSides = [.below, .at, .above]

  /// The side of one value against another.
  public static func side(of left: Int128, against right: Int128) -> CoverageSides {
    left < right ? .below : left == right ? .at : .above
  }
}

/// What kind of clause it is that can hold or not.
public enum CoverageClause: String, Sendable {
  case deny, hold, require, step, start, give, otherwise, sign, duty, copy, notify, file, points
  case value
  case appliesWhen = "applies_when"
  case atMost = "at_most"
  case none = "nil"
  case noBetterThan = "no_better_than"
  /// Whether a clearance lifts a clause.
  case clearedBy = "cleared_by"
}

/// Something that the cases are to show from all its sides.
public struct CoverageItem: Sendable {
  /// What makes two items of different decisions the same: they are one place of the policy.
  public struct Key: Hashable, Sendable {
    /// What is underlined.
    public let range: SourceRange
    /// What else tells it from others of that place.
    public let mark: String
    /// Makes a key.
    public init(_ range: SourceRange, _ mark: String) {
      self.range = range
      self.mark = mark
    }
  }

  /// The groups that a report counts.
  public enum Area: String, CaseIterable, Sendable { case clauses, conditions, thresholds, rows }

  /// What it is.
  public enum Kind: Sendable {
    /// A clause and its code, step, class or figure.
    case clause(CoverageClause, code: String)
    /// A condition, or a part of one.
    case condition
    /// A definition that is true or false.
    case definition(name: String)
    /// A comparison, or the bound of a key.
    case threshold(CoverageBound)
    /// What is used and asked, against the limit.
    case limit
    /// The same, against the share of the limit from which it warns.
    case warning
    /// A row of a table.
    case row(table: String)
  }

  /// The place.
  public let key: Key
  /// The name of the policy that it stands in.
  public let policy: String
  /// What it is.
  public let kind: Kind
  /// The sides that a case can show.
  public var asked: CoverageSides

  /// Makes an item.
  public init(_ key: Key, policy: String, _ kind: Kind, asked: CoverageSides) {
    self.key = key
    self.policy = policy
    self.kind = kind
    self.asked = asked
  }

  /// The group that it is counted in.
  public var area: Area {
    switch kind {
    case .clause: .clauses
    case .condition, .definition: .conditions
    case .threshold, .limit, .warning: .thresholds
    case .row: .rows
    }
  }
}

/// What a value is compared with, in words for people.
public struct CoverageBound: Sendable {
  /// How the sides are called.
  public enum Scale: Sendable {
    /// Below and above.
    case amount
    /// Before and after.
    case day
    /// Better and worse.
    case bestFirst
  }

  /// What is compared: `order.paid`, or the key of a table; empty where it is underlined.
  public var subject: String
  /// With what: `5,000.00 CNY`, or the words of an expression.
  public var bound: String
  /// Whether the bound is a figure or a parameter, and not an expression.
  public var isFixed: Bool
  /// How the sides are called.
  public var scale: Scale

  /// Makes a bound.
  public init(subject: String, bound: String, isFixed: Bool, scale: Scale) {
    self.subject = subject
    self.bound = bound
    self.isFixed = isFixed
    self.scale = scale
  }
}

/// Where the careful code shows an item: before the instruction `at` the slots hold what is looked at.
public struct CoverageProbe: Sendable {
  /// What is read.
  public enum Reading: Sendable {
    /// Whether a slot is true.
    case truth(item: Int, slot: Int)
    /// The side of one slot against another, when the comparison of both came to something.
    case comparison(item: Int, left: Int, right: Int, result: Int)
    /// The row of a table for the keys in slots from `keys` on, when the look-up came to something.
    case lookup(CoverageLookup)
    /// Which parts of a condition decide.
    case compound(CoverageCompound)
    /// The bound of a clearance of a clause: read when one came with the request.
    case clearance(clause: Int, item: Int, left: Int, right: Int, result: Int)
  }

  /// The index of the instruction that comes next.
  public var at: Int
  /// What is read.
  public var reading: Reading
  /// What must hold so that it counts: the branch of an `if` that was taken, the item that fits.
  public var guards: [(slot: Int, isTrue: Bool)]
  /// Whether it counts where the decision does not apply.
  public var isFree: Bool
}

/// What a look-up shows: its row, and where its keys lie against the bounds of the table.
public struct CoverageLookup: Sendable {
  /// A bound of a key.
  public struct Bound: Sendable {
    /// The item.
    public var item: Int
    /// The slot of the key.
    public var slot: Int
    /// The bound, and the currency that it is in (0: any).
    public var value: Int128
    /// The currency of the bound; 0 fits every currency.
    public var currency: UInt16
    /// What other keys must be, so that the bound is theirs.
    public var others: [(slot: Int, values: [Int128], isNegated: Bool)]
  }

  /// The index in `Program.tables`.
  public var table: Int
  /// The first slot of the keys.
  public var keys: Int
  /// The slot of the result.
  public var result: Int
  /// The item of each row; -1 is not asked for.
  public var rows: [Int]
  /// The bounds of the keys.
  public var bounds: [Bound]
}

/// A decision compiled to be watched.
public struct WatchedProgram: Sendable {
  /// The program, the same as without.
  public let program: Program
  /// What its code can show.
  public let items: [CoverageItem]
  /// Where, by rising place in the code.
  public let probes: [CoverageProbe]
  /// The item of each clause, -1 none.
  public let clauses: [Int]
  /// The item of the clearances of each clause, -1 none.
  public let clearances: [Int]
  /// For each plan the items of what it comes to.
  public let plans: [CoveragePlanItems]
}

/// The items of a decision as a whole; -1 where there is none.
public struct CoveragePlanItems: Sendable {
  /// `applies when`.
  public var applies = -1
  /// The figure of a value.
  public var figure = -1
  /// `otherwise` of a grade.
  public var otherwise = -1
  /// What is used and asked against the limit.
  public var limit = -1
  /// What is used and asked against the share from which a limit warns.
  public var warning = -1

  /// No items.
  public init() {}
}
