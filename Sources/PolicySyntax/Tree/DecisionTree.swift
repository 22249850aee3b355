/// The tree of a decision: its kind and its clauses, whichever they are; the checker says which fit.
public import PolicySource

/// A decision as written.
public struct DecisionTree: Sendable {
  /// The six kinds.
  public enum Kind: String, Sendable, CaseIterable {
    case release, approval, limit, grade, check, value

    /// The clauses of the kind, by keyword.
    public var clauses: [String] {
      let own =
        switch self {
        case .release: ["deny", "hold", "require"]
        case .approval:
          [
            "requested by", "require", "require fields", "step", "together", "climb",
            "holders", "distinct approvers", "skip repeats", "may intervene",
            "may act on own request",
          ]
        case .limit: ["start", "at most", "nil", "used", "asked", "warn from"]
        case .grade: ["points", "give", "sign", "otherwise", "no better than"]
        case .check: ["require", "require fields"]
        case .value: ["gives"]
        }
      return ["applies when"] + own + ["duty", "copy", "notify", "file with"]
    }
  }

  /// The kind.
  public var kind: Kind
  /// The identifier.
  public var name: Name
  /// The label for people.
  public var label: TextTree?
  /// `of TYPE` of a grade or value.
  public var type: TypeTree?
  /// The clauses in source order; `value v of T = e` has one `gives`.
  public var clauses: [ClauseTree]
  /// The whole decision.
  public var range: SourceRange

  /// Makes a decision.
  public init(
    kind: Kind, name: Name, label: TextTree?, type: TypeTree?, clauses: [ClauseTree],
    range: SourceRange
  ) {
    self.kind = kind
    self.name = name
    self.label = label
    self.type = type
    self.clauses = clauses
    self.range = range
  }
}

/// One clause of a decision.
public struct ClauseTree: Sendable {
  /// What it says.
  public var kind: Kind
  /// What stands behind it.
  public var tails: TailsTree
  /// The keyword that opens it: what is underlined when the clause does not fit the kind.
  public var keyword: Name
  /// The whole clause.
  public var range: SourceRange

  /// Makes a clause.
  public init(_ kind: Kind, tails: TailsTree, keyword: Name, range: SourceRange) {
    self.kind = kind
    self.tails = tails
    self.keyword = keyword
    self.range = range
  }

  /// The clauses of all kinds.
  public enum Kind: Sendable {
    /// `applies when C`.
    case appliesWhen(ExpressionTree)
    /// `deny code "text"`; the condition is the `when` tail.
    case deny(code: Name, TextTree)
    /// `hold code "text"`.
    case hold(code: Name, TextTree)
    /// `require C [when …] else code "text"`.
    case require(ExpressionTree, code: Name, TextTree)
    /// `require fields note.{product, price}`: the record and the fields.
    case requireFields(ExpressionTree, [Name])
    /// `requested by EXPR` (a Person).
    case requestedBy(ExpressionTree)
    /// `step …`; its condition is the `when` tail.
    case step(StepTree)
    /// `together { steps } need all`: side by side.
    case together([ClauseTree], TogetherNeed)
    /// `climb name up HIERARCHY from POST until authority covers AMOUNT …`.
    case climb(ClimbTree)
    /// `holders for COLUMN FACT, … up to AMOUNT`: what the acts of this approval are for.
    case holdersFor([(column: Name, fact: ExpressionTree)], upTo: ExpressionTree?)
    /// `distinct approvers`.
    case distinctApprovers
    /// `skip repeats`.
    case skipRepeats
    /// `may intervene POST, POST`.
    case mayIntervene([ExpressionTree])
    /// `may act on own request`.
    case mayActOnOwnRequest
    /// `start EXPR`.
    case start(ExpressionTree)
    /// `at most EXPR [when …]`.
    case atMost(ExpressionTree)
    /// `nil when …`.
    case none
    /// `used EXPR`.
    case used(ExpressionTree)
    /// `asked EXPR`.
    case asked(ExpressionTree)
    /// `warn from 90%`.
    case warnFrom(ExpressionTree)
    /// `points name ["label"] = EXPR [at most EXPR]`.
    case points(Name, TextTree?, ExpressionTree, atMost: ExpressionTree?)
    /// `sign C when …`: the class is no better than C.
    case sign(Name)
    /// `give A when …`.
    case give(Name)
    /// `otherwise D`.
    case otherwise(Name)
    /// `no better than C [when …]`.
    case noBetterThan(Name)
    /// `gives EXPR` of a value.
    case gives(ExpressionTree)
    /// `duty code "text" by POST [due DATE] [on …]`.
    case duty(
      code: Name, TextTree, by: ExpressionTree, due: ExpressionTree?, on: DutyTrigger?)
    /// `copy POST, POST [when …]`.
    case copy([ExpressionTree])
    /// `notify POST, POST [when …]`.
    case notify([ExpressionTree])
    /// `file with POST, POST [when …]`.
    case file([ExpressionTree])
  }

  /// When a duty arises; nil in the tree is the kind's usual yes.
  public enum DutyTrigger: String, Sendable {
    case allow, approved, valid, within, refusal, always
  }
}

/// How many of the steps side by side must be given.
public enum TogetherNeed: Sendable {
  /// `need all`, and what holds when nothing is written.
  case all
  /// `need any`: the first who answers.
  case any
  /// `need 2`.
  case count(Int, SourceRange)
}

/// `step name ["label"] by EXPR ACT ["criterion", …] [on refusal …] [within … | due …]`.
public struct StepTree: Sendable {
  /// The power that a step's post has; the words of the seeds are kept apart.
  public enum Act: String, Sendable, CaseIterable {
    /// 批复意见: must be given but cannot refuse.
    case opines
    /// 备案: recorded, nothing waits for it.
    case files
    /// 认领: must be given.
    case claims
    /// 签字: must be given.
    case signs
    /// 初审: passes or refuses.
    case firstReviews = "first_reviews"
    /// 审核: passes or refuses.
    case reviews
    /// 复核: passes or refuses.
    case rechecks
    /// 审批: passes or refuses.
    case approves
    /// 核准: passes or refuses.
    case clears
  }

  /// Where a refusal sends the case.
  public enum RefusalTarget: Sendable {
    /// `on refusal to step`, or `to requester`; `through` names the post that hands it on.
    case to(Name, through: ExpressionTree?)
    /// `on refusal ends`.
    case ends(SourceRange)
  }

  /// By when the step is to be given.
  public enum Deadline: Sendable {
    /// `within N [business] days [of CALENDAR] [else escalate to POST]`.
    case within(
      days: ExpressionTree, business: Bool, calendar: Name?, escalate: ExpressionTree?,
      range: SourceRange)
    /// `due EXPR`: a date.
    case due(ExpressionTree)
  }

  /// The identifier.
  public var name: Name
  /// The label for people.
  public var label: TextTree?
  /// Whose turn it is: an expression of type Post.
  public var by: ExpressionTree
  /// What the post does.
  public var act: Act
  /// What is answered one by one.
  public var criteria: [TextTree]
  /// `or delegate [for AMOUNT]`.
  public struct Delegate: Sendable {
    /// The amount that a delegation must cover.
    public var amount: ExpressionTree?
    /// The word `delegate`.
    public var range: SourceRange

    /// Makes it.
    public init(amount: ExpressionTree?, range: SourceRange) {
      self.amount = amount
      self.range = range
    }
  }

  /// Whether a delegate may stand in.
  public var delegate: Delegate?
  /// Where a refusal goes; nil is the requester.
  public var onRefusal: RefusalTarget?
  /// By when.
  public var deadline: Deadline?
  /// `while the case is unchanged`.
  public var unchanged: SourceRange?

  /// Makes a step.
  public init(
    name: Name, label: TextTree?, by: ExpressionTree, act: Act, criteria: [TextTree],
    onRefusal: RefusalTarget?
  ) {
    self.name = name
    self.label = label
    self.by = by
    self.act = act
    self.criteria = criteria
    self.onRefusal = onRefusal
  }
}

/// `climb name ["label"] up HIERARCHY from POST until authority covers AMOUNT ACT [criteria] else code "text"`.
public struct ClimbTree: Sendable {
  /// What is the same on every level; `by` is from whom the walk starts.
  public var step: StepTree
  /// The hierarchy.
  public var hierarchy: Name
  /// What the authority has to cover.
  public var amount: ExpressionTree
  /// The code when the top is reached without enough authority.
  public var code: Name
  /// Its text.
  public var text: TextTree

  /// Makes a climb.
  public init(
    step: StepTree, hierarchy: Name, amount: ExpressionTree, code: Name, text: TextTree
  ) {
    self.step = step
    self.hierarchy = hierarchy
    self.amount = amount
    self.code = code
    self.text = text
  }
}

/// What may stand behind a clause, in this order:
/// `for each` · `when` · `cleared by … up to … for …` · `because` · `source`.
public struct TailsTree: Sendable {
  /// `for each line in order.lines`.
  public struct ForEach: Sendable {
    /// The name of the item.
    public var variable: Name
    /// The list.
    public var list: ExpressionTree

    /// Makes a `for each`.
    public init(variable: Name, list: ExpressionTree) {
      self.variable = variable
      self.list = list
    }
  }

  /// `cleared by POST [up to AMOUNT of EXPR] [for N days] [while the case is unchanged]`.
  public struct ClearedBy: Sendable {
    /// The post that may clear it.
    public var post: ExpressionTree
    /// The bound and the expression that is compared with it.
    public var upTo: (bound: ExpressionTree, of: ExpressionTree)?
    /// How long a clearance is good.
    public var days: ExpressionTree?
    /// `while the case is unchanged`: where that stands.
    public var unchanged: SourceRange?
    /// The whole tail.
    public var range: SourceRange

    /// Makes a clearing rule.
    public init(
      post: ExpressionTree, upTo: (bound: ExpressionTree, of: ExpressionTree)?,
      days: ExpressionTree?, range: SourceRange
    ) {
      self.post = post
      self.upTo = upTo
      self.days = days
      self.range = range
    }
  }

  /// `for each …`.
  public var forEach: ForEach?
  /// `when …`.
  public var when: ExpressionTree?
  /// `cleared by …`.
  public var clearedBy: ClearedBy?
  /// `because "…"`.
  public var because: TextTree?
  /// `source …`.
  public var source: SourceNoteTree?

  /// No tails.
  public init() {}
}
