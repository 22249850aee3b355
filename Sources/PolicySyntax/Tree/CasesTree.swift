/// The tree of a `.cases` file: sample cases as written.
public import PolicySource

/// One `.cases` file.
public struct CasesTree: Sendable {
  /// `cases for POLICY`.
  public var policy: Name
  /// CSV files whose rows are cases.
  public var sheets: [CaseSheetTree] = []
  /// The cases in order.
  public var cases: [CaseTree]

  /// Makes the tree of a file.
  public init(policy: Name, cases: [CaseTree]) {
    self.policy = policy
    self.cases = cases
  }
}

/// `from "file.csv" [like other]`: the rows of a file as cases.
public struct CaseSheetTree: Sendable {
  /// The path, relative to the file of cases.
  public var file: TextTree
  /// The case that each row copies.
  public var like: Name?

  /// Makes a clause.
  public init(file: TextTree, like: Name?) {
    self.file = file
    self.like = like
  }
}

/// `case name "label" [like other] { lines }`.
public struct CaseTree: Sendable {
  /// The identifier.
  public var name: Name
  /// The sentence for people.
  public var label: TextTree?
  /// The case whose givens, unknowns, clearances and dates are copied.
  public var like: Name?
  /// `as of DATE`.
  public var asOf: ExpressionTree?
  /// `today DATE`.
  public var today: ExpressionTree?
  /// `given`, `unknown`, `clearance` in order.
  public var facts: [FactTree]
  /// What is expected.
  public var expectations: [ExpectationTree]
  /// The whole case.
  public var range: SourceRange

  /// Makes a case.
  public init(name: Name, label: TextTree?, like: Name?, range: SourceRange) {
    self.name = name
    self.label = label
    self.like = like
    self.range = range
    facts = []
    expectations = []
  }
}

/// `order.lines[1].stock`: an input, then fields and items (from 1).
public struct PathTree: Sendable {
  /// A step along the path.
  public enum Part: Sendable {
    case field(Name)
    case item(Int, SourceRange)
  }

  /// The name of the input.
  public var root: Name
  /// The steps.
  public var parts: [Part]
  /// The whole path.
  public var range: SourceRange

  /// Makes a path.
  public init(root: Name, parts: [Part], range: SourceRange) {
    self.root = root
    self.parts = parts
    self.range = range
  }
}

/// What a case supposes.
public enum FactTree: Sendable {
  /// `given path = value`.
  case given(PathTree, ExpressionTree)
  /// `unknown path`.
  case unknown(PathTree)
  /// `clearance [decision.]code[2] by POST [person "wang"] on DATE [amount 5_000 CNY]`.
  case clearance(ClearanceTree)
  /// `act [decision.]step by "wang" as POST passes on DATE [criteria 1, 2]`.
  case act(ActTree)
}

/// An act of a history in a sample case.
public struct ActTree: Sendable {
  /// The decision; nil when the policy has one approval only.
  public var decision: Name?
  /// The step, or `requester`.
  public var step: Name
  /// Who it was.
  public var person: TextTree
  /// As which post; the requester acts as none.
  public var post: Name?
  /// `as delegate of POST`.
  public var isDelegate = false
  /// What was done, such as `passes`.
  public var result: Name
  /// The day.
  public var on: ExpressionTree
  /// The criteria that were found met, by number from 1; nil when none are named.
  public var criteria: [Int]?
  /// `given path = value, …`: the facts for which it was given; nil when nothing is written.
  public var facts: [(path: PathTree, value: ExpressionTree)]?
  /// The whole line.
  public var range: SourceRange

  /// Makes an act; post and criteria are set by the parser.
  public init(
    decision: Name?, step: Name, person: TextTree, result: Name, on: ExpressionTree,
    range: SourceRange
  ) {
    self.decision = decision
    self.step = step
    self.person = person
    self.result = result
    self.on = on
    self.range = range
  }
}

/// A clearance in a sample case.
public struct ClearanceTree: Sendable {
  /// The decision; nil when the policy has one release only.
  public var decision: Name?
  /// The code of the clause.
  public var code: Name
  /// The item of a `for each` clause, from 1.
  public var item: Int?
  /// The post that cleared.
  public var by: Name
  /// Who it was.
  public var person: TextTree?
  /// The day.
  public var on: ExpressionTree
  /// Up to which amount.
  public var amount: ExpressionTree?
  /// `given path = value, …`: the facts for which it was given; nil when nothing is written.
  public var facts: [(path: PathTree, value: ExpressionTree)]?
  /// The whole line.
  public var range: SourceRange

  /// Makes a clearance.
  public init(
    decision: Name?, code: Name, item: Int?, by: Name, person: TextTree?, on: ExpressionTree,
    amount: ExpressionTree?, range: SourceRange
  ) {
    self.decision = decision
    self.code = code
    self.item = item
    self.by = by
    self.person = person
    self.on = on
    self.amount = amount
    self.range = range
  }
}

/// `expect [policy.]decision OUTCOME …`.
public struct ExpectationTree: Sendable {
  /// A code, with its item (from 1) for a `for each` clause.
  public struct Code: Sendable {
    /// The code.
    public var name: Name
    /// The item, from 1.
    public var item: Int?

    /// Makes a code.
    public init(name: Name, item: Int?) {
      self.name = name
      self.item = item
    }
  }

  /// A step of a chain or a duty: its name, and what else of it is written.
  public struct Task: Sendable {
    /// The step, or the code of the duty.
    public var name: Name
    /// `by POST`: whose it is.
    public var by: Name?
    /// `due DATE`: the day of a duty.
    public var due: ExpressionTree?

    /// Makes one of which nothing else is written.
    public init(name: Name) { self.name = name }
  }

  /// Another policy's name, when written.
  public var policy: Name?
  /// The decision.
  public var decision: Name
  /// A literal: the limit of a limit (`500_000 CNY within`), the figure of a value.
  public var value: ExpressionTree?
  /// The outcome or grade, such as `allow`, `chain`, `A`, `within`, `not_applicable`, `needs`.
  public var outcome: Name?
  /// `chain [a, b by POST]`: the steps.
  public var chain: [Task]?
  /// `next a`, `next [a, b]`: who may act.
  public var next: [Name]?
  /// `returned to x`.
  public var returnedTo: Name?
  /// `violations { code[2] }`: the code and the number of the act.
  public var violations: [Code]?
  /// `error CODE`: the trap.
  public var error: Name?
  /// `{ code, code[2] }`: exactly these.
  public var codes: [Code]?
  /// `needs { paths }`.
  public var needs: [PathTree]?
  /// `duties { code by POST due DATE }`.
  public var duties: [Task]?
  /// `with warning`, `without warning`.
  public var warns: (expected: Bool, range: SourceRange)?
  /// `copies { posts }`.
  public var copies: [Name]?
  /// `notices { posts }`.
  public var notices: [Name]?
  /// `files { posts }`.
  public var files: [Name]?
  /// The heading of its column, when the case is a row of a CSV file.
  public var heading: String?
  /// The whole line.
  public var range: SourceRange

  /// Makes an expectation; the rest is set by the parser.
  public init(policy: Name?, decision: Name, range: SourceRange) {
    self.policy = policy
    self.decision = decision
    self.range = range
  }
}
