/// The wording of mistakes in CSV files, in what policies say of them, and in tables that collect, sorted.
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
  static func cannotCollect(_ range: SourceRange, _ hit: String, _ type: String) -> Self {
    Self(
      "not-a-number", .error,
      "`\(hit)` takes numbers, amounts or percentages, not \(type)",
      at: range,
      help: "declare the table `collect count`, or give it another column")
  }

  static func elseNotNeeded(_ range: SourceRange, _ table: String, _ hit: String) -> Self {
    Self(
      "else-not-needed", .error,
      hit == "collect"
        ? "a look-up of `\(table)` always has a value: `\(hit)` of no row is an empty list"
        : "a look-up of `\(table)` always has a value: `\(hit)` of no row is 0",
      at: range,
      help: "leave out `else`")
  }

  static func fileOutside(_ path: String, at range: SourceRange) -> Self {
    Self(
      "file-outside", .error,
      "the file `\(path)` lies outside the folder of the policies",
      at: range,
      help: "put it beside the policy and write its name alone, with `/` between folders")
  }

  static func missingHeading(_ name: String, _ range: SourceRange) -> Self {
    Self(
      "missing-column", .error,
      "the first row has no heading `\(name)`",
      at: range,
      help: "the first row names every key and column of the table")
  }

  static func periodNamedTwice(_ name: Name) -> Self {
    Self(
      "duplicate-column", .error,
      "the rows of a dated table have `from` and `until` of their own",
      at: name.range,
      help: "choose another name")
  }

  static func sheetRowLength(_ range: SourceRange, found: Int, expected: Int) -> Self {
    Self(
      "row-length", .error,
      "this row has \(count(found, "cell")), the first row has \(expected)",
      at: range,
      help: found > expected
        ? "a cell that holds a comma stands in quotes" : "write `-` for a key that may be anything")
  }

  static func unknownFile(
    _ path: String, nearest: String?, all: [String], at range: SourceRange
  ) -> Self {
    Self(
      "unknown-file", .error,
      "there is no file `\(path)` beside this policy",
      at: range,
      help: meant(
        nearest,
        all.isEmpty
          ? "files of rows end in `.csv` and lie in the folder of the policies"
          : "there is \(list(all))"))
  }

  static func unknownHeading(
    _ cell: SheetTree.Cell, _ what: Phrase, nearest: String?, all: [String]
  ) -> Self {
    let parted = cell.text.contains(";") || cell.text.contains("\t")
    return Self(
      "unknown-column", .error,
      parted
        ? "the first row is not parted by commas"
        : "\(what) has no key or column `\(cell.text)`",
      at: cell.range,
      help: parted
        ? "save the file as CSV with commas"
        : meant(nearest, "it has \(list(all)); a heading that begins with `#` is a remark"))
  }

  static func unusedFile(_ path: String, at range: SourceRange) -> Self {
    Self(
      "unused-file", .warning,
      "no policy reads the file `\(path)`",
      at: range,
      help: "name it with `from`, or take it out of the folder")
  }
}
