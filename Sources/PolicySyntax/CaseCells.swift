/// Reads headings and cells of a CSV file of sample cases: paths and expectations, as a `.cases` file has them.
public import PolicySource

/// Reads cells of sample cases; everything in the trees stands where its cell stands.
public enum CaseCells {
  /// `order.lines[1].stock`; nil when it was reported.
  public static func path(_ cell: SheetTree.Cell, _ found: inout DiagnosticList) -> PathTree? {
    read(cell, cell.text, &found) { $0.parsePath() }.map { placed($0, cell.range) }
  }

  /// Paths with `;` or line breaks between them; those that were reported are left out.
  public static func paths(_ cell: SheetTree.Cell, _ found: inout DiagnosticList) -> [PathTree] {
    let marks: [Character] = [";", "；", "\n"]
    var result: [PathTree] = []
    for part in cell.text.split(whereSeparator: marks.contains) {
      let text = SheetReader.trimmed(String(part))
      if text.isEmpty { continue }
      let path = path(SheetTree.Cell(text: text, range: cell.range), &found)
      if let path { result.append(path) }
    }
    return result
  }

  /// What stands behind `expect DECISION`; nil when it was reported.
  public static func expectation(
    _ cell: SheetTree.Cell, of decision: String, _ found: inout DiagnosticList
  ) -> ExpectationTree? {
    let tree: ExpectationTree?? = read(cell, "\(decision) \(cell.text)", &found) { parser in
      var sample = CaseTree(
        name: Name("", cell.range), label: nil, like: nil, range: cell.range)
      parser.parseExpectation(0, &sample)
      return sample.expectations.first
    }
    guard let tree, let tree else { return nil }
    return placed(tree, cell.range)
  }

  /// Reads a text as a whole; what is wrong with it is reported once, at the cell.
  private static func read<Tree>(
    _ cell: SheetTree.Cell, _ text: String, _ found: inout DiagnosticList,
    _ read: (inout Parser) -> Tree
  ) -> Tree? {
    var parser = Parser(SourceFile(name: "", bytes: Array(text.utf8)), cell.range.file)
    let tree = read(&parser)
    if !parser.recovering, parser.raw.kind != .end {
      parser.fail(SyntaxMessages.unexpected(parser.found, at: parser.here))
    }
    guard let first = parser.diagnostics.sorted.first else { return tree }
    found.add(
      Diagnostic(first.code, first.severity, first.message, at: cell.range, help: first.help))
    return nil
  }

  // MARK: Places

  private static func placed(_ path: PathTree, _ range: SourceRange) -> PathTree {
    let parts = path.parts.map { part -> PathTree.Part in
      switch part {
      case .field(let name): .field(Name(name.text, range))
      case .item(let item, _): .item(item, range)
      }
    }
    return PathTree(root: Name(path.root.text, range), parts: parts, range: range)
  }

  private static func placed(_ tree: ExpectationTree, _ range: SourceRange) -> ExpectationTree {
    func name(_ name: Name) -> Name { Name(name.text, range) }
    func code(_ code: ExpectationTree.Code) -> ExpectationTree.Code {
      .init(name: name(code.name), item: code.item)
    }
    func task(_ task: ExpectationTree.Task) -> ExpectationTree.Task {
      var placed = ExpectationTree.Task(name: name(task.name))
      placed.by = task.by.map(name)
      placed.due = task.due.map { CellReader.placed($0, range) }
      return placed
    }
    var result = ExpectationTree(
      policy: tree.policy.map(name), decision: name(tree.decision), range: range)
    result.outcome = tree.outcome.map(name)
    result.value = tree.value.map { CellReader.placed($0, range) }
    result.chain = tree.chain.map { $0.map(task) }
    result.next = tree.next.map { $0.map(name) }
    result.returnedTo = tree.returnedTo.map(name)
    result.violations = tree.violations.map { $0.map(code) }
    result.error = tree.error.map(name)
    result.codes = tree.codes.map { $0.map(code) }
    result.needs = tree.needs.map { $0.map { placed($0, range) } }
    result.duties = tree.duties.map { $0.map(task) }
    result.warns = tree.warns.map { ($0.expected, range) }
    result.copies = tree.copies.map { $0.map(name) }
    result.notices = tree.notices.map { $0.map(name) }
    result.files = tree.files.map { $0.map(name) }
    return result
  }
}
