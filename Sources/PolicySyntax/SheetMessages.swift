/// The words about CSV files and their cells: one function per mistake, in the order of the alphabet.
import PolicySource

/// Every mistake of form in a CSV file and what is said about it.
enum SheetMessages {
  static func ambiguousNumber(_ text: String, joined: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "ambiguous-number", .error, "`\(text)` may be one number or several", at: range,
      help: "write `\(joined)`, or a blank behind each comma of a list")
  }

  static func badCell(_ text: String, _ form: CellForm, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-cell", .error, "`\(shortened(text))` is not \(form.words)", at: range, help: form.help)
  }

  static func damagedCell(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "damaged-cell", .error,
      "`\(shortened(text))` is what a spreadsheet program leaves of a mistake",
      at: range,
      help: "mend the formula or widen the column in the spreadsheet, and save it again")
  }

  static func dateWithoutYear(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "damaged-cell", .error,
      "the spreadsheet program has made a day of what was typed, and shows only part of it: `\(text)`",
      at: range,
      help: "write the whole day as 2026-01-02; what is no day, in a column formatted as text")
  }

  static func dayOrMonth(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-cell", .error, "`\(text)` does not say which number is the month", at: range,
      help: "write the year first: 2026-01-02 or 2026/1/2")
  }

  static func digitsReplaced(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "damaged-cell", .error, "the spreadsheet program has replaced digits of this cell: `\(text)`",
      at: range,
      help: "format the column as text, type the cell again with all its digits, and save it")
  }

  static func emptyCell(isKey: Bool, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "empty-cell", .error, "this cell is empty", at: range,
      help: isKey ? "write `-` where any value will do" : "every row gives a value")
  }

  static func emptySheet(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "empty-sheet", .error, "the file is empty", at: range,
      help: "its first row names the keys and columns of the table")
  }

  static func inParentheses(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-cell", .error, "`\(shortened(text))` may mean less than zero", at: range,
      help: "write a minus sign: `-100`")
  }

  static func serialDay(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "damaged-cell", .error, "`\(text)` is the number by which a spreadsheet program counts a day",
      at: range,
      help: "format the column as a date with year, month and day, and save it again")
  }

  static func strayQuote(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "csv-quote", .error, "a quote stands inside a cell that does not begin with one", at: range,
      help: "put the whole cell in quotes and write each quote in it twice")
  }

  static func textBehindQuote(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "csv-quote", .error, "something stands behind the closing quote of a cell", at: range,
      help: "a quote inside a cell is written twice")
  }

  static func unclosedQuote(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "csv-quote", .error, "the quote that opens this cell is not closed", at: range,
      help: "close it; a quote inside a cell is written twice")
  }

  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 40 ? line.prefix(39) + "…" : line
  }
}
