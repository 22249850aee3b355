/// Business calendars and rates of the program.
import PolicyRuntime

extension ProgramBuilder {
  /// The number of a calendar; it is added at its first use.
  func number(ofCalendar reference: Reference) -> Int {
    if let known = calendarNumbers[reference] { return known }
    program.calendars.append(set.policies[reference.policy].calendars[reference.index].days)
    calendarNumbers[reference] = program.calendars.count - 1
    return program.calendars.count - 1
  }

  /// The number of a table of rates and that of the currency it leads to.
  func number(ofRates reference: Reference) -> (table: Int, currency: Int) {
    let rates = set.policies[reference.policy].rates[reference.index]
    let currency = currency(rates.currency)
    // Amounts are then converted to another currency than the main one.
    if currency != 1 { program.tracksCurrencies = true }
    if let known = rateNumbers[reference] { return (known, Int(currency)) }
    program.rates.append(rates.table)
    rateNumbers[reference] = program.rates.count - 1
    return (program.rates.count - 1, Int(currency))
  }
}
