/// Typed decisions: the clauses of each kind, checked to belong to it.
public import PolicyRuntime
public import PolicySource

/// A decision of one of the six kinds.
public struct TypedDecision: Sendable {
  /// The identifier.
  public var name: String
  /// The label for people.
  public var label: String
  /// The `applies when` clauses.
  public var scopes: [TypedScope] = []
  /// The clauses of its kind.
  public var body: Body
  /// The duties.
  public var duties: [TypedDuty] = []
  /// The copies.
  public var copies: [TypedCopy] = []
  /// The decisions it uses, directly, in order of first use.
  public var uses: [Reference] = []
  /// The name of the decision.
  public var range: SourceRange

  /// Makes a decision.
  public init(
    name: String, label: String, scopes: [TypedScope], body: Body, range: SourceRange
  ) {
    self.name = name
    self.label = label
    self.scopes = scopes
    self.body = body
    self.range = range
  }

  /// What each kind holds.
  public enum Body: Sendable {
    /// The deny and hold clauses.
    case release([TypedClause])
    /// `require`s, who asked, the steps in order and how they are taken.
    case approval(TypedApproval)
    case limit(TypedLimit)
    case grade(TypedGrade)
    /// The problems; `require fields` has become one clause per field, `missing_FIELD`.
    case check([TypedClause])
    case value(TypedExpression)
  }
}

/// `applies when C [because "…"] [source …]`: where C is false, the decision says nothing.
public struct TypedScope: Sendable {
  /// When the decision applies, as far as this clause goes.
  public var condition: TypedExpression
  /// `because`: what a `not_applicable` answer says.
  public var because: TypedText?
  /// `source`.
  public var source: SourceNote?
  /// The clause.
  public var range: SourceRange
}

extension TypedDecision {
  /// `applies when`; several are joined by `and`, nil when there is none.
  public var appliesWhen: TypedExpression? {
    scopes.dropFirst().reduce(scopes.first?.condition) { joined, next in
      joined.map {
        TypedExpression(.logical(.and, $0, next.condition), .bool, next.condition.range)
      }
    }
  }
}

/// A `deny`, `hold` or `require`: it fires when its condition is true (a `require C when W` has become `W and not C`).
public struct TypedClause: Sendable {
  /// What it does to the answer.
  public enum Effect: Sendable { case deny, hold, invalid }

  /// The effect.
  public var effect: Effect
  /// The code, unique among the decision's clauses.
  public var code: String
  /// The words for people.
  public var text: TypedText
  /// `for each`: the item and the list.
  public var forEach: (variable: Variable, list: TypedExpression)?
  /// When it fires; `true` when nothing is written.
  public var condition: TypedExpression
  /// Who may clear it.
  public var clearedBy: TypedClearing?
  /// `because`.
  public var because: TypedText?
  /// `source`.
  public var source: SourceNote?
  /// The clause.
  public var range: SourceRange
  /// What a `require` asks for, and when it does, as they are written; nil of other clauses.
  public var requirement: (of: SourceRange, when: SourceRange?)?

  /// Makes a clause.
  public init(
    effect: Effect, code: String, text: TypedText,
    forEach: (variable: Variable, list: TypedExpression)?, condition: TypedExpression,
    clearedBy: TypedClearing?, because: TypedText?, source: SourceNote?, range: SourceRange
  ) {
    self.effect = effect
    self.code = code
    self.text = text
    self.forEach = forEach
    self.condition = condition
    self.clearedBy = clearedBy
    self.because = because
    self.source = source
    self.range = range
  }
}

/// `cleared by POST [up to BOUND of EXPR] [for DAYS days] [while the case is unchanged]`.
public struct TypedClearing: Sendable {
  /// The post.
  public var post: TypedExpression
  /// Cleared only while `of <= bound`.
  public var upTo: (bound: TypedExpression, of: TypedExpression)?
  /// Good for so many days from the clearance's day, both ends included; nil means for good.
  public var days: TypedExpression?
  /// Cleared only while every fact of the clause is what the clearance says that it was.
  public var whileUnchanged = false

  /// Makes a clearing rule.
  public init(
    post: TypedExpression, upTo: (bound: TypedExpression, of: TypedExpression)?,
    days: TypedExpression?
  ) {
    self.post = post
    self.upTo = upTo
    self.days = days
  }
}

/// A limit: the least of all applicable caps, against what is used and asked.
///
/// All amounts have the type of `start`: Money or Number.
public struct TypedLimit: Sendable {
  /// A cap: `start` (always first, no condition), `at most`, `nil`.
  public struct Cap: Sendable {
    /// Which clause it was.
    public enum Form: Sendable { case start, atMost, none }
    /// The clause.
    public var form: Form
    /// The amount; zero for `nil when`.
    public var amount: TypedExpression
    /// When it counts; nil is always.
    public var condition: TypedExpression?
    /// `because`.
    public var because: TypedText?
    /// `source`.
    public var source: SourceNote?
    /// The clause.
    public var range: SourceRange

    /// Makes a cap.
    public init(
      form: Form, amount: TypedExpression, condition: TypedExpression?, because: TypedText?,
      source: SourceNote?, range: SourceRange
    ) {
      self.form = form
      self.amount = amount
      self.condition = condition
      self.because = because
      self.source = source
      self.range = range
    }
  }

  /// Money or Number.
  public var type: ValueType
  /// The caps, `start` first; ties bind to the first.
  public var caps: [Cap]
  /// What is used already; nil is zero.
  public var used: TypedExpression?
  /// What is asked for; nil is zero.
  public var asked: TypedExpression?
  /// A Percent of the limit from which an answer within it warns.
  public var warnFrom: TypedExpression?

  /// Makes a limit.
  public init(
    type: ValueType, caps: [Cap], used: TypedExpression?, asked: TypedExpression?,
    warnFrom: TypedExpression?
  ) {
    self.type = type
    self.caps = caps
    self.used = used
    self.asked = asked
    self.warnFrom = warnFrom
  }
}

/// A grade: points are added, the first band that holds decides, caps lower the class.
public struct TypedGrade: Sendable {
  /// A line of points.
  public struct Points: Sendable {
    /// The identifier.
    public var name: String
    /// The label for people.
    public var label: String
    /// A Number.
    public var value: TypedExpression
    /// The clause.
    public var range: SourceRange
    /// Makes a line.
    public init(name: String, label: String, value: TypedExpression, range: SourceRange) {
      self.name = name
      self.label = label
      self.value = value
      self.range = range
    }
  }

  /// `give A when C`, and `no better than C when X`.
  public struct Band: Sendable {
    /// The index of the member.
    public var member: Int
    /// When; nil is always.
    public var condition: TypedExpression?
    /// `because`.
    public var because: TypedText?
    /// `source`.
    public var source: SourceNote?
    /// Whether a cap is a `sign`.
    public var isSign = false
    /// The clause.
    public var range: SourceRange
    /// Makes a band.
    public init(
      member: Int, condition: TypedExpression?, because: TypedText?, source: SourceNote?,
      range: SourceRange
    ) {
      self.member = member
      self.condition = condition
      self.because = because
      self.source = source
      self.range = range
    }
  }

  /// A `best first` enumeration.
  public var enumeration: EnumerationID
  /// The points.
  public var points: [Points]
  /// The bands, best first.
  public var bands: [Band]
  /// The member when no band holds.
  public var otherwise: Int
  /// `no better than`.
  public var caps: [Band]

  /// Makes a grade.
  public init(
    enumeration: EnumerationID, points: [Points], bands: [Band], otherwise: Int, caps: [Band]
  ) {
    self.enumeration = enumeration
    self.points = points
    self.bands = bands
    self.otherwise = otherwise
    self.caps = caps
  }
}

/// When a duty arises.
public enum DutyTrigger: String, Sendable { case allow, approved, valid, within, refusal, always }

/// `duty code "text" by POST due DATE`.
public struct TypedDuty: Sendable {
  /// The code, unique among the decision's duties.
  public var code: String
  /// The words for people.
  public var text: TypedText
  /// Whose duty, of type Post.
  public var by: TypedExpression
  /// On which answer.
  public var trigger: DutyTrigger
  /// When; nil is always.
  public var condition: TypedExpression?
  /// `source`.
  public var source: SourceNote?
  /// By which day, a Date.
  public var due: TypedExpression?
  /// `because`.
  public var because: TypedText?
  /// The clause.
  public var range: SourceRange

  /// Makes a duty.
  public init(
    code: String, text: TypedText, by: TypedExpression, trigger: DutyTrigger,
    condition: TypedExpression?, source: SourceNote?, range: SourceRange
  ) {
    self.code = code
    self.text = text
    self.by = by
    self.trigger = trigger
    self.condition = condition
    self.source = source
    self.range = range
  }
}

/// `copy POST, POST when C`, and `notify` and `file with`.
public struct TypedCopy: Sendable {
  /// What they get.
  public enum Kind: String, Sendable {
    /// A copy of the paper.
    case copy
    /// A notice that it has been decided.
    case notify
    /// The paper itself, to keep.
    case file
  }

  /// What they get.
  public var kind = Kind.copy
  /// Posts or persons.
  public var to: [TypedExpression]
  /// When; nil is always.
  public var condition: TypedExpression?
  /// `because`.
  public var because: TypedText?
  /// `source`.
  public var source: SourceNote?
  /// The clause.
  public var range: SourceRange

  /// Makes a copy rule.
  public init(to: [TypedExpression], condition: TypedExpression?, range: SourceRange) {
    self.to = to
    self.condition = condition
    self.range = range
  }
}
