/// The careful code: every expression becomes a slot whose value may be unknown, absent or an error.
import PolicyRuntime

extension ProgramBuilder {
  /// Appends an instruction of the careful code.
  @discardableResult
  func careful(_ instruction: CarefulInstruction) -> Int {
    guard program.careful.count < Lowering.instructionLimit else {
      tooLarge = true
      return 0
    }
    program.careful.append(instruction)
    return program.careful.count - 1
  }

  /// Appends an instruction that writes to a new slot, and gives the slot.
  private func result(
    _ operation: CarefulInstruction.Operation, a: Int = 0, b: Int = 0, c: Int = 0, mask: UInt8 = 0,
    e: Int = -1, site: Int
  ) -> Int {
    let slot = temporary()
    careful(
      CarefulInstruction(operation, a: a, b: b, c: c, mask: mask, d: slot, e: e, site: site))
    return slot
  }

  /// The slot of an expression.
  func careful(_ expression: TypedExpression, _ scope: [Int: Binding]) -> Int {
    guard coverage != nil else { return lowered(expression, scope) }
    return watchingParts(expression) {
      let slot = lowered(expression, scope)
      watch(expression, scope, slot: slot)
      return slot
    }
  }

  private func lowered(_ expression: TypedExpression, _ scope: [Int: Binding]) -> Int {
    guard !tooLarge else { return 0 }
    let (expression, scope) = reduced(expression, scope)
    if let place = place(of: expression, scope) { return slot(at: place) }
    let at = site
    switch expression.kind {
    case .constant(let constant): return slot(of: constant)
    case .variable(let variable):
      if case .slot(let slot) = scope[variable.id] { return slot }
      return 0
    case .parameter(let reference): return slot(ofParameter: reference)
    case .today: return program.todaySlot
    case .asOf: return program.asOfSlot
    case .pointsTotal: return max(0, program.plans[plan].totalSlot)
    case .call(let reference, let arguments):
      if memoizes, let memo = carefulMemo[reference] { return memo }
      let define = set.policies[reference.policy].defines[reference.index]
      let inner = bind(define, arguments, scope) { careful($0, scope) }
      coverage?.bind(define, arguments)
      return careful(define.body, inner)
    case .not(let a): return result(.not, a: careful(a, scope), site: at)
    case .logical(let connective, let a, let b):
      var left = careful(a, scope)
      if connective == .implies { left = result(.not, a: left, site: at) }
      let right = careful(b, scope)
      return result(connective == .and ? .and : .or, a: left, b: right, site: at)
    case .compare(let comparison, let a, let b):
      return carefulCompare(comparison, a, b, scope, at)
    case .isPresent(let a): return result(.present, a: carefulPresence(a, scope), site: at)
    case .isBlank(let a): return result(.blank, a: carefulPresence(a, scope), site: at)
    case .matches(let a, let pattern):
      return result(.matches, a: careful(a, scope), b: number(of: pattern), site: at)
    case .textTest(let test, let a, let b):
      let (left, right) = (careful(a, scope), careful(b, scope))
      return result(.textTest, a: left, b: right, c: Int(test.rawValue), site: at)
    case .oneOf(let a, let members): return carefulOneOf(a, members, scope, at)
    case .conditional(let condition, let then, let otherwise):
      let test = careful(condition, scope)
      let yes = watching(where: test, is: true) { careful(then, scope) }
      let no = watching(where: test, is: false) { careful(otherwise, scope) }
      return result(
        .select, a: test, b: yes,
        c: isText(expression.type) ? 1 : isCompound(expression.type) ? 2 : 0,
        mask: expression.type.isOptional ? 1 : 0, e: no, site: at)
    case .lookup(let reference, let keys, let column, let fallback):
      return carefulLookup(reference, keys, column, fallback, scope, site(expression.range))
    case .quantifier, .contains, .aggregate: return carefulLoop(expression, scope)
    case .list, .comprehension: return carefulList(expression, scope)
    case .field, .the: return slot(at: carefulPlace(expression, scope))
    case .absent: return absentSlot()
    case .decisionIs(let reference, let answer):
      return result(
        .decisionIs, a: planOf[reference] ?? 0, b: bitSet(answer.outcomes.rawValue), site: at)
    case .decisionValue(let reference):
      return result(.decisionValue, a: planOf[reference] ?? 0, site: site(expression.range))
    default: return carefulOperation(expression, scope)
    }
  }

  /// The slot that says whether a path is there; its own `and` joins the presence of optional records around it.
  private func carefulPresence(_ expression: TypedExpression, _ scope: [Int: Binding]) -> Int {
    let (path, inner) = reduced(expression, scope)
    if place(of: path, inner) != nil { return presence(path, inner) }
    let slot = careful(path, inner)
    return slot < 0 ? self.slot(of: .bool(true)) : slot
  }

  private func carefulCompare(
    _ comparison: TypedExpression.Comparison, _ a: TypedExpression, _ b: TypedExpression,
    _ scope: [Int: Binding], _ at: Int
  ) -> Int {
    let (left, right) = (careful(a, scope), careful(b, scope))
    if isText(a.type) {
      let equal = result(.equalText, a: left, b: right, site: at)
      return comparison == .equal ? equal : result(.not, a: equal, site: at)
    }
    let money = a.type.unwrapped == .money
    return result(
      .compare, a: left, b: right, c: money ? 1 : 0, mask: comparison.mask, site: at)
  }

  private func carefulOneOf(
    _ inner: TypedExpression, _ members: [TypedExpression], _ scope: [Int: Binding], _ at: Int
  ) -> Int {
    let slot = careful(inner, scope)
    if let bits = smallSet(members) {
      return result(.member, a: slot, b: bitSet(bits), site: at)
    }
    var found = self.slot(of: .bool(false))
    for member in members {
      let equal = carefulEqual(slot, careful(member, scope), inner.type, at)
      found = result(.or, a: found, b: equal, site: at)
    }
    return found
  }

  private func carefulEqual(_ a: Int, _ b: Int, _ type: ValueType, _ at: Int) -> Int {
    if isText(type) { return result(.equalText, a: a, b: b, site: at) }
    return result(
      .compare, a: a, b: b, c: type.unwrapped == .money ? 1 : 0, mask: 2, site: at)
  }

  private func carefulLookup(
    _ reference: Reference, _ keys: [TypedExpression], _ column: Int, _ fallback: TypedExpression?,
    _ scope: [Int: Binding], _ at: Int
  ) -> Int {
    let table = number(of: reference)
    let slots = keys.map { careful($0, scope) }
    let first = temporaries(slots.count)
    for (offset, slot) in slots.enumerated() {
      careful(CarefulInstruction(.move, a: slot, d: first + offset, site: at))
    }
    let other = fallback.map { careful($0, scope) } ?? -1
    return result(.lookup, a: table, b: first, c: column, e: other, site: at)
  }

  private func carefulOperation(_ expression: TypedExpression, _ scope: [Int: Binding]) -> Int {
    let at = site(expression.range)
    func two(
      _ operation: CarefulInstruction.Operation, _ a: TypedExpression, _ b: TypedExpression,
      c: Int = 0
    ) -> Int {
      let (left, right) = (careful(a, scope), careful(b, scope))
      return result(operation, a: left, b: right, c: c, site: at)
    }
    switch expression.kind {
    case .negate(let a): return result(.negate, a: careful(a, scope), site: at)
    case .arithmetic(let operation, let a, let b):
      let c = moneyCode(a.type, b.type)
      switch operation {
      case .add: return two(.add, a, b, c: c)
      case .subtract: return two(.subtract, a, b, c: c)
      case .multiply: return two(.multiply, a, b, c: c)
      case .divide: return two(.divide, a, b, c: c)
      }
    case .round(let a, let places, let direction):
      return result(
        .round, a: careful(a, scope), b: places, c: Int(direction.rawValue), site: at)
    case .addDays(let a, let b, let negated): return two(.addDays, a, b, c: negated ? 1 : 0)
    case .addMonths(let a, let b, let negated): return two(.addMonths, a, b, c: negated ? 1 : 0)
    case .daysBetween(let a, let b): return two(.daysBetween, a, b)
    case .datePart(let part, let a):
      return result(.datePart, a: careful(a, scope), c: part.code(of: a.type), site: at)
    case .business(let function, let calendar, let a, let b):
      return two(
        .business, a, b ?? a, c: number(ofCalendar: calendar) << 2 | Int(function.rawValue))
    case .patternPart(let part, let a, let pattern):
      return result(
        .extract, a: careful(a, scope), b: number(of: pattern), c: Int(part.rawValue), site: at)
    case .convert(let a, let rates, let day):
      let (amount, on) = (careful(a, scope), day.map { careful($0, scope) } ?? -1)
      let (table, currency) = number(ofRates: rates)
      return result(.convert, a: amount, b: on, c: table, e: currency, site: at)
    case .dateFunction(let function, let a, let b):
      return two(.dateFunction, a, b, c: Int(function.rawValue))
    default: return slot(of: .bool(false))
    }
  }

  /// Which operands are amounts: 1 both, 2 the first, 3 the second, 0 neither.
  private func moneyCode(_ a: ValueType, _ b: ValueType) -> Int {
    switch (a.unwrapped == .money, b.unwrapped == .money) {
    case (true, true): 1
    case (true, false): 2
    case (false, true): 3
    case (false, false): 0
    }
  }

  // MARK: Lists

  /// `any`, `all`, `x in LIST` and the aggregates: a loop that accumulates in a slot.
  private func carefulLoop(_ expression: TypedExpression, _ scope: [Int: Binding]) -> Int {
    switch expression.kind {
    case .quantifier(let any, let variable, let list, let condition):
      return accumulate(list, variable, start: .bool(!any), scope) { inner, result in
        let test = self.careful(condition, inner)
        self.careful(
          CarefulInstruction(any ? .or : .and, a: result, b: test, d: result, site: self.site))
      }
    case .contains(let list, let value):
      let wanted = careful(value, scope)
      let variable = Variable(id: -1, name: "", type: value.type)
      return accumulate(list, variable, start: .bool(false), scope) { inner, result in
        guard case .item(let block, _) = inner[-1] else { return }
        let test = self.carefulEqual(block, wanted, value.type, self.site)
        self.careful(
          CarefulInstruction(.or, a: result, b: test, d: result, site: self.site))
      }
    case .aggregate(let function, let variable, let list, let element, let condition, let fallback):
      let slot = carefulAggregate(
        expression, function, variable, list, element, condition, fallback, scope)
      aggregateSlots[expression.range] = slot
      return slot
    default: return 0
    }
  }

  private func accumulate(
    _ list: TypedExpression, _ variable: Variable?, start: Constant, _ scope: [Int: Binding],
    body: ([Int: Binding], Int) -> Void
  ) -> Int {
    let result = temporary()
    careful(CarefulInstruction(.move, a: slot(of: start), d: result, site: site))
    let listSlot = careful(list, scope)
    let (loop, binding) = makeLoop(listSlot: listSlot, nodes: listNodes(list, scope))
    var inner = scope
    if let variable { inner[variable.id] = binding }
    // What the body makes of lists is garbage when an item is done.
    let mark = temporary()
    let begin = careful(CarefulInstruction(.loop, a: loop, d: mark, site: site))
    let first = program.careful.count
    body(inner, result)
    careful(CarefulInstruction(.next, a: loop, d: mark, e: first, site: site))
    if begin < program.careful.count {
      program.careful[begin].e = Int32(program.careful.count)
    }
    careful(CarefulInstruction(.listFault, b: listSlot, d: result, site: site))
    return result
  }

  private func carefulAggregate(
    _ expression: TypedExpression, _ function: TypedExpression.Aggregate, _ variable: Variable?,
    _ list: TypedExpression, _ element: TypedExpression?, _ condition: TypedExpression?,
    _ fallback: TypedExpression?, _ scope: [Int: Binding]
  ) -> Int {
    let at = site(expression.range)
    let counter = temporary()
    careful(CarefulInstruction(.move, a: slot(ofRaw: 0), d: counter, site: at))
    let money = expression.type.unwrapped == .money
    let start: Constant =
      money ? .money(.zero, currency: nil) : .number(.zero)
    let result = accumulate(list, variable, start: start, scope) { inner, result in
      let test = condition.map { self.careful($0, inner) } ?? -1
      let value = self.watching(where: test) { element.map { self.careful($0, inner) } ?? -1 }
      self.careful(
        CarefulInstruction(
          .include, a: test, b: value, c: Int(function.rawValue), mask: money ? 1 : 0, d: result,
          e: counter, site: at))
    }
    if function == .min || function == .max {
      let other = fallback.map { careful($0, scope) } ?? -1
      careful(
        CarefulInstruction(.finish, a: counter, d: result, e: other, site: at))
    }
    return result
  }
}
