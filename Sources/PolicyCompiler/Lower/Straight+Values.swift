/// The straight code of values: each lands in a slot; whatever goes wrong gives the run up.
import PolicyRuntime

extension ProgramBuilder {
  /// The slot of a value.
  ///
  /// An optional fact is demanded: if it is absent after all, the run gives up.
  func straight(
    _ expression: TypedExpression, _ scope: [Int: Binding], demanding: Bool = true
  ) -> Int {
    guard !tooLarge else { return 0 }
    let (expression, scope) = reduced(expression, scope)
    if let place = place(of: expression, scope) {
      let slot = slot(at: place)
      if demanding && mayBeSpecial(expression) { emit(Instruction(.demand, a: slot)) }
      return slot
    }
    switch expression.kind {
    case .constant(let constant): return slot(of: constant)
    case .variable(let variable):
      if case .slot(let slot) = scope[variable.id] { return slot }
      return 0
    case .parameter(let reference):
      let slot = slot(ofParameter: reference)
      if program.datedParameters.contains(where: { $0.slot == slot }) {
        emit(Instruction(.demand, a: slot))
      }
      return slot
    case .today: return program.todaySlot
    case .asOf: return program.asOfSlot
    case .call(let reference, let arguments):
      if let memo = straightMemo[reference] { return memo }
      let define = set.policies[reference.policy].defines[reference.index]
      let inner = bind(define, arguments, scope) { straight($0, scope) }
      return straight(define.body, inner)
    case .lookup(let reference, let keys, let column, let fallback):
      return straightLookup(reference, keys, column, fallback, scope)
    case .conditional(let condition, let then, let otherwise):
      return straightConditional(condition, then, otherwise, scope)
    case .aggregate(let function, let variable, let list, let element, let condition, let fallback):
      return straightAggregate(
        function, variable, list, element, condition, fallback, expression.type, scope)
    case .decisionIs(let reference, let answer):
      let result = temporary()
      emit(
        Instruction(
          .decisionIs, a: planOf[reference] ?? 0, b: bitSet(answer.outcomes.rawValue),
          target: result))
      return result
    case .field, .record, .list, .comprehension, .the, .allocate, .absent: return giveUp()
    case .decisionValue where isCompound(expression.type): return giveUp()
    case .decisionValue(let reference):
      let result = temporary()
      emit(Instruction(.decisionValue, a: planOf[reference] ?? 0, target: result))
      return result
    case .pointsTotal: return max(0, program.plans[plan].totalSlot)
    default:
      if let slot = straightOperation(expression, scope) { return slot }
      return straightBool(expression, scope)
    }
  }

  /// Whether a path may hold a special slot in a complete request: `T?`, or anything below an optional record.
  private func mayBeSpecial(_ expression: TypedExpression) -> Bool {
    if expression.type.isOptional { return true }
    switch expression.kind {
    case .field(let base, _): return mayBeSpecial(base)
    case .variable(let variable): return variable.type.isOptional
    default: return false
    }
  }

  /// The scope of a definition's body: scalar arguments are computed once, into slots.
  func bind(
    _ define: TypedDefine, _ arguments: [TypedExpression], _ scope: [Int: Binding],
    computed: (TypedExpression) -> Int
  ) -> [Int: Binding] {
    var inner: [Int: Binding] = [:]
    for (variable, argument) in zip(define.arguments, arguments) {
      if isCompound(variable.type) || variable.type.isOptional || argument.type.isOptional
        || place(of: argument, scope) != nil
      {
        inner[variable.id] = .expression(argument, scope)
      } else {
        inner[variable.id] = .slot(computed(argument))
      }
    }
    return inner
  }

  private func straightOperation(
    _ expression: TypedExpression, _ scope: [Int: Binding]
  ) -> Int? {
    func two(
      _ operation: Instruction.Operation, _ a: TypedExpression, _ b: TypedExpression, c: Int = 0
    ) -> Int {
      let (left, right) = (straight(a, scope), straight(b, scope))
      let result = temporary()
      emit(Instruction(operation, a: left, b: right, c: c, target: result))
      return result
    }
    func one(
      _ operation: Instruction.Operation, _ a: TypedExpression, b: Int = 0, c: Int = 0
    ) -> Int {
      let operand = straight(a, scope)
      let result = temporary()
      emit(Instruction(operation, a: operand, b: b, c: c, target: result))
      return result
    }
    switch expression.kind {
    case .negate(let a): return one(.negate, a)
    case .arithmetic(let operation, let a, let b):
      switch operation {
      case .add: return two(.add, a, b)
      case .subtract: return two(.subtract, a, b)
      case .multiply: return two(.multiply, a, b)
      case .divide: return two(.divide, a, b)
      }
    case .round(let a, let places, let direction):
      return one(.round, a, b: places, c: Int(direction.rawValue))
    case .addDays(let a, let b, let negated): return two(.addDays, a, b, c: negated ? 1 : 0)
    case .addMonths(let a, let b, let negated): return two(.addMonths, a, b, c: negated ? 1 : 0)
    case .daysBetween(let a, let b): return two(.daysBetween, a, b)
    case .datePart(let part, let a): return one(.datePart, a, c: part.code(of: a.type))
    case .business(let function, let calendar, let a, let b):
      return two(
        .business, a, b ?? a, c: number(ofCalendar: calendar) << 2 | Int(function.rawValue))
    case .patternPart(let part, let a, let pattern):
      return one(.extract, a, b: number(of: pattern), c: Int(part.rawValue))
    case .convert(let a, let rates, let day):
      // The straight code runs only while every amount is in the main currency.
      _ = number(ofRates: rates)
      let amount = straight(a, scope)
      _ = day.map { straight($0, scope) }
      return amount
    case .dateFunction(let function, let a, let b):
      return two(.dateFunction, a, b, c: Int(function.rawValue))
    default: return nil
    }
  }

  /// A condition as a value.
  private func straightBool(_ expression: TypedExpression, _ scope: [Int: Binding]) -> Int {
    guard expression.type.unwrapped == .bool else { return 0 }
    let result = temporary()
    let end = Label()
    emit(Instruction(.setBool, a: 1, target: result))
    branch(expression, when: true, to: end, scope)
    emit(Instruction(.setBool, a: 0, target: result))
    place(end)
    return result
  }

  private func straightConditional(
    _ condition: TypedExpression, _ then: TypedExpression, _ otherwise: TypedExpression,
    _ scope: [Int: Binding]
  ) -> Int {
    let result = temporary()
    let (other, end) = (Label(), Label())
    branch(condition, when: false, to: other, scope)
    emit(Instruction(.move, a: straight(then, scope), target: result))
    emit(Instruction(.jump), to: end)
    place(other)
    emit(Instruction(.move, a: straight(otherwise, scope), target: result))
    place(end)
    return result
  }

  private func straightLookup(
    _ reference: Reference, _ keys: [TypedExpression], _ column: Int, _ fallback: TypedExpression?,
    _ scope: [Int: Binding]
  ) -> Int {
    let table = number(of: reference)
    let slots = keys.map { straight($0, scope) }
    var first = slots[0]
    if slots.count > 1 {
      first = temporaries(slots.count)
      for (offset, slot) in slots.enumerated() {
        emit(Instruction(.move, a: slot, target: first + offset))
      }
    }
    let result = temporary()
    if program.tables[table].collects == .list { return giveUp() }
    if program.tables[table].collects != .nothing {
      // Without a row the straight code gives up, so that no fallback is needed here.
      emit(Instruction(.collect, a: table, b: first, c: column, target: result))
      return result
    }
    guard let fallback else {
      emit(Instruction(.tableValue, a: table, b: first, c: column, target: result))
      return result
    }
    let row = temporary()
    emit(Instruction(.lookup, a: table, b: first, target: row))
    let (other, end) = (Label(), Label())
    emit(Instruction(.ifEqual, a: row, b: slot(ofRaw: -1)), to: other)
    emit(Instruction(.column, a: table, b: row, c: column, target: result))
    emit(Instruction(.jump), to: end)
    place(other)
    emit(Instruction(.move, a: straight(fallback, scope), target: result))
    place(end)
    return result
  }

  private func straightAggregate(
    _ function: TypedExpression.Aggregate, _ variable: Variable?, _ list: TypedExpression,
    _ element: TypedExpression?, _ condition: TypedExpression?, _ fallback: TypedExpression?,
    _ type: ValueType, _ scope: [Int: Binding]
  ) -> Int {
    let (loop, binding) = makeLoop(
      listSlot: straight(list, scope), nodes: listNodes(list, scope))
    var inner = scope
    if let variable { inner[variable.id] = binding }
    let result = temporary()
    let least = function == .min || function == .max
    emit(Instruction(.move, a: least ? absentSlot() : zero(type), target: result))
    let (exit, skip) = (Label(), Label())
    emit(Instruction(.loop, a: loop), to: exit)
    let body = program.straight.count
    if let condition { branch(condition, when: false, to: skip, inner) }
    let value = element.map { straight($0, inner) } ?? slot(of: .number(Decimal(1)))
    switch function {
    case .count, .sum: emit(Instruction(.add, a: result, b: value, target: result))
    case .min: emit(Instruction(.keep, a: value, mask: 1, target: result))
    case .max: emit(Instruction(.keep, a: value, mask: 4, target: result))
    }
    place(skip)
    emit(Instruction(.next, a: loop, target: body))
    place(exit)
    guard least else { return result }
    guard let fallback else {
      emit(Instruction(.demand, a: result))
      return result
    }
    let end = Label()
    emit(Instruction(.ifPresent, a: result, mask: 1), to: end)
    emit(Instruction(.move, a: straight(fallback, scope), target: result))
    place(end)
    return result
  }

  /// A slot that is absent for ever.
  func absentSlot() -> Int {
    let slot = temporary()
    program.blank[slot] = .absent
    return slot
  }

  /// The slot of the zero of a type that is summed; an amount of 0 fits every currency.
  func zero(_ type: ValueType) -> Int {
    switch type.unwrapped {
    case .money: slot(of: .money(.zero, currency: nil))
    case .percent: slot(of: .percent(.zero))
    default: slot(of: .number(.zero))
    }
  }
}

extension TypedExpression.DatePart {
  /// The number that instructions carry: parts of a month stand behind those of a day.
  func code(of type: ValueType) -> Int {
    Int(rawValue) + (type.unwrapped == .month ? DateFunction.ofMonth : 0)
  }
}

extension DecisionAnswer {
  /// The outcomes in which `D is ANSWER` is true.
  var outcomes: Outcomes {
    switch self {
    case .notApplicable: .notApplicable
    case .allow: .allow
    case .hold: .hold
    case .deny: .deny
    case .approved: .approved
    case .open: .open
    case .refused: .refused
    case .chain: .anyChain
    case .invalid: .invalid
    case .valid: .valid
    case .within: .within
    case .exceeded: .exceeded
    case .grade(let member): .member(member)
    case .betterThan(let member):
      (0..<member).reduce(into: Outcomes()) { $0.insert(.member($1)) }
    case .noWorseThan(let member):
      (0...member).reduce(into: Outcomes()) { $0.insert(.member($1)) }
    }
  }
}
