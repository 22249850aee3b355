/// The last pass over the straight code: tests that guard one clause become one instruction with it, and jumps to
/// jumps go where those go.
///
/// ```
/// 3 ifNotLess a b -> 5        3 fireIfLess a b, clause 1 -> 5
/// 4 fire clause 1             4 fire clause 1     (kept: other tests may jump to it)
/// 5 …                         5 …
/// ```
/// The machine then fetches one instruction less for a clause that holds.
import PolicyRuntime

extension ProgramBuilder {
  /// Fuses tests with clauses, and shortens jumps.
  func fuse() {
    guard !tooLarge else { return }
    for at in program.straight.indices.dropLast() { fuse(at) }
    for at in program.straight.indices where program.straight[at].operation.goes {
      program.straight[at].target = end(of: program.straight[at].target)
    }
  }

  private func fuse(_ at: Int) {
    let (test, clause) = (program.straight[at], program.straight[at + 1])
    // A comparison behind a `scan` is its operand.
    guard clause.operation == .fire, test.target == at + 2, clause.a <= Int(UInt16.max),
      let operation = test.firing, at == 0 || program.straight[at - 1].operation != .scan
    else { return }
    program.straight[at] = Instruction(
      operation, a: test.a, b: test.b, c: clause.a, mask: clause.mask, target: test.target)
  }

  /// Where a jump to a place ends; jumps never form a circle without a test, but none is followed for ever.
  private func end(of target: Int) -> Int {
    var target = target
    for _ in 0..<8 {
      guard program.straight.indices.contains(target),
        program.straight[target].operation == .jump
      else { break }
      target = program.straight[target].target
    }
    return target
  }
}
