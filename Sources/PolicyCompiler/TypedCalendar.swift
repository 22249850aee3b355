/// Business calendars and rates in the typed tree.
public import PolicyRuntime
public import PolicySource
internal import PolicySyntax

/// A business calendar: the days it covers, the weekend, and the days that are otherwise.
public struct TypedCalendar: Sendable {
  /// Days that are holidays or worked, whatever their weekday.
  public struct Line: Sendable {
    /// Whether nobody works.
    public let isHoliday: Bool
    /// The first day.
    public let from: Day
    /// The last day.
    public let until: Day
    /// The name of the holiday; may be empty.
    public let label: String
  }

  /// The identifier.
  public var name: String
  /// The label for people.
  public var label: String
  /// The first day that it knows.
  public var from = Day.first
  /// The last day that it knows.
  public var until = Day.first
  /// The weekdays of the weekend, 1 for Monday.
  public var weekend: Set<Int> = []
  /// Holidays and working days, apart from each other.
  public var lines: [Line] = []
  /// The same days, counted.
  public var days = BusinessCalendar(from: .first, until: .first) { _ in false }
  /// Where it is declared.
  public var range: SourceRange

  /// Makes a calendar of a name; the checker fills the rest.
  init(_ tree: CalendarTree, _ label: String?) {
    name = tree.name.text
    self.label = label ?? tree.name.text
    range = tree.name.range
  }
}

/// Rates of currencies against the currency of the policy's header.
public struct TypedRates: Sendable {
  /// A rate and its days.
  public struct Line: Sendable {
    /// The currency.
    public let currency: String
    /// The first day.
    public let from: Day
    /// The last day.
    public let until: Day
    /// What one unit is worth.
    public let rate: Decimal
  }

  /// The identifier.
  public var name: String
  /// The label for people.
  public var label: String
  /// The currency that amounts are converted to.
  public var currency: String
  /// Whether the source leaves the rates open.
  public var illustrative: Bool
  /// The lines, each currency's days rising and apart.
  public var lines: [Line] = []
  /// Where they are declared.
  public var range: SourceRange

  /// Makes rates of a name; the checker fills the rest.
  init(_ tree: RatesTree, _ label: String?, currency: String) {
    name = tree.name.text
    self.label = label ?? tree.name.text
    self.currency = currency
    illustrative = tree.illustrative
    range = tree.name.range
  }

  /// The same rates for the machine.
  public var table: RateTable {
    var rates: [String: [RateTable.Rate]] = [:]
    for line in lines {
      rates[line.currency, default: []].append(
        RateTable.Rate(from: line.from, until: line.until, rate: line.rate))
    }
    return RateTable(rates)
  }
}
