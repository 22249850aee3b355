/// The register of a company's processes, as a CSV file: what the policies are measured against.
public import PolicySource
import PolicySyntax

/// The processes of a register, in its order.
///
/// The file has the columns `process` (the number) and `title`, and may have `area` and `evidence`: how much
/// of the process its source writes down (`full`, `part` or `thin`).
public struct ProcessRegister: Sendable {
  /// How much of a process its source writes down.
  public enum Evidence: String, Sendable, CaseIterable {
    case full, part, thin
  }

  /// One process.
  public struct Process: Sendable {
    /// Its number, such as `S1-25`.
    public let id: String
    /// Its title for people.
    public let title: String
    /// The area it belongs to; empty when the register has no such column.
    public let area: String
    /// How much of it is written down; nil when the register does not say.
    public let evidence: Evidence?
    /// The row.
    public let range: SourceRange
  }

  /// The processes.
  public private(set) var processes: [Process] = []
  /// The files of the set, and the register.
  public let files: SourceFiles
  /// What is wrong with the file.
  public private(set) var diagnostics: DiagnosticList

  private enum Column: String, CaseIterable {
    case process, title, area, evidence
  }

  /// Reads a register; its file is added to those of a set, for places.
  public init(file path: String, adding known: SourceFiles) {
    let folder = SetFolder(path, suffix: SetFolder.sheetSuffix, adding: known, singleFile: true)
    diagnostics = folder.diagnostics
    var files = folder.files
    guard !diagnostics.hasErrors, let id = folder.read.first else {
      self.files = files
      return
    }
    files.replace(id, with: SheetEncoding.decode(files[id], id: id, declared: nil, &diagnostics))
    self.files = files
    let (sheet, found) = SheetReader.read(files[id], id: id)
    diagnostics.add(found)
    if !diagnostics.hasErrors { read(sheet) }
  }

  private mutating func read(_ sheet: SheetTree) {
    guard let places = columns(of: sheet) else { return }
    var first: [String: SourceRange] = [:]
    for row in sheet.rows {
      func cell(_ column: Column) -> SheetTree.Cell? {
        places[column].flatMap { $0 < row.cells.count ? row.cells[$0] : nil }
      }
      guard let id = cell(.process), !id.text.isEmpty else {
        diagnostics.add(EngineMessages.emptyProcess(at: row.range))
        continue
      }
      if let earlier = first[id.text] {
        diagnostics.add(EngineMessages.repeatedProcess(id.text, at: id.range, first: earlier))
        continue
      }
      first[id.text] = id.range
      var evidence: Evidence?
      if let mark = cell(.evidence), !mark.text.isEmpty {
        evidence = Evidence(rawValue: mark.text)
        if evidence == nil {
          let words = Evidence.allCases.map(\.rawValue)
          diagnostics.add(
            EngineMessages.unknownEvidence(
              mark.text, nearest: Suggestion.nearest(to: mark.text, in: words), all: words,
              at: mark.range))
        }
      }
      processes.append(
        Process(
          id: id.text, title: cell(.title)?.text ?? "", area: cell(.area)?.text ?? "",
          evidence: evidence, range: id.range))
    }
  }

  /// Where each column stands; nil when a heading is not known or one that is needed is missing.
  private mutating func columns(of sheet: SheetTree) -> [Column: Int]? {
    var places: [Column: Int] = [:]
    let names = Column.allCases.map(\.rawValue)
    for (place, heading) in sheet.header.cells.enumerated() where !heading.text.hasPrefix("#") {
      guard let column = Column(rawValue: heading.text), places[column] == nil else {
        diagnostics.add(
          EngineMessages.registerHeading(
            heading.text, nearest: Suggestion.nearest(to: heading.text, in: names), all: names,
            at: heading.range))
        continue
      }
      places[column] = place
    }
    for column in [Column.process, .title] where places[column] == nil {
      diagnostics.add(
        EngineMessages.registerColumn(column.rawValue, at: sheet.header.range))
    }
    return diagnostics.hasErrors ? nil : places
  }
}
