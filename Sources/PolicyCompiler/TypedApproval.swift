/// A typed approval: who asked, what the form requires, the steps in order and the rules for those who act.
public import PolicyRuntime
public import PolicySource

/// An approval.
public struct TypedApproval: Sendable {
  /// Steps side by side.
  public struct Group: Sendable {
    /// How many of the steps that are in the chain must be given; nil is all of them.
    public var need: Int?
    /// Makes a group.
    public init(need: Int?) { self.need = need }
  }

  /// The form's requirements.
  public var requires: [TypedClause]
  /// Who asked, a Person.
  public var requestedBy: TypedExpression?
  /// The steps in order; those of one `together` follow each other.
  public var steps: [TypedStep] = []
  /// The `together`s, by `TypedStep.group`.
  public var groups: [Group] = []
  /// `may act on own request`.
  public var ownRequest = false
  /// `distinct approvers`: one person gives one step only.
  public var distinct = false
  /// `skip repeats`: of the steps of one post only the one with the strongest act stays.
  public var skipsRepeats = false
  /// `climb`s: each has become steps, a level each, and a requirement.
  public var climbs: [TypedClimb] = []
  /// `holders for`: the fact that each column of the registers of holders is compared with; nil is not named.
  public var heldFor: [TypedExpression?] = []
  /// `holders … up to`: the amount that the authority of a holder must cover.
  public var heldUpTo: TypedExpression?
  /// `may intervene`: posts whose act counts at every step.
  public var interveners: [TypedExpression] = []

  /// Makes an approval.
  public init(requires: [TypedClause], requestedBy: TypedExpression?) {
    self.requires = requires
    self.requestedBy = requestedBy
  }
}

/// A row of `holders`.
public struct TypedHolder: Sendable {
  /// Who.
  public var person: String
  /// The index of the post.
  public var post: Int
  /// The first day; nil means always.
  public var from: Day?
  /// The last day.
  public var until: Day?
  /// What the post is held for: a cell for each of `TypedSet.holderColumns`.
  public var scope: [TypedTable.Cell] = []
  /// Up to which amount; nil means any.
  public var upTo: Constant?
  /// The row.
  public var range: SourceRange?
}

/// A row of `delegations`.
public struct TypedDelegation: Sendable {
  /// The index of the post.
  public var post: Int
  /// Who stands in.
  public var person: String
  /// The first day; nil means always.
  public var from: Day?
  /// The last day.
  public var until: Day?
  /// Up to which amount; nil means any.
  public var upTo: Constant?
  /// For which approval; nil means all.
  public var decision: Reference?
  /// The row.
  public var range: SourceRange?
}

/// What a post does in a step.
public enum StepAct: String, Sendable, CaseIterable {
  case opines, files, claims, signs
  case firstReviews = "first_reviews"
  case reviews, rechecks, approves, clears

  /// How strong the act is: an opinion never replaces an approval.
  public var strength: Int {
    switch self {
    case .files: 0
    case .opines: 1
    case .claims, .signs: 2
    case .firstReviews, .reviews, .rechecks: 3
    case .approves, .clears: 4
    }
  }
}

/// A step of an approval.
public struct TypedStep: Sendable {
  /// Where a refusal sends the case.
  public enum RefusalTarget: Sendable {
    /// Back to the requester, perhaps through a post.
    case requester(through: TypedExpression?)
    /// Back to an earlier step (index).
    case step(Int, through: TypedExpression?)
    /// The case ends.
    case ends
  }

  /// By when the step is to be given.
  public enum Deadline: Sendable {
    /// So many days after the act that opened the step, business days when a calendar counts them; afterwards
    /// another post acts, when one is named.
    case within(days: TypedExpression, calendar: Reference?, escalate: TypedExpression?)
    /// A date.
    case due(TypedExpression)
  }

  /// The identifier.
  public var name: String
  /// The label for people.
  public var label: String
  /// Whose turn it is, of type Post.
  public var by: TypedExpression
  /// What the post does.
  public var act: StepAct
  /// What is answered one by one.
  public var criteria: [String]
  /// When the step is in the chain; nil is always.
  public var condition: TypedExpression?
  /// Where a refusal goes; nil for an act that cannot refuse.
  public var onRefusal: RefusalTarget?
  /// Whether a delegate of the post may give it.
  public var isDelegable = false
  /// The amount that a delegation must cover; nil when only unbounded ones do.
  public var delegateAmount: TypedExpression?
  /// By when; nil is any time.
  public var deadline: Deadline?
  /// The index of the `together` that it stands in.
  public var group: Int?
  /// The `climb` that it is a level of, and which, from 1.
  public var level: (climb: Int, number: Int)?
  /// Whether its acts count only while the facts are those for which they were given.
  public var whileUnchanged = false
  /// `because`.
  public var because: TypedText?
  /// `source`.
  public var source: SourceNote?
  /// The step.
  public var range: SourceRange

  /// Makes a step.
  public init(
    name: String, label: String, by: TypedExpression, act: StepAct, criteria: [String],
    condition: TypedExpression?, onRefusal: RefusalTarget?, because: TypedText?,
    source: SourceNote?, range: SourceRange
  ) {
    self.name = name
    self.label = label
    self.by = by
    self.act = act
    self.criteria = criteria
    self.condition = condition
    self.onRefusal = onRefusal
    self.because = because
    self.source = source
    self.range = range
  }
}
