/// The last pass over the straight code: tests that guard one clause become one instruction with it, and jumps to
/// jumps go where those go.
///
/// ```
/// 3 ifNotLess a b -> 5        3 fireIfLess a b, clause 1 -> 5
/// 4 fire clause 1             4 fire clause 1     (kept: other tests may jump to it)
/// 5 …                         5 …
/// ```
/// The machine then fetches one instruction less for a clause that holds. So it does where a test of an `or` jumps to
/// the clause: the test fires it and goes on behind it. Clauses behind one another that each test
/// one of neighbouring facts (three signatures, all there or not) are passed over together when none holds:
///
/// ```
/// 3 fireUnlessTrue a          3 ifAll a, 2 slots -> 7
/// 4 fire …                    4 fireUnlessTrue a
/// 5 fireUnlessTrue a + 1      5 fireUnlessTrue a + 1
/// 6 fire …                    6 fire …
/// ```
import PolicyRuntime

extension ProgramBuilder {
  /// Fuses tests with clauses, and shortens jumps.
  func fuse() {
    guard !tooLarge else { return }
    for at in program.straight.indices.dropLast() { fuse(at) }
    fuseRuns()
    for at in program.straight.indices where program.straight[at].operation.goes {
      program.straight[at].target = end(of: program.straight[at].target)
      fuseJump(at)
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

  /// Makes a test that jumps to a clause fire it.
  private func fuseJump(_ at: Int) {
    let test = program.straight[at]
    guard let operation = test.firingOn, at == 0 || program.straight[at - 1].operation != .scan,
      program.straight.indices.contains(test.target)
    else { return }
    let clause = program.straight[test.target]
    guard clause.operation == .fire, clause.a <= Int(UInt16.max) else { return }
    program.straight[at] = Instruction(
      operation, a: test.a, b: test.b, c: clause.a, mask: clause.mask,
      target: end(of: test.target + 1))
  }

  /// Puts one test before clauses that each test one of neighbouring slots.
  private func fuseRuns() {
    var isTarget = [Bool](repeating: false, count: program.straight.count + 1)
    for instruction in program.straight where instruction.operation.goes {
      isTarget[min(instruction.target, program.straight.count)] = true
    }
    for index in program.indices { for start in index.entries { isTarget[Int(start)] = true } }
    var at = 0
    while at < program.straight.count {
      let first = program.straight[at]
      var count = 0
      while continues(first, count, at + 2 * count) { count += 1 }
      // The place of its `fire` must be free: then no other test jumps there.
      if count >= 2, !isTarget[at + 1] {
        program.straight[at + 1] = first
        program.straight[at] = Instruction(
          .ifAll, a: first.a, b: count, mask: first.operation == .fireUnlessTrue ? 1 : 0,
          target: at + 2 * count)
      }
      at += max(1, 2 * count)
    }
  }

  /// Whether an instruction tests, for a clause of its own, the slot that is so many behind that of the first.
  private func continues(_ first: Instruction, _ offset: Int, _ at: Int) -> Bool {
    guard at + 1 < program.straight.count else { return false }
    let test = program.straight[at]
    return (test.operation == .fireUnlessTrue || test.operation == .fireUnlessFalse)
      && test.operation == first.operation && test.a == first.a + offset && test.target == at + 2
      && program.straight[at + 1].operation == .fire
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
