/// Reads CSV (RFC 4180): rows of cells with their places; knows nothing of tables or of types.
///
/// It stands in this module because it turns text into a tree, and shares the checks for UTF-8 and hidden
/// characters with policies.
public import PolicySource

/// Reads CSV files.
///
/// It never throws and never stops at the first mistake.
public enum SheetReader {
  /// Reads a file.
  public static func read(_ file: SourceFile, id: FileID) -> (SheetTree, DiagnosticList) {
    var reader = CellCutter(file, id)
    let rows = reader.rows()
    let place = SourceRange(file: id, lower: 0, upper: 0)
    guard let header = rows.first else {
      if !reader.diagnostics.hasErrors {
        reader.diagnostics.add(SheetMessages.emptySheet(at: place))
      }
      return (SheetTree(header: .init(cells: [], range: place), rows: []), reader.diagnostics)
    }
    let rest = rows.dropFirst().map { row in
      var row = row
      while row.cells.count > header.cells.count, row.cells.last?.text.isEmpty == true {
        row.cells.removeLast()
      }
      return row
    }
    return (SheetTree(header: header, rows: rest), reader.diagnostics)
  }

  /// Whether a character stands around a word without being part of it: blanks, also the wide and the fixed one.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\n", "\r", "\u{A0}", "\u{3000}": true
    default: false
    }
  }

  /// A text without the blanks around it.
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last, isBlank(first) || isBlank(last) else {
      return text
    }
    var part = scalars[...]
    while let first = part.first, isBlank(first) { part.removeFirst() }
    while let last = part.last, isBlank(last) { part.removeLast() }
    return String(part)
  }
}

/// Cuts the bytes of a file into cells.
private struct CellCutter {
  private let bytes: [UInt8]
  private let file: FileID
  private var index = 0
  var diagnostics = DiagnosticList()

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")

  init(_ source: SourceFile, _ id: FileID) {
    file = id
    var found = DiagnosticList()
    bytes = UTF8Reader.clean(source.bytes, id, &found)
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    diagnostics = found
  }

  /// The rows that have a cell with something in it; empty cells at the end of the header are left out.
  mutating func rows() -> [SheetTree.Row] {
    var rows: [SheetTree.Row] = []
    while index < bytes.count {
      var row = row()
      guard row.cells.contains(where: { !$0.text.isEmpty }) else { continue }
      if rows.isEmpty {
        while row.cells.last?.text.isEmpty == true { row.cells.removeLast() }
      }
      rows.append(row)
    }
    return rows
  }

  /// One row with its line break.
  private mutating func row() -> SheetTree.Row {
    var cells: [SheetTree.Cell] = []
    let start = index
    while true {
      cells.append(bytes.count > index && bytes[index] == Self.quote ? quoted() : plain())
      if index < bytes.count, bytes[index] == Self.comma {
        index += 1
      } else {
        break
      }
    }
    let end = index
    if index < bytes.count, bytes[index] == 0x0D { index += 1 }
    if index < bytes.count, bytes[index] == 0x0A { index += 1 }
    return SheetTree.Row(cells: cells, range: SourceRange(file: file, lower: start, upper: end))
  }

  /// Whether a line ends at an offset.
  private func isLineEnd(_ at: Int) -> Bool {
    at >= bytes.count || bytes[at] == 0x0A
      || bytes[at] == 0x0D && (at + 1 >= bytes.count || bytes[at + 1] == 0x0A)
  }

  /// A cell without quotes around it, up to a comma or the end of the line.
  private mutating func plain() -> SheetTree.Cell {
    let start = index
    var stray: Int?
    while !isLineEnd(index), bytes[index] != Self.comma {
      if bytes[index] == Self.quote, stray == nil { stray = index }
      index += 1
    }
    var (lower, upper) = (start, index)
    while lower < upper, bytes[lower] == 0x20 || bytes[lower] == 0x09 { lower += 1 }
    while upper > lower, bytes[upper - 1] == 0x20 || bytes[upper - 1] == 0x09 { upper -= 1 }
    let range = SourceRange(file: file, lower: lower, upper: upper)
    if stray != nil { diagnostics.add(SheetMessages.strayQuote(at: range)) }
    let text = String(decoding: bytes[lower..<upper], as: UTF8.self)
    return SheetTree.Cell(text: SheetReader.trimmed(text), range: range)
  }

  /// A cell between quotes, in which two quotes are one; it may hold commas and line breaks.
  private mutating func quoted() -> SheetTree.Cell {
    let start = index
    index += 1
    var content: [UInt8] = []
    var isClosed = false
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte != Self.quote {
        content.append(byte)
      } else if index < bytes.count, bytes[index] == Self.quote {
        content.append(byte)
        index += 1
      } else {
        isClosed = true
        break
      }
    }
    let range = SourceRange(file: file, lower: start, upper: index)
    if !isClosed {
      diagnostics.add(
        SheetMessages.unclosedQuote(at: SourceRange(file: file, lower: start, upper: start + 1)))
    }
    let behind = index
    while !isLineEnd(index), bytes[index] != Self.comma { index += 1 }
    if bytes[behind..<index].contains(where: { $0 != 0x20 && $0 != 0x09 }) {
      diagnostics.add(
        SheetMessages.textBehindQuote(
          at: SourceRange(file: file, lower: behind, upper: index)))
    }
    let text = String(decoding: content, as: UTF8.self)
    return SheetTree.Cell(text: SheetReader.trimmed(text), range: range)
  }
}
