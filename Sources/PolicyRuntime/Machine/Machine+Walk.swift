/// Running the careful code with halts at which whoever measures coverage looks into the frame.
///
/// The code that every other run takes knows nothing of it: the stretches between halts are run as they are,
/// and only loops are walked here.

extension Machine {
  /// Decides with the careful code alone, and calls a function before the instructions that are marked.
  ///
  /// - Parameter halts: for each place of the code, its end included, whether to call.
  public static func walk(
    _ program: borrowing Program, _ frame: inout Frame, body: Span<UInt8>, halts: [Bool],
    _ look: (Int, borrowing Frame) -> Void
  ) {
    beginCareful(program, &frame)
    var pc = 0
    while true {
      if halts[pc] { look(pc, frame) }
      guard pc < program.carefulEnd else { return }
      let i = program.careful[pc]
      switch i.operation {
      case .loop: pc = enter(program, &frame, i) ? pc + 1 : Int(i.e)
      case .next: pc = goOn(program, &frame, i) ? Int(i.e) : pc + 1
      default:
        var end = pc + 1
        while end < program.carefulEnd, !halts[end], !program.careful[end].isLoop { end += 1 }
        runCareful(program, &frame, body: body, pc..<end)
        pc = end
      }
    }
  }

  /// The rows of a table that surely count for keys in neighbouring slots.
  public static func rows(
    of table: Int, _ program: borrowing Program, _ frame: borrowing Frame, keys first: Int
  ) -> [Int] {
    let table = program.tables[table]
    if table.collects == .nothing, frame.currencies.isEmpty {
      let row = table.row(for: frame.slots.span, at: first)
      return row < 0 ? [] : [row]
    }
    var rows: [Int] = []
    for row in 0..<table.rowCount where match(table, row, frame, at: first) == .sure {
      rows.append(row)
      if table.firstHit { break }
    }
    return rows
  }
}

extension CarefulInstruction {
  /// Whether it begins or steps a loop.
  fileprivate var isLoop: Bool { operation == .loop || operation == .next }
}

extension Frame {
  /// Whether a duty that holds is part of the answer.
  public func isListed(duty: Entry, _ program: Program) -> Bool { lists(duty: duty, program) }
}
