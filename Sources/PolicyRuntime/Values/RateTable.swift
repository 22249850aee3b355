/// What foreign currencies are worth, day by day.

/// The rates of currencies against one, each from a day on.
public struct RateTable: Sendable {
  /// A rate and the days on which it holds.
  public struct Rate: Sendable {
    /// The first day.
    public let from: Day
    /// The last day.
    public let until: Day
    /// What one unit is worth.
    public let rate: Decimal

    /// Makes a rate.
    public init(from: Day, until: Day, rate: Decimal) {
      self.from = from
      self.until = until
      self.rate = rate
    }
  }

  /// What looking a currency up gives.
  public enum Finding: Sendable {
    case rate(Decimal)
    /// No line names the currency.
    case unknownCurrency
    /// No line holds on the day.
    case missing
  }

  /// The rates by currency, days rising.
  private let rates: [String: [Rate]]

  /// Makes a table.
  public init(_ rates: [String: [Rate]]) { self.rates = rates }

  /// The rate of a currency on a day.
  public func rate(of currency: String, on day: Day) -> Finding {
    guard let lines = rates[currency] else { return .unknownCurrency }
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].from <= day { low = middle + 1 } else { high = middle }
    }
    guard low > 0, day <= lines[low - 1].until else { return .missing }
    return .rate(lines[low - 1].rate)
  }
}
