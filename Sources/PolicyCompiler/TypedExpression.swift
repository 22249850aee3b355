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
    /// `starts with`, `ends with`, `contains` of texts, by exact bytes.
    case textTest(TextTest, TypedExpression, TypedExpression)
    case matches(TypedExpression, TextPattern)
    /// Date plus a Number of days or months (a fraction is the trap `date_out_of_range`).
    case addDays(TypedExpression, TypedExpression, negated: Bool)
    case addMonths(TypedExpression, TypedExpression, negated: Bool)
    /// A Number.
    case daysBetween(TypedExpression, TypedExpression)
    case datePart(DatePart, TypedExpression)
    case today
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
  /// The parts of a date.
  public enum DatePart: UInt8, Sendable { case day, month, year, weekday, endOfMonth }
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
  }

  /// The pieces in order.
  public var parts: [Part]

  /// Makes a text.
  public init(_ parts: [Part]) { self.parts = parts }
}
