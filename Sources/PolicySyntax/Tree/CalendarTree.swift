/// The trees of two declarations that hold dated facts of the world: business calendars and rates.
public import PolicySource

/// `calendar name ["label"] { covers … weekend … holiday … workday … }`.
public struct CalendarTree: Sendable {
  /// `holiday DATE [until DATE] ["label"]` or `workday …`.
  public struct Line: Sendable {
    /// Whether nobody works on these days; else everybody does.
    public var isHoliday: Bool
    /// The first day.
    public var from: ExpressionTree
    /// The last day; nil when it is one day.
    public var until: ExpressionTree?
    /// The name of the holiday.
    public var label: TextTree?
    /// The line.
    public var range: SourceRange

    /// Makes a line.
    public init(
      isHoliday: Bool, from: ExpressionTree, until: ExpressionTree?, label: TextTree?,
      range: SourceRange
    ) {
      self.isHoliday = isHoliday
      self.from = from
      self.until = until
      self.label = label
      self.range = range
    }
  }

  /// The identifier.
  public var name: Name
  /// The label for people.
  public var label: TextTree?
  /// `covers DATE until DATE`.
  public var covers: (from: ExpressionTree, until: ExpressionTree)?
  /// `weekend saturday, sunday`; nil when it is not written.
  public var weekend: [Name]?
  /// `from "file.csv"`: where further holidays and working days stand.
  public var sheet: SheetClause?
  /// Holidays and working days in source order.
  public var lines: [Line]

  /// Makes a calendar without lines.
  public init(name: Name, label: TextTree?) {
    self.name = name
    self.label = label
    lines = []
  }
}

/// `rates name ["label"] [illustrative] { USD from DATE [until DATE]: 7.05 … }`.
public struct RatesTree: Sendable {
  /// What one unit of a currency is worth from a day on.
  public struct Line: Sendable {
    /// The currency.
    public var currency: Name
    /// The first day.
    public var from: ExpressionTree
    /// The last day; nil until the next line of the currency.
    public var until: ExpressionTree?
    /// The rate, a number.
    public var rate: ExpressionTree
    /// The line.
    public var range: SourceRange

    /// Makes a line.
    public init(
      currency: Name, from: ExpressionTree, until: ExpressionTree?, rate: ExpressionTree,
      range: SourceRange
    ) {
      self.currency = currency
      self.from = from
      self.until = until
      self.rate = rate
      self.range = range
    }
  }

  /// The identifier.
  public var name: Name
  /// The label for people.
  public var label: TextTree?
  /// Whether the source leaves the rates open.
  public var illustrative: Bool
  /// `from "file.csv"`: where further lines stand.
  public var sheet: SheetClause?
  /// The lines in source order.
  public var lines: [Line]

  /// Makes rates without lines.
  public init(name: Name, label: TextTree?, illustrative: Bool) {
    self.name = name
    self.label = label
    self.illustrative = illustrative
    lines = []
  }
}

/// `amount in CNY [at RATES] [on DATE] [rounded [up | down] to N places]`.
public struct ConversionTree: Sendable {
  /// `rounded`, `rounded up` or `rounded down`, and the places.
  public struct Rounding: Sendable {
    /// `round`, `round_up` or `round_down`.
    public var function: String
    /// The places, a number.
    public var places: ExpressionTree

    /// Makes a rounding.
    public init(function: String, places: ExpressionTree) {
      self.function = function
      self.places = places
    }
  }

  /// The amount.
  public var amount: ExpressionTree
  /// The currency it is wanted in.
  public var currency: Name
  /// The rates, when more than one declaration is known.
  public var rates: Name?
  /// The day of the rate; nil is the `as of` day.
  public var on: ExpressionTree?
  /// How the result is rounded.
  public var rounding: Rounding?

  /// Makes a conversion.
  public init(amount: ExpressionTree, currency: Name) {
    self.amount = amount
    self.currency = currency
  }
}
