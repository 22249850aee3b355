/// The tree of a CSV file: a header, rows and cells, as a spreadsheet program wrote them.
public import PolicySource

/// One CSV file.
public struct SheetTree: Sendable {
  /// A cell: its text without the quotes of the file and without blanks around it.
  public struct Cell: Sendable {
    /// The text.
    public var text: String
    /// Where it stands, with its quotes.
    public var range: SourceRange

    /// Makes a cell.
    public init(text: String, range: SourceRange) {
      self.text = text
      self.range = range
    }
  }

  /// A row that is not empty.
  public struct Row: Sendable {
    /// The cells; empty ones beyond the header are left out.
    public var cells: [Cell]
    /// From the first cell to the last.
    public var range: SourceRange

    /// Makes a row.
    public init(cells: [Cell], range: SourceRange) {
      self.cells = cells
      self.range = range
    }
  }

  /// The first row that is not empty; without cells when the file has none, which was reported.
  public var header: Row
  /// The other rows.
  public var rows: [Row]

  /// Makes a sheet.
  public init(header: Row, rows: [Row]) {
    self.header = header
    self.rows = rows
  }

  /// What a tree dump shows: one line per row, cells in brackets.
  public var dump: String {
    ([header] + rows).map { row in
      row.cells.map { "[\($0.text.split(separator: "\n").joined(separator: "⏎"))]" }.joined() + "\n"
    }.joined()
  }
}

/// `from "file.csv" [encoding gbk]`: where the rows of a table stand.
public struct SheetClause: Sendable {
  /// The path, relative to the policy's own file.
  public var file: TextTree
  /// The encoding of the file; UTF-8 when none is named.
  public var encoding: Name?

  /// Makes a clause.
  public init(file: TextTree, encoding: Name?) {
    self.file = file
    self.encoding = encoding
  }

  /// The encodings that can be named.
  public static let encodings = ["utf8", "gbk", "gb18030"]

  /// The path within the set of a file that a policy names; nil when it leads out of the set.
  ///
  /// - Parameters:
  ///   - path: as written, with `/` between folders.
  ///   - policy: the name of the policy's file, relative to the folder of the set.
  public static func resolve(_ path: String, beside policy: String) -> String? {
    if path.hasPrefix("/") || path.utf8.contains(0x5C) { return nil }
    var parts = policy.split(separator: "/").dropLast().map(String.init)
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      switch part {
      case "", ".": continue
      case "..":
        if parts.isEmpty { return nil }
        parts.removeLast()
      default: parts.append(String(part))
      }
    }
    return parts.joined(separator: "/")
  }
}

extension PolicyTree {
  /// The files that the policy names.
  public var sheetClauses: [SheetClause] {
    declarations.compactMap { declaration in
      switch declaration {
      case .table(let table): table.sheet
      case .calendar(let calendar): calendar.sheet
      case .rates(let rates): rates.sheet
      case .register(let register): register.table.sheet
      case .hierarchy(let hierarchy): hierarchy.table.sheet
      default: nil
      }
    }
  }
}
