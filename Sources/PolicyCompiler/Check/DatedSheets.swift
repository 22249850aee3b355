/// Holidays and rates that stand in CSV files: their rows become the lines of the declaration.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Rows `from`, `until`, `kind`, `name` as lines of a calendar.
  func calendarLines(
    _ clause: SheetClause, of name: Name, in policy: Int
  ) -> [CalendarTree.Line] {
    let columns = [
      SheetColumn(name: "from", type: .date),
      SheetColumn(name: "until", type: .date, isRequired: false),
      SheetColumn(name: "kind", type: .post, isRequired: false),
      SheetColumn(name: "name", type: .text, isRequired: false),
    ]
    return lines(clause, columns, of: "the calendar `\(name.text)`", in: policy) { row, cells in
      guard let from = cells[0] else { return nil }
      var isHoliday = true
      if let kind = cells[2] {
        guard case .name(let word) = kind.kind, ["holiday", "workday"].contains(word.text) else {
          report(.neitherHolidayNorWorkday(kind.range))
          return nil
        }
        isHoliday = word.text == "holiday"
      }
      var label: TextTree?
      if case .text(let text)? = cells[3]?.kind { label = text }
      return CalendarTree.Line(
        isHoliday: isHoliday, from: from, until: cells[1], label: label, range: row)
    }
  }

  /// Rows `currency`, `from`, `until`, `rate` as lines of rates.
  func rateLines(
    _ clause: SheetClause, of name: Name, in policy: Int
  ) -> [RatesTree.Line] {
    let columns = [
      SheetColumn(name: "currency", type: .post), SheetColumn(name: "from", type: .date),
      SheetColumn(name: "until", type: .date, isRequired: false),
      SheetColumn(name: "rate", type: .number),
    ]
    return lines(clause, columns, of: "the rates `\(name.text)`", in: policy) { row, cells in
      guard let code = cells[0], let from = cells[1], let rate = cells[3] else { return nil }
      guard case .name(let currency) = code.kind, isCurrency(currency.text) else {
        report(.badCurrency(Name(set.files[code.range.file].text(in: code.range), code.range)))
        return nil
      }
      return RatesTree.Line(
        currency: currency, from: from, until: cells[2], rate: rate, range: row)
    }
  }

  /// The rows of a file, each cell under its column; nil for an empty cell of a column that may be left out.
  private func lines<Line>(
    _ clause: SheetClause, _ columns: [SheetColumn], of what: Phrase, in policy: Int,
    _ make: (SourceRange, [ExpressionTree?]) -> Line?
  ) -> [Line] {
    guard let sheet = sheet(clause, from: policy),
      let places = places(of: columns, in: sheet, for: what)
    else { return [] }
    return sheet.rows.compactMap { row -> Line? in
      guard isWhole(row, in: sheet) else { return nil }
      var found = DiagnosticList()
      var cells: [ExpressionTree?] = []
      for (column, place) in zip(columns, places) {
        guard let place, column.isRequired || !row.cells[place].text.isEmpty else {
          cells.append(nil)
          continue
        }
        cells.append(
          CellReader.value(row.cells[place], cellForm(of: column.type, in: policy), &found))
      }
      for diagnostic in found.all { report(diagnostic) }
      return found.hasErrors ? nil : make(row.range, cells)
    }
  }
}
