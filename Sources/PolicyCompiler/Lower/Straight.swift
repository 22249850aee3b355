/// The straight code of conditions: comparisons and jumps, nothing else.
import PolicyRuntime

/// A place in the straight code that is not known yet.
final class Label {
  fileprivate var position: Int?
  fileprivate var waiting: [Int] = []
}

extension ProgramBuilder {
  /// Appends an instruction.
  func emit(_ instruction: Instruction) {
    guard program.straight.count < Lowering.instructionLimit else {
      tooLarge = true
      return
    }
    program.straight.append(instruction)
  }

  /// Appends an instruction whose target is a label.
  func emit(_ instruction: Instruction, to label: Label) {
    var instruction = instruction
    if let position = label.position {
      instruction.target = position
    } else {
      label.waiting.append(program.straight.count)
    }
    emit(instruction)
  }

  /// Puts a label here.
  func place(_ label: Label) {
    label.position = program.straight.count
    lastLabel = program.straight.count
    for index in label.waiting where index < program.straight.count {
      program.straight[index].target = program.straight.count
    }
    label.waiting = []
  }

  /// Goes to a label when a condition is `when`; falls through otherwise.
  func branch(
    _ expression: TypedExpression, when: Bool, to label: Label, _ scope: [Int: Binding]
  ) {
    guard !tooLarge else { return }
    let mask: UInt8 = when ? 1 : 0
    switch expression.kind {
    case .constant(.bool(let value)):
      if value == when { emit(Instruction(.jump), to: label) }
    case .not(let inner): branch(inner, when: !when, to: label, scope)
    case .logical(let connective, let a, let b):
      branchLogical(connective, a, b, when: when, to: label, scope)
    case .compare(let comparison, let a, let b):
      branchCompare(comparison, a, b, when: when, to: label, scope)
    case .isPresent(let inner):
      emit(Instruction(.ifPresent, a: presence(inner, scope), mask: mask), to: label)
    case .isBlank(let inner):
      emit(Instruction(.ifBlank, a: presence(inner, scope), mask: mask), to: label)
    case .textTest(let test, let a, let b):
      let (left, right) = (straight(a, scope), straight(b, scope))
      emit(
        Instruction(.ifTextTest, a: left, b: right, c: Int(test.rawValue), mask: mask), to: label)
    case .matches(let inner, let pattern):
      let text = straight(inner, scope)
      emit(Instruction(.ifMatches, a: text, b: number(of: pattern), mask: mask), to: label)
    case .oneOf(let inner, let members):
      branchOneOf(inner, members, when: when, to: label, scope)
    case .quantifier(let any, let variable, let list, let condition):
      branchQuantifier(any, variable, list, when: when, to: label, scope) { inner, found in
        self.branch(condition, when: any, to: found, inner)
      }
    case .contains(let list, let value):
      let wanted = straight(value, scope)
      let variable = Variable(id: -1, name: "", type: value.type)
      branchQuantifier(true, variable, list, when: when, to: label, scope) { inner, found in
        guard case .item(let block, _) = inner[-1] else { return }
        self.equal(block, wanted, value.type, when: true, to: found)
      }
    case .conditional(let condition, let then, let otherwise):
      let (other, end) = (Label(), Label())
      branch(condition, when: false, to: other, scope)
      branch(then, when: when, to: label, scope)
      emit(Instruction(.jump), to: end)
      place(other)
      branch(otherwise, when: when, to: label, scope)
      place(end)
    case .call(let reference, let arguments) where straightMemo[reference] == nil:
      let define = set.policies[reference.policy].defines[reference.index]
      branch(define.body, when: when, to: label, arguments: arguments, define, scope)
    default:
      let slot = straight(expression, scope)
      emit(Instruction(when ? .ifTrue : .ifFalse, a: slot), to: label)
    }
  }

  private func branch(
    _ body: TypedExpression, when: Bool, to label: Label, arguments: [TypedExpression],
    _ define: TypedDefine, _ scope: [Int: Binding]
  ) {
    let inner = bind(define, arguments, scope) { straight($0, scope) }
    branch(body, when: when, to: label, inner)
  }

  private func branchLogical(
    _ connective: TypedExpression.Logical, _ a: TypedExpression, _ b: TypedExpression, when: Bool,
    to label: Label, _ scope: [Int: Binding]
  ) {
    // `a implies b` is `not a or b`; an `or` is the mirror of an `and`.
    let first = connective == .implies ? false : true
    let isAnd = connective == .and
    if isAnd == when {
      let skip = Label()
      branch(a, when: isAnd ? false : first, to: skip, scope)
      branch(b, when: when, to: label, scope)
      place(skip)
    } else {
      branch(a, when: isAnd ? false : first, to: label, scope)
      branch(b, when: when, to: label, scope)
    }
  }

  private func branchCompare(
    _ comparison: TypedExpression.Comparison, _ a: TypedExpression, _ b: TypedExpression,
    when: Bool, to label: Label, _ scope: [Int: Binding]
  ) {
    if case .conditional(let condition, let then, let otherwise) = b.kind,
      Self.isPlain(then), Self.isPlain(otherwise), place(of: a, scope) != nil, !isText(a.type)
    {
      // Each branch is compared where it is taken, so that none is moved.
      func compare(_ value: TypedExpression) -> TypedExpression {
        TypedExpression(.compare(comparison, a, value), .bool, b.range)
      }
      let choice = TypedExpression.Kind.conditional(
        condition, compare(then), compare(otherwise))
      return branch(TypedExpression(choice, .bool, b.range), when: when, to: label, scope)
    }
    let (left, right) = (straight(a, scope), straight(b, scope))
    if isText(a.type) {
      let wanted = (comparison == .equal) == when
      emit(Instruction(.ifEqualText, a: left, b: right, mask: wanted ? 1 : 0), to: label)
    } else {
      emit(comparing(left, right, when ? comparison.mask : comparison.mask ^ 7), to: label)
    }
  }

  /// Whether a value costs nothing to read.
  private static func isPlain(_ expression: TypedExpression) -> Bool {
    switch expression.kind {
    case .constant, .parameter: true
    default: false
    }
  }

  private func equal(_ a: Int, _ b: Int, _ type: ValueType, when: Bool, to label: Label) {
    if isText(type) {
      emit(Instruction(.ifEqualText, a: a, b: b, mask: when ? 1 : 0), to: label)
    } else {
      emit(comparing(a, b, when ? 2 : 5), to: label)
    }
  }

  /// The comparison whose result must lie in a mask (less 1, equal 2, greater 4), by one of four operations.
  private func comparing(_ a: Int, _ b: Int, _ mask: UInt8) -> Instruction {
    switch mask {
    case 1: Instruction(.ifLess, a: a, b: b)
    case 4: Instruction(.ifLess, a: b, b: a)
    case 6: Instruction(.ifNotLess, a: a, b: b)
    case 3: Instruction(.ifNotLess, a: b, b: a)
    case 2: Instruction(.ifEqual, a: a, b: b)
    default: Instruction(.ifNotEqual, a: a, b: b)
    }
  }

  private func branchOneOf(
    _ inner: TypedExpression, _ members: [TypedExpression], when: Bool, to label: Label,
    _ scope: [Int: Binding]
  ) {
    let slot = straight(inner, scope)
    if let bits = smallSet(members) {
      emit(Instruction(.ifMember, a: slot, b: bitSet(bits), mask: when ? 1 : 0), to: label)
      return
    }
    let found = when ? label : Label()
    for member in members {
      equal(slot, straight(member, scope), inner.type, when: true, to: found)
    }
    if !when {
      emit(Instruction(.jump), to: label)
      place(found)
    }
  }

  /// The bits of constant members or posts below 64; nil when it is anything else.
  func smallSet(_ members: [TypedExpression]) -> UInt64? {
    var bits: UInt64 = 0
    for member in members {
      switch member.kind {
      case .constant(.member(_, let index)) where index < 64: bits |= 1 << UInt64(index)
      default: return nil
      }
    }
    return bits
  }

  /// `any` (or `all`, mirrored): goes through the items until the test jumps to `found`.
  private func branchQuantifier(
    _ any: Bool, _ variable: Variable, _ list: TypedExpression, when: Bool, to label: Label,
    _ scope: [Int: Binding], test: ([Int: Binding], Label) -> Void
  ) {
    let (loop, binding) = makeLoop(
      listSlot: straight(list, scope), nodes: listNodes(list, scope))
    var inner = scope
    inner[variable.id] = binding
    let (found, exit) = (any == when ? label : Label(), Label())
    emit(Instruction(.loop, a: loop), to: exit)
    let body = program.straight.count
    test(inner, found)
    if program.straight.count == body + 1, program.straight[body].operation.isComparison {
      program.straight[body - 1] = scan(loop, program.straight[body])
    } else {
      emit(Instruction(.next, a: loop, target: body))
    }
    place(exit)
    if any != when {
      emit(Instruction(.jump), to: label)
      place(found)
    }
  }

  /// The instruction that looks for an item for which a comparison holds.
  private func scan(_ loop: Int, _ test: Instruction) -> Instruction {
    let first = Int(program.loops[loop].block)
    let block = first..<first + Int(program.loops[loop].stride)
    let inItem: UInt8 = (block.contains(test.a) ? 1 : 0) | (block.contains(test.b) ? 2 : 0)
    return Instruction(.scan, a: loop, mask: inItem)
  }

  /// The slot that says whether a path is there.
  func presence(_ expression: TypedExpression, _ scope: [Int: Binding]) -> Int {
    let (reduced, inner) = reduced(expression, scope)
    if let place = place(of: reduced, inner) {
      let slot = slot(at: place)
      return slot >= 0 ? slot : self.slot(of: .bool(true))
    }
    return straight(reduced, inner, demanding: false)
  }

  func isText(_ type: ValueType) -> Bool {
    switch type.unwrapped {
    case .text, .person: true
    default: false
    }
  }

  func number(of pattern: TextPattern) -> Int {
    if let known = program.patterns.firstIndex(of: pattern) { return known }
    program.patterns.append(pattern)
    return program.patterns.count - 1
  }
}

extension TypedExpression.Comparison {
  /// Less 1, equal 2, greater 4: the results for which it holds.
  var mask: UInt8 {
    switch self {
    case .equal: 2
    case .notEqual: 5
    case .less: 1
    case .lessOrEqual: 3
    case .greater: 4
    case .greaterOrEqual: 6
    }
  }
}
