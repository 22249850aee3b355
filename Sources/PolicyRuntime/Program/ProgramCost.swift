/// The worst case of a program: how many steps its careful code may take, and which clauses take them.
///
/// A step is one instruction of the careful code, four cells of a table, or sixteen bytes of a text.

/// What a decision may cost, whatever the request says.
public struct ProgramCost: Sendable {
  /// The steps that one decision may take; a set with a decision above it does not load.
  public static let limit = 300_000_000

  /// A clause or definition with its share.
  public struct Part: Sendable {
    /// The index in `Program.sites`.
    public var site: Int
    /// Its steps.
    public var steps: Int
    /// The loops around its most costly place, outermost first: what they go over, and how many items.
    public var loops: [Loop]
    /// Makes a part.
    public init(site: Int, steps: Int, loops: [Loop]) {
      self.site = site
      self.steps = steps
      self.loops = loops
    }
  }

  /// A loop over a list.
  public struct Loop: Sendable, Equatable {
    /// The list as people name it: `order.lines`.
    public var list: String
    /// How many items it may have.
    public var items: Int
    /// Makes a loop.
    public init(list: String, items: Int) {
      self.list = list
      self.items = items
    }
  }

  /// All steps; never more than `Int.max / 2`.
  public var steps = 0
  /// The shares, largest first.
  public var parts: [Part] = []

  /// No cost.
  public init() {}
}
