/// The instructions of the machine. One line per operation: name, operands, meaning.
///
/// A program exists twice. The *straight* code runs when every fact it reads is known: comparisons are
/// fused with jumps, nothing is three-valued, and any trouble (overflow, an absent value, …) only ends the
/// run. The *careful* code then gives the exact answer: no jumps but loops, every operation knows
/// unknown, absent and error, and Kleene's tables decide. Slots written `[x]` are indices into the frame.

/// An instruction of the straight code, 16 bytes.
public struct Instruction: Sendable {
  /// The operations.
  public enum Operation: UInt8, CaseIterable, Sendable {
    // Jumps.
    case jump  //            go to target
    case ifLess, ifNotLess  // go to target if [a] < [b], if not [a] < [b]
    case ifEqual, ifNotEqual  // go to target if [a] = [b], if they differ
    case ifTrue  //          go to target if [a] is true
    case ifFalse  //         go to target if [a] is false
    case ifAll  //           go to target if all b slots from [a] are true (mask 1), false (mask 0)
    case ifPresent  //       go to target if [a] is present (mask 1) or absent (mask 0)
    case ifEqualText  //     go to target if texts [a] = [b] (mask 1) or differ (mask 0)
    case ifTextTest  //      go to target if text test c of [a], [b] is mask
    case ifMatches  //       go to target if [a] matches pattern b is mask
    case ifBlank  //         go to target if [a] is absent or blank is mask
    case ifMember  //        go to target if bit [a] of bit set b is mask
    case demand  //          give up if [a] is special
    // Values.
    case move  //            [target] = [a]
    case setBool  //         [target] = (a = 1)
    case add, subtract  //   [target] = [a] ± [b]
    case sum  //             [target] = the sum of the b slots from [a]
    case multiply, divide  // [target] = [a] × [b], [a] / [b]
    case negate  //          [target] = -[a]
    case round  //           [target] = [a] to b places, direction c
    case addDays, addMonths  // [target] = [a] ± [b] days; c = 1 subtracts
    case daysBetween  //     [target] = days from [a] to [b]
    case datePart  //        [target] = part c of [a]
    case dateFunction  //    [target] = date function c of [a], [b]
    case business  //        [target] = business function c & 3 of [a], [b] by calendar c >> 2
    case extract  //         [target] = part c of text [a] by pattern b
    case tableValue  //      [target] = column c of table a for the keys from [b]; no row: give up
    case collect  //         [target] = column c of all rows of table a for the keys from [b];
    //                       without a row that is needed: give up
    case lookup  //          [target] = row of table a for the keys from [b], -1 none
    case column  //          [target] = column c of table a in row [b]
    case decisionIs  //      [target] = verdict of plan a lies in bit set b
    case decisionValue  //   [target] = figure or class of plan a
    // Loops: a loop owns a block of slots for its item and one counter slot.
    case loop  //            start loop a: load the first item; go to target if the list is empty
    case next  //            step loop a: load the next item and go to target, or fall through
    case scan  //            go to the target of the next instruction, a comparison, if it holds for
    //                       an item of loop a, which is not loaded; else go to target; mask: its
    //                       [a] (1) and [b] (2) lie in the item
    case keep  //            [target] = least (mask 1) or greatest (mask 4) of [target] and [a]
    // Clauses.
    case fire  //            clause a holds; mask: deny 1, hold 2, problem 4
    case fireItem  //        the same for the item of loop b
    // Clause c holds, mask as above, under a condition; in either case go to target.
    case fireIfLess, fireIfNotLess  // if [a] < [b], if not [a] < [b]
    case fireIfEqual, fireIfNotEqual  // if [a] = [b], if they differ
    case fireUnlessTrue, fireUnlessFalse  // unless [a] is true, is false
    case fireUnlessMember  // unless bit [a] of bit set b is 1
    // Clause c holds, mask as above, and go to target, if the condition holds; else neither.
    case fireOnLess, fireOnNotLess  // if [a] < [b], if not [a] < [b]
    case fireOnEqual, fireOnNotEqual  // if [a] = [b], if they differ
    case fireBand  //        the band that is clause a holds: member c; go to target
    case fireCap  //         the grade cap that is clause a holds: not better than member c
    case inapplicable  //    plan a does not apply; go to target
    case conclude  //        combine the clauses of plan a the short way c (0 none); mask 1: answer;
    //                       b the member when no band holds, or the slot of the value
    case dispatch  //        run the clauses of index a that [b] selects; then go to target
    case dispatched  //      go to the next clause of the running dispatch, or to its target
    case stop  //            the end
  }

  /// What to do.
  public var operation: Operation
  /// See the operation.
  public let mask: UInt8
  private let third: UInt16
  private let first: UInt32
  private let second: UInt32
  private var goal: UInt32

  /// No loop: -1.
  public static let none = Int(UInt32.max)

  /// Makes an instruction.
  public init(
    _ operation: Operation, a: Int = 0, b: Int = 0, c: Int = 0, mask: UInt8 = 0, target: Int = 0
  ) {
    self.operation = operation
    self.mask = mask
    third = UInt16(truncatingIfNeeded: c)
    first = UInt32(truncatingIfNeeded: a)
    second = UInt32(truncatingIfNeeded: b)
    goal = UInt32(truncatingIfNeeded: target)
  }

  /// See the operation.
  @inline(__always) public var a: Int { Int(first) }
  /// See the operation; `none` stands for -1.
  @inline(__always) public var b: Int { Int(second) }
  /// See the operation.
  @inline(__always) public var c: Int { Int(third) }
  /// A code index or a slot.
  @inline(__always) public var target: Int {
    get { Int(goal) }
    set { goal = UInt32(truncatingIfNeeded: newValue) }
  }
}

extension Instruction {
  /// The operation that fires a clause when this test, which jumps over the clause, does not jump.
  public var firing: Operation? {
    switch operation {
    case .ifMember where mask == 1: .fireUnlessMember
    case .ifLess: .fireIfNotLess
    case .ifNotLess: .fireIfLess
    case .ifEqual: .fireIfNotEqual
    case .ifNotEqual: .fireIfEqual
    case .ifTrue: .fireUnlessTrue
    case .ifFalse: .fireUnlessFalse
    default: nil
    }
  }
}

extension Instruction {
  /// The operation that fires a clause and goes on behind it when this test, which jumps to the clause, jumps.
  public var firingOn: Operation? {
    switch operation {
    case .ifLess: .fireOnLess
    case .ifNotLess: .fireOnNotLess
    case .ifEqual: .fireOnEqual
    case .ifNotEqual: .fireOnNotEqual
    default: nil
    }
  }
}

extension Instruction.Operation {
  /// Whether its target is a place in the code.
  public var goes: Bool {
    switch self {
    case .jump, .ifLess, .ifNotLess, .ifEqual, .ifNotEqual, .ifTrue, .ifFalse, .ifAll,
      .ifPresent, .ifMember, .ifEqualText, .ifTextTest, .ifMatches, .ifBlank, .loop, .next, .scan,
      .fireIfLess, .fireIfNotLess, .fireIfEqual, .fireIfNotEqual, .fireUnlessTrue,
      .fireUnlessFalse, .fireUnlessMember, .fireOnLess, .fireOnNotLess, .fireOnEqual,
      .fireOnNotEqual, .fireBand, .inapplicable, .dispatch:
      true
    default: false
    }
  }

  /// Whether it compares two slots and jumps.
  public var isComparison: Bool {
    switch self {
    case .ifLess, .ifNotLess, .ifEqual, .ifNotEqual: true
    default: false
    }
  }
}

/// An instruction of the careful code.
public struct CarefulInstruction: Sendable {
  /// The operations; every result may be unknown or an error.
  public enum Operation: UInt8, CaseIterable, Sendable {
    case move  //            [d] = [a]; an absent value is an error
    case not  //             [d] = not [a]
    case and, or  //         [d] = [a] and/or [b]
    case compare  //         [d] = [a] against [b] lies in mask; c = 1 amounts
    case equalText  //       [d] = texts [a] = [b]
    case textTest  //        [d] = text test c of [a], [b]
    case matches  //         [d] = [a] matches pattern b
    case blank  //           [d] = [a] is absent or blank
    case member  //          [d] = bit [a] of bit set b
    case present  //         [d] = [a] is present
    case select  //          [d] = if [a] then [b] else [e]; c = 1 texts; mask = 1 may be absent
    case add, subtract, multiply, divide  // [d] = [a] op [b]; c = amounts: 1 both, 2 a, 3 b
    case negate  //          [d] = -[a]
    case round  //           [d] = [a] to b places, direction c
    case addDays, addMonths, daysBetween, datePart, dateFunction  // as in the straight code
    case business, extract  // as in the straight code
    case convert  //         [d] = amount [a] in currency e by rates c on day [b] (-1: as of)
    case lookup  //          [d] = column c of table a for the keys from [b], else [e] (-1: no_row);
    //                       of a table that collects, what it makes of all rows
    case decisionIs  //      [d] = verdict of plan a lies in bit set b
    case decisionValue  //   [d] = figure or class of plan a
    case loop  //            start loop a; go to e when its list is empty or not known; [d] (0: no)
    //                       remembers where free slots begin
    case next  //            step loop a: load and go to e, or fall through; slots from [d] are free
    case include  //         aggregate c: [d] accumulates [b] when [a] holds (-1 always); [e] counts
    case finish  //          min or max in [d]; none counted in [a]: [e] or the error empty_list
    case listFault  //       [d] = what list [b] lacks, if unknown or an error (after a loop)
    case copyBlock  //       b slots from d on = those from a on, as they are
    case merge  //           [d] = if [a] then [b] else [e], as it is; c = 1 texts, 2 lists
    case listBegin  //       [d] = an empty list with room for list [a] (-1: e items), b slots each
    case listAdd  //         list [d] gets the item at b, e slots, when [a] holds (-1: always)
    case choose  //          item of loop e to block d, when [a] holds; [b] state, [b + 1] count
    case chosen  //          block d, sized as an item of loop c: what list [a] or state [b] lacks;
    //                       of no item block e, or the error no_match (-1)
    case allocate  //        [a] over list [b]: parts and rest at d; items: e slots (c: what they
    //                       take) and a key; mask 1 amounts, 2 the key is an amount
    case decisionRecord  //  b slots from d on = the figure of plan a
    case record  //          clause a: verdict [b], item of loop c (0xFFFF: no), [d] up to, [e] days
    case applies  //         plan a applies as [b] says
    case conclude  //        combine the clauses of plan a
  }

  /// What to do.
  public var operation: Operation
  /// See the operation.
  public var mask: UInt8
  /// See the operation.
  public var c: UInt16
  /// See the operation.
  public var a: Int32
  /// See the operation.
  public var b: Int32
  /// The slot of the result.
  public var d: Int32
  /// See the operation.
  public var e: Int32
  /// The index of the place in `Program.sites`, for traps.
  public var site: Int32

  /// Makes an instruction.
  public init(
    _ operation: Operation, a: Int = 0, b: Int = 0, c: Int = 0, mask: UInt8 = 0, d: Int = 0,
    e: Int = -1, site: Int = 0
  ) {
    self.operation = operation
    self.mask = mask
    self.c = UInt16(truncatingIfNeeded: c)
    self.a = Int32(truncatingIfNeeded: a)
    self.b = Int32(truncatingIfNeeded: b)
    self.d = Int32(truncatingIfNeeded: d)
    self.e = Int32(truncatingIfNeeded: e)
    self.site = Int32(truncatingIfNeeded: site)
  }
}
