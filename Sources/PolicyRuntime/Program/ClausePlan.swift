/// What is said about the clauses and decisions of a program: texts, facts, roles, and where each stands.

/// How to read a slot as a value for people and for the wire.
public enum SlotForm: Hashable, Sendable {
  case bool, number, money, percent, text, date, month, time, post
  /// An enumeration by its index in `TypeTable.enumerations`.
  case member(Int)
  /// Anything that is shown as the count of its items.
  case list
}

/// A text with holes.
public struct Template: Sendable {
  /// A piece.
  public enum Part: Sendable {
    /// These bytes.
    case letters([UInt8])
    /// The value of a slot, after the careful code `code` (may be empty) has run.
    case hole(slot: Int, form: SlotForm, code: Range<Int>)
    /// That a field of this label is empty: words of the answer's own.
    case missing(label: String)
  }
  /// The pieces in order.
  public var parts: [Part]
  /// Makes a template.
  public init(_ parts: [Part]) { self.parts = parts }
}

/// A fact that a clause reads: a field for the `facts` of a reason.
public struct FactPlan: Sendable {
  /// The path: `order.paid`; relative to the item for a loop's variable: `line.stock`.
  public var path: String
  /// Where it is.
  public var slot: Int
  /// How to read it.
  public var form: SlotForm
  /// The node of the schema.
  public var node: Int
  /// Whether the amount that `up to` compares reads it: then it may move within the bound.
  public var mayMove = false
  /// Whether it is, or is made of, what is marked `secret`: answers show `***`.
  public var isSecret = false
  /// Makes a fact.
  public init(path: String, slot: Int, form: SlotForm, node: Int) {
    self.path = path
    self.slot = slot
    self.form = form
    self.node = node
  }
}

/// Everything that can hold or not: deny, hold, require, step, cap, band, duty, copy.
public struct ClausePlan: Sendable {
  /// What the clause is to its decision.
  public enum Role: UInt8, Sendable {
    case deny, hold, problem, step, cap, band, gradeCap, duty, copy, points
  }

  /// What it is.
  public var role: Role
  /// The plan it belongs to.
  public var plan: Int
  /// Its position among the clauses of its role, from 0.
  public var position: Int
  /// The code, step or point name; empty for a copy, cap or band.
  public var code = ""
  /// The label of a step or of points.
  public var label = ""
  /// The words; -1 none.
  public var template = -1
  /// `because`; -1 none.
  public var because = -1
  /// The place.
  public var site = 0
  /// The document of `source`; empty when none is written.
  public var document = ""
  /// The place in the document.
  public var documentClause = ""
  /// The loop of `for each`; -1 none.
  public var loop = -1
  /// The facts it reads.
  public var facts: [FactPlan] = []
  /// Who may clear it: a slot of a post; -1 nobody.
  public var clearPost = -1
  /// The slot of `for N days`; -1 for good (or not clearable).
  public var clearDays = -1
  /// A template of the post and the days, as a reason shows them; -1 not clearable.
  public var clearable = -1
  /// The slot of the amount compared by `up to`, whose verdict is recorded; -1 none.
  public var clearAmount = -1
  /// Whether a clearance counts only while the facts are those for which it was given.
  public var whileUnchanged = false
  /// The post of a step or duty (a slot); -1 none.
  public var by = -1
  /// Whether that slot is a constant.
  public var hasFixedPost = false
  /// The day of a duty (a slot); -1 none.
  public var due = -1
  /// A duty's trigger as a bit set of outcomes in which it is listed.
  public var outcomes: UInt64 = 0
  /// The word of that trigger.
  public var trigger = ""
  /// The posts or persons of a copy.
  public var to: [(slot: Int, form: SlotForm)] = []
  /// The slot of a cap's amount or of points; -1 none.
  public var value = -1
  /// The member of a band or grade cap.
  public var member = 0
  /// A step's act.
  public var act = ""
  /// A step's criteria.
  public var criteria: [String] = []
  /// Where a refusal goes: a step's name, `requester` or `ends`.
  public var onRefusal = ""
  /// The post through which it goes (a slot); -1 none.
  public var through = -1
  /// The clause of the step to which a refusal goes; -1 the requester, or nowhere.
  public var refusalStep = -1
  /// The index of the `together` of a step in `Plan.groups`; -1 none.
  public var group = -1
  /// The slot of the days within which a step is to be given; -1 none.
  public var withinDays = -1
  /// The business calendar that counts them, in `Program.calendars`; -1 when every day counts.
  public var calendar = -1
  /// The slot of the post to which the turn goes when they have passed; -1 none.
  public var escalate = -1
  /// Whether a delegate of the post may give a step.
  public var isDelegable = false
  /// The slot of the amount that a delegation must cover, which only the careful code fills; -1 none.
  public var delegateAmount = -1
  /// How strong the act of a step is.
  public var strength = 0
  /// `start`, `at_most`, `nil` of a cap; `copy`, `notify`, `file` of a copy; `sign` of a grade's cap.
  public var form = ""

  /// Makes a clause.
  public init(role: Role, plan: Int, position: Int, site: Int) {
    self.role = role
    self.plan = plan
    self.position = position
    self.site = site
  }
}

/// A decision within a program.
public struct Plan: Sendable {
  /// The six kinds.
  public enum Kind: String, Sendable { case release, approval, limit, grade, check, value }

  /// The kind.
  public var kind: Kind
  /// `policy.decision`.
  public var name: String
  /// The decision's own name, by which clearances call it.
  public var shortName: String
  /// The clauses of the plan in `Program.clauses`, in evaluation order.
  public var clauses: Range<Int> = 0..<0
  /// Of the decision that is asked: its `applies when` clauses.
  public var scopes: [ScopePlan] = []
  /// Whether the straight code may find clauses out of order, so that entries must be sorted.
  public var sorts = false
  /// Value: the figure; limit: what is used; -1 none.
  public var valueSlot = -1
  /// Limit: what is asked.
  public var askedSlot = -1
  /// Limit: the share from which it warns.
  public var warnSlot = -1
  /// Value: the node of a figure that is a record or list; -1 for a single value.
  public var valueNode = -1
  /// How the figure (or the limit's amounts) is read.
  public var valueForm = SlotForm.number
  /// Grade: the total of the points; -1 when there are none.
  public var totalSlot = -1
  /// Grade: the member when no band holds.
  public var otherwise = 0
  /// Grade: the index in `TypeTable.enumerations`.
  public var enumeration = 0
  /// Approval: who asked, a slot that only the careful code fills; -1 nobody is named.
  public var requester = -1
  /// Approval: the posts that may intervene, slots that only the careful code fills.
  public var interveners: [Int] = []
  /// Approval: the facts that it reads, for which acts are given.
  public var facts: [FactPlan] = []
  /// Approval: the first of the slots that `Program.holderScopes` is matched with; -1 nobody is held to a scope.
  public var heldFor = -1
  /// Approval: the columns of the scope whose facts the approval names.
  public var heldColumns: [Int] = []
  /// Approval: the slot of the amount that a holder's authority must cover; -1 none.
  public var heldUpTo = -1
  /// Approval: how many of the steps of each `together` must be given; -1 all.
  public var groups: [Int] = []
  /// Approval: whether the requester may act on the own request.
  public var ownRequest = false
  /// Approval: whether one person gives one step only.
  public var distinct = false
  /// Approval: whether a post that stands several times acts once, with its strongest act.
  public var skipsRepeats = false
  /// The place.
  public var site = 0

  /// Makes a plan.
  public init(kind: Kind, name: String, shortName: String) {
    self.kind = kind
    self.name = name
    self.shortName = shortName
  }
}

/// What an answer says of an `applies when` that is false.
public struct ScopePlan: Sendable {
  /// The place of the clause.
  public var site: Int
  /// The place of its condition.
  public var condition: Int
  /// `because`; -1 none.
  public var because = -1
  /// The document of `source`; empty when none is written.
  public var document = ""
  /// The place in the document.
  public var documentClause = ""
  /// The facts that the condition reads.
  public var facts: [FactPlan] = []
  /// Where the condition is when its careful code has run; nil of the only one.
  public var test: (slot: Int, code: Range<Int>)?

  /// Makes a plan.
  public init(site: Int, condition: Int) {
    self.site = site
    self.condition = condition
  }
}
