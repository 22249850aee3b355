/// The tree of expressions, as written; names are not resolved and nothing has a type.
public import PolicySource

/// An identifier as written, in NFC, and where it stands.
public struct Name: Sendable, Hashable {
  /// The identifier in NFC.
  public var text: String
  /// Where it stands.
  public var range: SourceRange

  /// Makes a name.
  public init(_ text: String, _ range: SourceRange) {
    self.text = text
    self.range = range
  }
}

/// An expression and where it stands.
public struct ExpressionTree: Sendable {
  /// What it is.
  public var kind: Kind
  /// The whole expression.
  public var range: SourceRange

  /// Makes an expression.
  public init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }

  /// The forms of an expression.
  public indirect enum Kind: Sendable {
    /// A number without `_`, such as `12000.5`; the text is what the decimal is read from.
    case number(String)
    /// `6%`: the digits before the sign.
    case percent(String)
    /// `12_000 CNY`: digits and currency (three capital letters).
    case money(String, currency: Name)
    /// `2026-11-21`; the parser has checked the form only.
    case date(String)
    /// `2026-04`; the parser has checked the form only.
    case month(String)
    /// `09:00`; the parser has checked the form only.
    case time(String)
    /// A text, with `{expressions}` where the place allows them.
    case text(TextTree)
    /// `true` or `false`.
    case bool(Bool)
    /// An input, parameter, definition, variable, decision, post or member.
    case name(Name)
    /// `base.field`; also `policy.decision` and `table[…].column`.
    case field(ExpressionTree, Name)
    /// `table[key, key]`.
    case index(ExpressionTree, [ExpressionTree])
    /// `name(argument, …)`: a definition or a builtin (`round`, `round up` is `round_up`, `round_down`).
    case call(Name, [ExpressionTree])
    /// `not x`.
    case not(ExpressionTree)
    /// `-x`.
    case negate(ExpressionTree)
    /// `a and b`, `a + b`, `a < b`, …
    case binary(BinaryOperator, ExpressionTree, ExpressionTree)
    /// `x is …`, `x is not …`.
    case test(ExpressionTree, negated: Bool, IsTest)
    /// `x in …`, `x not in …`.
    case membership(ExpressionTree, negated: Bool, Collection)
    /// `if c then a else b`.
    case conditional(ExpressionTree, ExpressionTree, ExpressionTree)
    /// `any x in xs where c`, `all x in xs where c`.
    case quantifier(Quantifier, variable: Name, list: ExpressionTree, condition: ExpressionTree)
    /// `count(x in xs where c)`, `sum(e for x in xs where c)`, `min(…) else e`, `max(…) else e`;
    /// `count(xs)` has no variable.
    case aggregate(AggregateTree)
    /// `e else fallback`, only behind a table look-up or `min`/`max`.
    case fallback(ExpressionTree, ExpressionTree)
    /// `30 days`, `n days`, `1 month`: only right of `+` and `-`.
    case duration(ExpressionTree, DurationUnit)
    /// `days from a to b`.
    case daysBetween(ExpressionTree, ExpressionTree)
    /// `business days [of CALENDAR] from a to b`.
    case businessDaysBetween(ExpressionTree, ExpressionTree, calendar: Name?)
    /// `3 business days [of CALENDAR]`: only right of `+` and `-`.
    case businessDuration(ExpressionTree, calendar: Name?)
    /// `amount in CNY …`.
    case convert(ConversionTree)
    /// `date of order.number`, `serial of order.number`.
    case patternPart(PatternPart, ExpressionTree)
    /// `months from a to b`.
    case monthsBetween(ExpressionTree, ExpressionTree)
    /// `day 25 of m`.
    case dayOfMonth(ExpressionTree, ExpressionTree)
    /// `day of d`, `end of month of d`, …
    case datePart(DatePart, ExpressionTree)
    /// `today`.
    case today
    /// `[a, b]`.
    case list([ExpressionTree])
    /// `{ field: e, … }`.
    case record([(name: Name, value: ExpressionTree)])
    /// `[e for x in xs where c]`.
    case comprehension(
      ExpressionTree, variable: Name, list: ExpressionTree, condition: ExpressionTree?)
    /// `the x in xs where c else e`.
    case the(
      variable: Name, list: ExpressionTree, condition: ExpressionTree, otherwise: ExpressionTree?)
    /// `allocate AMOUNT over x in xs where c taking EXPR by KEY`.
    case allocate(AllocationTree)
    /// What the parser could not read; a diagnostic was given.
    case missing
  }

  /// The operators between two expressions.
  public enum BinaryOperator: String, Sendable {
    case and, or, implies
    case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">"
    case greaterOrEqual = ">="
    case add = "+", subtract = "-", multiply = "*", divide = "/"
    case startsWith = "starts with", endsWith = "ends with", contains, matches
  }

  /// What may stand right of `is`.
  public enum IsTest: Sendable {
    /// `is present`.
    case present
    /// `is absent`.
    case absent
    /// A member, a post, or an answer of a decision (`allow`, `approved`, `within`, `valid`, …).
    case word(Name)
    /// `is business day [of CALENDAR]`.
    case businessDay(calendar: Name?)
    /// `is better than C`.
    case betterThan(Name)
    /// `is no worse than C`.
    case noWorseThan(Name)
    /// `is EXPRESSION` where the right side is not one word, such as `is true`.
    case value(ExpressionTree)
  }

  /// What may stand right of `in`.
  public enum Collection: Sendable {
    /// `[a, b]`: words are looked up in the type of the left side.
    case members([ExpressionTree])
    /// `10..20`, or `10..<20` when not inclusive.
    case range(ExpressionTree, ExpressionTree, inclusive: Bool)
    /// A list.
    case list(ExpressionTree)
  }

  /// `any` or `all`.
  public enum Quantifier: String, Sendable { case any, all }

  /// The functions over a list.
  public enum Aggregate: String, Sendable { case count, sum, min, max }

  /// An aggregate over a list.
  public struct AggregateTree: Sendable {
    /// Which one.
    public var function: Aggregate
    /// What is summed or compared; nil for `count`.
    public var element: ExpressionTree?
    /// The name of the item; nil for `count(xs)`.
    public var variable: Name?
    /// The list.
    public var list: ExpressionTree
    /// Which items count.
    public var condition: ExpressionTree?

    /// Makes an aggregate.
    public init(
      function: Aggregate, element: ExpressionTree?, variable: Name?, list: ExpressionTree,
      condition: ExpressionTree?
    ) {
      self.function = function
      self.element = element
      self.variable = variable
      self.list = list
      self.condition = condition
    }
  }

  /// An amount handed out over the items of a list.
  public struct AllocationTree: Sendable {
    /// What is handed out.
    public var amount: ExpressionTree
    /// The name of the item.
    public var variable: Name
    /// The list.
    public var list: ExpressionTree
    /// Which items take part.
    public var condition: ExpressionTree?
    /// What an item takes at most.
    public var taking: ExpressionTree
    /// Whose turn comes first: rising.
    public var key: ExpressionTree

    /// Makes an allocation.
    public init(
      amount: ExpressionTree, variable: Name, list: ExpressionTree, condition: ExpressionTree?,
      taking: ExpressionTree, key: ExpressionTree
    ) {
      self.amount = amount
      self.variable = variable
      self.list = list
      self.condition = condition
      self.taking = taking
      self.key = key
    }
  }
  /// What can be taken out of a text that has a pattern.
  public enum PatternPart: String, Sendable { case date = "date of", serial = "serial of" }

  /// The units of a length of time.
  public enum DurationUnit: String, Sendable { case days, months }

  /// The parts of a date that have words of their own.
  public enum DatePart: String, Sendable {
    case day = "day of", month = "month number of", year = "year of", weekday = "weekday of"
    case endOfMonth = "end of month of", monthOf = "month of", quarter = "quarter of"
    case halfYear = "half year of", endOfQuarter = "end of quarter of"
    case firstDay = "first day of", lastDay = "last day of"
  }
}

/// A text with holes: `"{order.paid} of {order.amount}"`.
public struct TextTree: Sendable {
  /// A piece of the text.
  public enum Part: Sendable {
    /// Letters as they are shown; escapes are resolved.
    case letters(String)
    /// An expression whose value is put there.
    case hole(ExpressionTree)
  }

  /// The pieces in order.
  public var parts: [Part]
  /// The whole text with its quotes.
  public var range: SourceRange

  /// Makes a text.
  public init(_ parts: [Part], _ range: SourceRange) {
    self.parts = parts
    self.range = range
  }

  /// The text when it has no hole, else nil.
  public var plain: String? {
    var result = ""
    for part in parts {
      guard case .letters(let letters) = part else { return nil }
      result += letters
    }
    return result
  }
}
