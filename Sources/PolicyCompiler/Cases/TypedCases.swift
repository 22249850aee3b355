/// Checked sample cases: what each supposes, with `like` resolved, and what it expects.
public import PolicyRuntime
public import PolicySource

/// The cases of one file.
public struct TypedCases: Sendable {
  /// The policy that they are for.
  public var policy: String
  /// The cases in order; one with a mistake is left out.
  public var cases: [TypedCase] = []

  /// No cases of a policy.
  public init(policy: String) { self.policy = policy }
}

/// One case with everything that it copies.
public struct TypedCase: Sendable {
  /// The identifier.
  public var name: String
  /// The sentence for people.
  public var label: String
  /// The day that parameters and versions are taken of.
  public var asOf: Day
  /// The day that clearances are measured from; `as of` when nothing is written.
  public var today: Day
  /// The facts by input.
  public var facts: [String: CaseValue]
  /// The paths that are said to be unknown: `order.lines[2].stock`.
  public var unknown: [String]
  /// The clearances.
  public var clearances: [TypedClearance]
  /// The acts of the history, in order; without one the request brings no history.
  public var acts: [TypedAct]
  /// What is expected.
  public var expectations: [TypedExpectation]
  /// The case.
  public var range: SourceRange
}

/// A value of a case as a tree; what a record leaves out is unknown, or absent where that is possible.
public indirect enum CaseValue: Sendable, Hashable {
  case constant(Constant)
  /// Fields by name.
  case record([String: CaseValue])
  case list([CaseValue])
  case unknown
}

/// A clearance that comes with the request of a case.
public struct TypedClearance: Sendable {
  /// The decision.
  public var decision: Reference
  /// The code of the clause.
  public var code: String
  /// The item of a `for each` clause, from 1.
  public var item: Int?
  /// The post, an index into `TypeTable.posts`.
  public var post: Int
  /// Who it was.
  public var person: String?
  /// The day.
  public var on: Day
  /// Up to which amount.
  public var amount: Constant?
  /// The facts for which it was given, by path; nil when the case does not say.
  public var facts: [(path: String, value: Constant)]?
  /// The line.
  public var range: SourceRange

  /// Makes a clearance.
  public init(
    decision: Reference, code: String, item: Int?, post: Int, person: String?, on: Day,
    amount: Constant?, facts: [(path: String, value: Constant)]?, range: SourceRange
  ) {
    self.decision = decision
    self.code = code
    self.item = item
    self.post = post
    self.person = person
    self.on = on
    self.amount = amount
    self.facts = facts
    self.range = range
  }
}

/// An act of a sample case.
public struct TypedAct: Sendable {
  /// The approval.
  public var decision: Reference
  /// The step, or `requester`.
  public var step: String
  /// Who it was.
  public var person: String
  /// The index of the post; nil for the requester.
  public var post: Int?
  /// Whether the person stood in for the post.
  public var isDelegate: Bool
  /// What was done.
  public var result: ActResult
  /// The day.
  public var on: Day
  /// The criteria found met, from 1; nil when the act names none.
  public var criteria: [Int]?
  /// The facts for which it was given, by path; nil when the case does not say.
  public var facts: [(path: String, value: Constant)]?
  /// The line.
  public var range: SourceRange
}

/// What a case expects of how far an approval has come; what is nil is not compared.
public struct StateExpectation: Sendable, Hashable {
  /// `open`, `approved`, `refused`.
  public var status: String?
  /// The steps of those who may act, or `requester`.
  public var next: [String]?
  /// A step, or `requester`.
  public var returnedTo: String?
  /// The codes, with the numbers of the acts as items.
  public var violations: [TypedExpectation.Code]?
}

/// What a case expects of one decision.
public struct TypedExpectation: Sendable {
  /// The answer.
  public enum Outcome: Sendable, Hashable {
    /// `allow`, `hold`, `deny`, `valid`, `invalid`, `within`, `exceeded`, `not_applicable`, `needs`.
    case answer(String)
    /// The steps, with whose they are where that is written.
    case chain([Task])
    /// The class, an index into the members.
    case grade(Int)
    /// The figure of a value.
    case figure(Constant)
    /// The figure of a value that is a record or list; fields that are left out are not compared.
    case whole(CaseValue)
    /// The limit, and whether the case is within it when that is said.
    case limit(Constant, within: Bool?)
    /// A trap by name.
    case error(String)
  }

  /// A code with its item, from 1.
  public struct Code: Sendable, Hashable {
    /// The code.
    public var code: String
    /// The item of a `for each` clause.
    public var item: Int?
  }

  /// A step or a duty, with what else of it is written.
  public struct Task: Sendable, Hashable {
    /// The step, or the code of the duty.
    public var name: String
    /// The post.
    public var by: String?
    /// The day of a duty.
    public var due: Day?
  }

  /// The decision.
  public var decision: Reference
  /// The answer.
  public var outcome: Outcome
  /// How far an approval has come.
  public var state = StateExpectation()
  /// Exactly these reasons, when written.
  public var codes: [Code]?
  /// Exactly these paths, when written.
  public var needs: [String]?
  /// Exactly these duties, when written.
  public var duties: [Task]?
  /// Whether a limit warns, when written.
  public var warns: Bool?
  /// Exactly these copies, when written.
  public var copies: [String]?
  /// The heading of its column, when the case is a row of a CSV file.
  public var heading: String?
  /// Exactly these notices, when written.
  public var notices: [String]?
  /// Exactly these files, when written.
  public var files: [String]?
  /// The line.
  public var range: SourceRange
}
