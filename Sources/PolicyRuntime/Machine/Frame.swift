/// The working memory of one decision, reused from request to request: no allocation in the steady state.

/// A fact that is needed, or a set of them, as a small graph: what an unknown value points to.
public struct Need: Sendable {
  /// A field (`node` of the schema); both or either of two others when -1.
  public var node: Int32
  /// For a field in a list: the need that stands for the list itself (its item prefix), else -1.
  public var left: Int32
  /// For a field in a list: the index of the item, from 0; for a pair: the other need.
  public var right: Int32
}

extension Need {
  /// `node` of the need that is no field: the history of acts.
  public static let history: Int32 = -2
}

/// A clearance that came with a request.
public struct Clearance: Sendable {
  /// The clause that it names (index of `Program.clauses`); -1 when it belongs to a decision that this
  /// program does not hold: such a clearance lifts nothing here.
  public var clause: Int32
  /// The item, from 0; -1 none.
  public var item: Int32
  /// The index of the post; -1 when the set has no such post.
  public var by: Int32
  /// Who it was; absent when not said.
  public var person: Slot
  /// The day.
  public var on: Day
  /// Up to which amount; absent when not said.
  public var amount: Slot
  /// The currency of the amount.
  public var amountCurrency: UInt16
  /// The facts for which it was given, in `Frame.clearedFacts`; nil when it does not say.
  public var facts: Range<Int>?

  /// Makes a clearance.
  public init(
    clause: Int32, item: Int32, by: Int32, person: Slot, on: Day, amount: Slot,
    amountCurrency: UInt16
  ) {
    self.clause = clause
    self.item = item
    self.by = by
    self.person = person
    self.on = on
    self.amount = amount
    self.amountCurrency = amountCurrency
  }

  /// Whether it is meant for a clause.
  @inline(__always) public func names(clause: Int) -> Bool { Int(self.clause) == clause }
}

/// A fact for which a clearance was given.
public struct ClearedFact: Sendable {
  /// The index in the facts of the clause; -1 when the clause reads no such fact.
  public var fact: Int32
  /// The path as the request has it.
  public var path: Slot
  /// What the fact was; absent for null.
  public var value: Slot
  /// The currency of an amount.
  public var currency: UInt16
}

/// That the case is not the one for which a clearance was given.
public struct CaseChange: Sendable {
  /// The index in `Frame.clearances`.
  public var clearance: Int
  /// The index in `Frame.clearings`: which entry.
  public var clearing: Int
  /// The fact of the clause that has changed; -1 when the clearance names one that the clause does not
  /// read, or none at all.
  public var fact: Int
  /// The index in `Frame.clearedFacts` of a fact that the clause does not read; -1 none.
  public var recorded: Int
}

/// Why a clearance that names a clause did not lift it.
public struct RefusedClearance: Sendable {
  /// The reasons, as codes on the wire.
  public enum Reason: String, Sendable {
    case wrongPost = "wrong_post"
    case expired
    case early = "not_yet"
    case tooSmall = "too_small"
    case notKnown = "not_known"
    case notClearable = "not_clearable"
    case wrongItem = "wrong_item"
    case caseChanged = "case_changed"
    case notRecorded = "not_recorded"
  }
  /// The index in `Frame.clearances`.
  public var clearance: Int
  /// Why.
  public var reason: Reason
  /// The change of the case, in `Frame.changes`; -1 none.
  public var change = -1
}

/// What the post, `up to` and `for N days` came to for one entry.
public struct Clearing: Sendable {
  /// The post that may clear it.
  public var post: Slot
  /// The verdict of the comparison with the bound; true when there is no `up to`.
  public var upTo: Slot
  /// The amount that was compared; absent when there is no `up to`.
  public var amount: Slot
  /// The currency of that amount.
  public var currency: UInt16
  /// The number of days; absent when it is good for ever.
  public var days: Slot
}

/// The working memory of one decision.
public struct Frame: ~Copyable {
  /// Constants, inputs and work slots, then the items of lists.
  public var slots: [Slot]
  /// The first free slot behind the items.
  public var top: Int
  /// The currency of each slot; empty while all amounts are in the main currency.
  public var currencies: [UInt16] = []
  /// Currencies that only this request names: numbered behind those of `Schema.currencies`.
  public var foreignCurrencies: [String] = []
  /// The needs: first the program's fields in order of `Program.needNodes`, then those made on the way.
  public var needs: [Need] = []
  /// The bytes of texts that had escapes.
  public var texts: [UInt8] = []
  /// Whether a fact that the straight code reads is not known, or anything else asks for care.
  public var incomplete = false
  /// The clearances of the request.
  public var clearances: [Clearance] = []
  /// The facts for which they were given.
  public var clearedFacts: [ClearedFact] = []
  /// What has changed since, by clearance and entry.
  public var changes: [CaseChange] = []
  /// The history of the request.
  public var history = History()
  /// The day that counts for parameters and versions.
  public var asOf = Day(number: 0)
  /// The day that counts for clearances and due dates.
  public var today = Day(number: 0)

  /// What the last run found.
  public var found: Findings
  /// What clearing came to, by `Entry.clearing`.
  public var clearings: [Clearing] = []
  /// Clearances that named a clause and did not lift it.
  public var refused: [RefusedClearance] = []
  /// Whether the careful code keeps for a trace what the answer does not need.
  public var traces = false
  /// What it keeps.
  var notes = TraceNotes()
  /// The days for which the slots of `today` and of dated parameters were filled; no day before the first time.
  var asOfFilled = Day(number: .min)
  var todayFilled = Day(number: .min)

  /// Whether nothing but slots was touched since it was made ready, so that other facts may take their place.
  var holdsFactsAlone = false

  /// Makes the memory for a program.
  public init(_ program: borrowing Program) {
    slots = program.blank
    found = Findings(plans: program.plans.count)
    top = program.blank.count
    needs.reserveCapacity(program.needNodes.count + 16)
    for node in program.needNodes { needs.append(Need(node: node, left: -1, right: -1)) }
  }

  /// Makes it ready for the next request.
  public mutating func reset(_ program: borrowing Program) {
    for index in program.inputSlots { slots[index] = program.blank[index] }
    if slots.count > 4096 { slots.removeLast(slots.count - max(4096, program.blank.count)) }
    top = program.blank.count
    if needs.count > program.needNodes.count {
      needs.removeLast(needs.count - program.needNodes.count)
    }
    if !currencies.isEmpty { currencies.removeAll(keepingCapacity: true) }
    if !foreignCurrencies.isEmpty { foreignCurrencies.removeAll(keepingCapacity: true) }
    if !texts.isEmpty { texts.removeAll(keepingCapacity: true) }
    if !clearances.isEmpty { clearances.removeAll(keepingCapacity: true) }
    if !clearedFacts.isEmpty { clearedFacts.removeAll(keepingCapacity: true) }
    if history.given { history.clear() }
    holdsFactsAlone = false
    incomplete = program.tracksCurrencies
  }

  /// Makes room for the items of a list and gives the first slot.
  public mutating func reserve(_ count: Int) -> Int {
    let first = top
    top += count
    while slots.count < top { slots.append(Slot.absent) }
    if !currencies.isEmpty {
      while currencies.count < slots.count { currencies.append(1) }
    }
    return first
  }

  /// Begins to track currencies: an amount in another currency was read.
  public mutating func trackCurrencies(_ program: borrowing Program) {
    guard currencies.isEmpty else { return }
    currencies = program.blankCurrencies
    while currencies.count < slots.count { currencies.append(1) }
    incomplete = true
  }

  /// The need for the history of acts, beside another one (-1: none).
  mutating func needingHistory(beside other: Int) -> Int {
    needs.append(Need(node: Need.history, left: -1, right: -1))
    return other < 0 ? needs.count - 1 : union(needs.count - 1, other)
  }

  /// The need that stands for both of two needs.
  public mutating func union(_ a: Int, _ b: Int) -> Int {
    if a == b { return a }
    needs.append(Need(node: -1, left: Int32(a), right: Int32(b)))
    return needs.count - 1
  }
}
