/// A line of a file with places in it underlined, and words behind each underline.
import PolicySource

/// One line, shown as it stands.
struct MarkedLine {
  /// Lines are cut behind so many columns, unless something further right is underlined.
  private static let width = 100

  let text: String

  /// `opening`: only the words up to the first text in quotation marks are underlined.
  init(
    _ file: SourceFile, at range: SourceRange,
    marks: [(range: SourceRange, words: String, opening: Bool)]
  ) {
    let number = file.position(of: Int(range.lower)).line
    let source = file.text(ofLine: number)
    let indent = source.prefix { $0 == " " || $0 == "\t" }.unicodeScalars.count
    let letters = Array(source.unicodeScalars.dropFirst(indent))
    let places = marks.map { mark in
      Self.place(mark.range, mark.opening, file, number, letters, indent)
    }
    let last = places.map(\.upperBound).max() ?? 0
    var shown = String(String.UnicodeScalarView(letters))
    if DisplayWidth.of(shown) > Self.width { shown = Self.cut(letters, behind: last) }
    var text = "  \(file.name):\(number)\n    \(shown)\n"
    for (mark, place) in zip(marks, places) {
      let before = letters[..<place.lowerBound].reduce(0) { $0 + DisplayWidth.of($1) }
      let under = letters[place].reduce(0) { $0 + DisplayWidth.of($1) }
      text += "    " + String(repeating: " ", count: before)
      text += String(repeating: "^", count: max(1, under)) + " " + mark.words + "\n"
    }
    self.text = text
  }

  /// The words of a file that are underlined for a range.
  static func underlined(_ range: SourceRange, opening: Bool, in file: SourceFile) -> String {
    let number = file.position(of: Int(range.lower)).line
    let source = file.text(ofLine: number)
    let indent = source.prefix { $0 == " " || $0 == "\t" }.unicodeScalars.count
    let letters = Array(source.unicodeScalars.dropFirst(indent))
    let place = place(range, opening, file, number, letters, indent)
    return String(String.UnicodeScalarView(letters[place]))
  }

  /// A long line up to where it is wide enough, but with all that is underlined.
  private static func cut(_ letters: [Unicode.Scalar], behind last: Int) -> String {
    var end = last
    var width = letters[..<last].reduce(0) { $0 + DisplayWidth.of($1) }
    while end < letters.count, width + DisplayWidth.of(letters[end]) <= Self.width {
      width += DisplayWidth.of(letters[end])
      end += 1
    }
    let kept = String(String.UnicodeScalarView(letters[..<end]))
    return end < letters.count ? kept + " …" : kept
  }

  private static func place(
    _ range: SourceRange, _ opening: Bool, _ file: SourceFile, _ line: Int,
    _ letters: [Unicode.Scalar], _ indent: Int
  ) -> Range<Int> {
    let (start, end) = (
      file.position(of: Int(range.lower)), file.position(of: Int(range.upper))
    )
    let first = min(max(0, start.column - 1 - indent), letters.count)
    var last = end.line == line ? min(end.column - 1 - indent, letters.count) : letters.count
    if opening { last = letters[first..<max(first, last)].firstIndex(of: "\"") ?? last }
    while last > first, letters[last - 1] == " " { last -= 1 }
    return first..<max(first, last)
  }
}

/// Rows of words in columns: the first to the left, the others to the right.
enum TextTable {
  static func text(_ rows: [[String]]) -> String {
    guard let head = rows.first else { return "" }
    let widths = head.indices.map { column in
      rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    return rows.map { row in
      let cells = zip(row, widths).enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: cell.1 - DisplayWidth.of(cell.0))
        return column == 0 ? cell.0 + blanks : blanks + cell.0
      }
      return cells.joined(separator: "  ") + "\n"
    }.joined()
  }
}
