/// CSV files of a set: finding the file that a policy names, its columns by their headings, and its cells.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

/// A column that a sheet may or must have: its name, its label as another heading, its type.
struct SheetColumn {
  let name: String
  var label: String?
  let type: ValueType
  var isRequired = true
}

extension SetChecker {
  /// The sheet of a file that a policy names, read once; nil when it was reported.
  func sheet(_ clause: SheetClause, from policy: Int) -> SheetTree? {
    guard let path = plainText(clause.file), !path.isEmpty else { return nil }
    let home = set.files[trees[policy].range.file].name
    guard let resolved = SheetClause.resolve(path, beside: home) else {
      report(.fileOutside(path, at: clause.file.range))
      return nil
    }
    guard let id = sheetFiles[resolved] else {
      let folder = home.split(separator: "/").dropLast().map { $0 + "/" }.joined()
      let near = sheetFiles.keys.sorted()
      let beside = near.filter { $0.hasPrefix(folder) }.map { String($0.dropFirst(folder.count)) }
      let meant = nearest(path, beside).map { folder + $0 } ?? nearest(resolved, near)
      report(
        .unknownFile(
          path, nearest: nearest(path, beside) ?? meant, all: beside, at: clause.file.range))
      // The file that was meant is not called unused as well.
      if let meant, let id = sheetFiles[meant] { namedSheets.insert(id) }
      return nil
    }
    namedSheets.insert(id)
    if let known = sheets[id] { return known }
    // What could not be brought into UTF-8 was reported where files are read.
    if set.files[id].bytes.isEmpty, set.files[id].stored != nil { return nil }
    let (tree, found) = SheetReader.read(set.files[id], id: id)
    for diagnostic in found.all { report(diagnostic) }
    sheets[id] = .some(found.hasErrors ? nil : tree)
    return found.hasErrors ? nil : tree
  }

  /// Where each column stands in the rows; nil for one that the sheet lacks, and when a heading was reported.
  ///
  /// Headings may stand in any order, for they name what is below them: a column that moves in the
  /// spreadsheet moves no meaning. A heading that begins with `#` is a remark, and its column is not read.
  func places(
    of columns: [SheetColumn], in sheet: SheetTree, for what: Phrase
  ) -> [Int?]? {
    var places = [Int?](repeating: nil, count: columns.count)
    var isSound = true
    for (place, heading) in sheet.header.cells.enumerated() where !heading.text.hasPrefix("#") {
      let found = columns.firstIndex { $0.name == heading.text || $0.label == heading.text }
      guard let found else {
        let names = columns.map(\.name)
        report(
          .unknownHeading(
            heading, what, nearest: nearest(heading.text, names), all: names))
        isSound = false
        continue
      }
      if let first = places[found] {
        report(
          .duplicateColumn(
            Name(heading.text, heading.range), first: sheet.header.cells[first].range))
        isSound = false
      } else {
        places[found] = place
      }
    }
    guard isSound else { return nil }
    for (column, place) in zip(columns, places) where place == nil && column.isRequired {
      report(.missingHeading(column.name, sheet.header.range))
      isSound = false
    }
    return isSound ? places : nil
  }

  /// Whether a row has a cell under every heading; reports when not.
  func isWhole(_ row: SheetTree.Row, in sheet: SheetTree) -> Bool {
    let (found, expected) = (row.cells.count, sheet.header.cells.count)
    if found == expected { return true }
    report(.sheetRowLength(row.range, found: found, expected: expected))
    return false
  }

  /// The constant of a cell; nil when it was reported.
  func constant(_ cell: SheetTree.Cell, _ type: ValueType, in policy: Int) -> Constant? {
    var found = DiagnosticList()
    let tree = CellReader.value(cell, cellForm(of: type, in: policy), &found)
    for diagnostic in found.all { report(diagnostic) }
    return tree.flatMap { constant($0, type, in: policy) }
  }

  /// The form of the cells of a column.
  func cellForm(of type: ValueType, in policy: Int) -> CellForm {
    switch type.unwrapped {
    case .text, .person: .text
    case .number: .number
    // The sign is that of two currencies; which one is meant, the policy says.
    case .money: .money(mark: set.policies[policy].currency == "JPY" ? "JPY" : "CNY")
    case .percent: .percent
    case .date: .date
    case .bool: .bool
    default: .word
    }
  }

  /// The rows of a table that stand in a file, as if they had been written in the policy.
  ///
  /// Nil when the file or its header was reported.
  func sheetRows(
    _ tree: TableTree, _ clause: SheetClause, _ known: TableFacts, in policy: Int
  ) -> [TableTree.Row]? {
    let types = known.keys + known.columns
    guard let sheet = sheet(clause, from: policy), !types.contains(where: { $0 == nil }) else {
      return nil
    }
    func column(_ field: FieldTree, _ type: ValueType?) -> SheetColumn {
      SheetColumn(name: field.name.text, label: field.label.flatMap(\.plain), type: type ?? .bool)
    }
    let period = tree.isDated ? TableTree.periodNames : []
    let keyCount = tree.keys.count + period.count
    let columns =
      zip(tree.keys, known.keys).map(column) + period.map { SheetColumn(name: $0, type: .date) }
      + zip(tree.columns, known.columns).map(column)
    let places = places(of: columns, in: sheet, for: "the table `\(tree.name.text)`")
    guard let places else { return nil }
    let forms = columns.map { cellForm(of: $0.type, in: policy) }
    var found = DiagnosticList()
    defer { for diagnostic in found.all { report(diagnostic) } }
    return sheet.rows.compactMap { row in
      guard isWhole(row, in: sheet) else { return nil }
      var cells: [TableTree.Cell] = []
      var values: [ExpressionTree] = []
      for (index, place) in places.enumerated() {
        guard let place else { continue }
        if index < keyCount {
          CellReader.key(row.cells[place], forms[index], &found).map { cells.append($0) }
        } else {
          CellReader.value(row.cells[place], forms[index], &found).map { values.append($0) }
        }
      }
      guard cells.count == keyCount, values.count == tree.columns.count else { return nil }
      if tree.isDated {
        let (until, from) = (cells.removeLast(), cells.removeLast())
        guard let period = TableTree.period(from, until, &found) else { return nil }
        cells.append(period)
      }
      return TableTree.Row(cells: cells, values: values, range: row.range)
    }
  }

  /// Warns of CSV files that no policy names.
  func warnUnusedSheets() {
    for (path, id) in sheetFiles.sorted(by: { $0.key < $1.key }) where !namedSheets.contains(id) {
      report(.unusedFile(path, at: SourceRange(file: id, lower: 0, upper: 0)))
    }
  }
}
