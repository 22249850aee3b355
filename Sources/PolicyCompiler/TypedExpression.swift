/// Typed expressions: what `ExpressionTree` becomes once names and types are known.
public import PolicyRuntime
public import PolicySource

/// An expression with its type and place.
public struct TypedExpression: Sendable {
  /// What it is.
  public var kind: Kind
  /// The type of its value; never optional except for a path to a `T?` (only tested for presence,
  /// or guarded: then the reader of the tree may take its value).
  public var type: ValueType
  /// Where it stands.
  public var range: SourceRange

  /// Makes an expression.
  public init(_ kind: Kind, _ type: ValueType, _ range: SourceRange) {
    self.kind = kind
    self.type = type
    self.range = range
  }

  /// The forms.
  public indirect enum Kind: Sendable {
    case constant(Constant)
    /// A whole input.
    case input(Reference)
    /// An item of a list, or an argument of a definition.
    case variable(Variable)
    /// A field of a record by index.
    case field(TypedExpression, Int)
    case parameter(Reference)
    /// A definition; without arguments for a named value.
    case call(Reference, [TypedExpression])
    /// A column of the row of a table that matches the keys; `fallback` when no row does.
    case lookup(Reference, keys: [TypedExpression], column: Int, fallback: TypedExpression?)
    case not(TypedExpression)
    case negate(TypedExpression)
    /// `implies` is kept apart so that explanations can say it.
    case logical(Logical, TypedExpression, TypedExpression)
    /// Both sides have the same type (number, money, percent, date, rising enumeration; `=` and `!=` all
    /// scalar types). For `bestFirst` enumerations the checker has turned `better than` into `less` of indices.
    case compare(Comparison, TypedExpression, TypedExpression)
    /// `x in [a, b]` with constants or expressions of x's type: equal to one of them.
    case oneOf(TypedExpression, [TypedExpression])
    /// `x in LIST` of scalars.
    case contains(list: TypedExpression, TypedExpression)
    /// `is present` of a path to a `T?`.
    case isPresent(TypedExpression)
    /// A Text or `Text?` that is absent, empty or only white space (`require fields`); unknown stays unknown.
    case isBlank(TypedExpression)
    /// Number, money, percent as the type says; operands' own types tell Money × Percent from Number × Number.
    case arithmetic(Arithmetic, TypedExpression, TypedExpression)
    /// `round`, `round up`, `round down` to 0…8 places.
    case round(TypedExpression, places: Int, Decimal.Rounding)
    case conditional(TypedExpression, TypedExpression, TypedExpression)
    /// `any` and `all`.
    case quantifier(any: Bool, Variable, list: TypedExpression, TypedExpression)
    /// `count`, `sum`, `min`, `max`; `element` is nil for count; `fallback` only for min and max.
    case aggregate(
      Aggregate, Variable?, list: TypedExpression, element: TypedExpression?,
      condition: TypedExpression?, fallback: TypedExpression?)
    /// A record written out: one value per field of its type; `absent` where a `T?` was left out.
    case record([TypedExpression])
    /// A list written out.
    case list([TypedExpression])
    /// `[e for x in xs where c]`.
    case comprehension(
      Variable, list: TypedExpression, element: TypedExpression, condition: TypedExpression?)
    /// `the x in xs where c else e`: the one item (trap `several_matches`, without `else` `no_match`).
    case the(
      Variable, list: TypedExpression, condition: TypedExpression, otherwise: TypedExpression?)
    /// `allocate …`: a record of the parts (item and amount, by rising key, ties in list order) and the rest.
    case allocate(TypedAllocation)
    /// Nothing, for a `T?` that a record leaves out.
    case absent
    /// `starts with`, `ends with`, `contains` of texts, by exact bytes.
    case textTest(TextTest, TypedExpression, TypedExpression)
    case matches(TypedExpression, TextPattern)
    /// Date plus a Number of days or months (a fraction is the trap `date_out_of_range`).
    case addDays(TypedExpression, TypedExpression, negated: Bool)
    case addMonths(TypedExpression, TypedExpression, negated: Bool)
    /// A Number.
    case daysBetween(TypedExpression, TypedExpression)
    case datePart(DatePart, TypedExpression)
    /// A question to a business calendar; the second operand is nil for `is business day`.
    case business(BusinessFunction, Reference, TypedExpression, TypedExpression?)
    /// An amount in the currency of some rates; `on` is nil for the `as of` day.
    case convert(TypedExpression, rates: Reference, on: TypedExpression?)
    /// The day or serial in a text of a field with that pattern.
    case patternPart(PatternPart, TypedExpression, TextPattern)
    /// A function of a month and a number, two months, or a number and a month.
    case dateFunction(DateFunction, TypedExpression, TypedExpression)
    case today
    /// The day `as of`, by which a dated table is looked up.
    case asOf
    /// `D is ANSWER`, a Bool.
    case decisionIs(Reference, DecisionAnswer)
    /// The figure of a value, or the class of a grade (trap `not_applicable_value` when it does not apply).
    case decisionValue(Reference)
    /// The total of a grade's points, inside its bands.
    case pointsTotal
  }

  /// The connectives.
  public enum Logical: Sendable { case and, or, implies }
  /// The comparisons.
  public enum Comparison: UInt8, Sendable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  }
  /// The operations.
  public enum Arithmetic: UInt8, Sendable { case add, subtract, multiply, divide }
  /// The functions over lists.
  public enum Aggregate: UInt8, Sendable { case count, sum, min, max }
  /// The tests of texts.
  public enum TextTest: UInt8, Sendable { case startsWith, endsWith, contains }
  /// What a patterned text tells.
  public enum PatternPart: UInt8, Sendable { case date, serial }
  /// The parts of a date or month; `monthOf` is a Month, `firstDay` and `lastDay` are of a Month.
  public enum DatePart: UInt8, Sendable {
    case day, month, year, weekday, endOfMonth
    case monthOf, quarter, halfYear, endOfQuarter, firstDay, lastDay
  }
}

/// `allocate AMOUNT over x in xs where c taking EXPR by KEY`; a negative amount is the trap `negative_amount`.
public struct TypedAllocation: Sendable {
  /// What is handed out: Money or Number.
  public var amount: TypedExpression
  /// The item.
  public var variable: Variable
  /// The list.
  public var list: TypedExpression
  /// Which items take part; nil is all.
  public var condition: TypedExpression?
  /// What an item takes at most, of the amount's type.
  public var taking: TypedExpression
  /// Who comes first: the least.
  public var key: TypedExpression
  /// The record of an item and its amount.
  public var part: RecordID

  /// Makes an allocation.
  public init(
    amount: TypedExpression, variable: Variable, list: TypedExpression,
    condition: TypedExpression?, taking: TypedExpression, key: TypedExpression, part: RecordID
  ) {
    self.amount = amount
    self.variable = variable
    self.list = list
    self.condition = condition
    self.taking = taking
    self.key = key
    self.part = part
  }
}

/// What may stand right of `is` when the left side is a decision.
public enum DecisionAnswer: Hashable, Sendable {
  case notApplicable
  case allow, hold, deny
  /// Approval: false when the request brings no history.
  case approved
  /// Approval: not known when the request brings no history.
  case open, refused
  case chain, invalid, valid
  case within, exceeded
  /// A grade is this member, or better (lower index) / no worse than it.
  case grade(Int), betterThan(Int), noWorseThan(Int)
}

/// A text with holes.
public struct TypedText: Sendable {
  /// A piece.
  public enum Part: Sendable {
    case letters(String)
    case hole(TypedExpression)
    /// That a field of this label is empty, in the language of the answer.
    case missing(label: String)
  }

  /// The pieces in order.
  public var parts: [Part]

  /// Makes a text.
  public init(_ parts: [Part]) { self.parts = parts }
}
