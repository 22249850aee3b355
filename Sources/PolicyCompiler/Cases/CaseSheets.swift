/// Sample cases that are rows of a CSV file: columns are paths of facts and `expect NAME`.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

/// A column of a file of cases.
private enum CaseColumn {
  case remark, name, label, asOf, today, unknown
  case fact(PathTree, ValueType)
  /// The decision as the heading names it.
  case expect(String)
}

extension CaseChecker {
  /// The rows of the files that the cases name, as cases.
  func sheetCases() -> [CaseTree] {
    tree.sheets.flatMap { sheet in rows(of: sheet) }
  }

  private func rows(of clause: CaseSheetTree) -> [CaseTree] {
    guard let path = owner.plain(clause.file), let sheet = sheet(path, clause) else { return [] }
    let columns = sheet.header.cells.map(column)
    let known = columns.compactMap(\.self)
    guard known.count == columns.count else { return [] }
    return sheet.rows.enumerated().compactMap { index, row in
      guard owner.isWhole(row, in: sheet) else { return nil }
      return sample(row, number: index + 1, known, sheet.header.cells, clause)
    }
  }

  /// The file beside that of the cases; nil when it was reported.
  private func sheet(_ path: String, _ clause: CaseSheetTree) -> SheetTree? {
    let home = owner.set.files[tree.policy.range.file].name
    guard let resolved = Self.resolve(path, beside: home) else {
      report(.fileOutside(path, at: clause.file.range))
      return nil
    }
    guard let id = owner.sheetFiles[resolved] else {
      let folder = home.split(separator: "/").dropLast().map { $0 + "/" }.joined()
      let beside = owner.sheetFiles.keys.sorted().filter { $0.hasPrefix(folder) }
        .map { String($0.dropFirst(folder.count)) }
      report(
        .unknownFile(
          path, nearest: owner.nearest(path, beside), all: beside, at: clause.file.range))
      return nil
    }
    let (sheet, found) = SheetReader.read(owner.set.files[id], id: id)
    for diagnostic in found.all { report(diagnostic) }
    return found.hasErrors ? nil : sheet
  }

  /// The name of a file beside another; a folder that is named from the root stays there.
  private static func resolve(_ path: String, beside home: String) -> String? {
    guard home.hasPrefix("/") else { return SheetClause.resolve(path, beside: home) }
    return SheetClause.resolve(path, beside: String(home.dropFirst())).map { "/" + $0 }
  }

  /// What a heading says; nil when it was reported.
  private func column(_ heading: SheetTree.Cell) -> CaseColumn? {
    switch heading.text {
    case "case": return .name
    case "label": return .label
    case "as of": return .asOf
    case "today": return .today
    case "unknown": return .unknown
    case let text where text.hasPrefix("#"): return .remark
    case let text where text.hasPrefix("expect "): return .expect(String(text.dropFirst(7)))
    default: break
    }
    var found = DiagnosticList()
    let path = CaseCells.path(heading, &found)
    for diagnostic in found.all { report(diagnostic) }
    guard let path, let type = type(of: path) else { return nil }
    switch type.unwrapped {
    case .record, .list:
      report(
        .unsupportedType(
          heading.range,
          "a column of cases holds single values, `\(heading.text)` is \(owner.words(type.unwrapped))"
        ))
      return nil
    default: return .fact(path, type)
    }
  }

  private func sample(
    _ row: SheetTree.Row, number: Int, _ columns: [CaseColumn], _ headings: [SheetTree.Cell],
    _ clause: CaseSheetTree
  ) -> CaseTree? {
    var sample = CaseTree(
      name: Name("row_\(number)", row.range), label: nil, like: clause.like, range: row.range)
    var found = DiagnosticList()
    defer { for diagnostic in found.all { report(diagnostic) } }
    for ((column, cell), heading) in zip(zip(columns, row.cells), headings)
    where !cell.text.isEmpty {
      switch column {
      case .remark: break
      case .name: sample.name = Name(cell.text, cell.range)
      case .label: sample.label = TextTree([.letters(cell.text)], cell.range)
      case .asOf: sample.asOf = CellReader.value(cell, .date, &found)
      case .today: sample.today = CellReader.value(cell, .date, &found)
      case .unknown:
        for path in CaseCells.paths(cell, &found) { sample.facts.append(.unknown(path)) }
      case .fact(let path, _) where cell.text == "(unknown)":
        sample.facts.append(.unknown(path))
      case .fact(let path, let type):
        let value = CellReader.value(cell, owner.cellForm(of: type, in: policy), &found)
        if let value { sample.facts.append(.given(path, value)) }
      case .expect(let decision):
        guard var tree = CaseCells.expectation(cell, of: decision, &found) else { continue }
        tree.heading = heading.text
        sample.expectations.append(tree)
      }
    }
    return found.hasErrors ? nil : sample
  }
}
