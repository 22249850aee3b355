/// The facts of a request: every input, field by field, with what its type and its door allow.
internal import PolicyCompiler
internal import PolicyRuntime

extension Interpreter {
  /// The value of an input or of a field, from its path.
  ///
  /// - Parameters:
  ///   - type: its type.
  ///   - path: as `order.lines[1].stock`.
  ///   - label: what people call it.
  ///   - constraints: what its door asks.
  ///   - currency: that of bare amounts.
  ///   - absent: when the record around it is absent.
  func symbol(
    of type: ValueType, at path: String, label: String, _ constraints: [Constraint],
    currency: String?, absent: Formula
  ) -> Symbol {
    var absent = absent
    if type.isOptional {
      let fact = space.fact(.absent(path), .truth, Stretches(0, 1), label: label)
      absent = formulas.or(absent, formulas.inside(fact, Stretches(1)))
    }
    switch type.unwrapped {
    case .record(let id):
      return .record(
        set.types[id].fields.map { field in
          symbol(
            of: field.type, at: "\(path).\(field.name)", label: field.label, field.constraints,
            currency: currency, absent: absent)
        })
    case .list(let item):
      return .list(list(of: item, at: path, label: label, constraints, currency, absent))
    default:
      return scalar(of: type, at: path, label: label, constraints, currency, absent)
    }
  }

  private func scalar(
    of type: ValueType, at path: String, label: String, _ constraints: [Constraint],
    _ currency: String?, _ absent: Formula
  ) -> Symbol {
    let domain = line(of: type, constraints)
    var pattern: TextPattern?
    for case .pattern(let found) in constraints { pattern = found }
    let fact = space.fact(
      .input(renamed[path] ?? path), scale(of: type, currency: currency), domain, label: label,
      pattern: pattern)
    let unknown = formulas.and(unknownFlag(path, label), absent.negated)
    let known = formulas.and(unknown.negated, absent.negated)
    if case .bool = type.unwrapped {
      let yes = formulas.inside(fact, Stretches(1))
      return .truth(
        Truth(
          yes: formulas.and(known, yes), no: formulas.and(known, yes.negated), absent: absent))
    }
    var result = Scalar([.init(when: known, term: Linear(fact))])
    result.unknown = unknown
    result.absent = absent
    return .scalar(result)
  }

  private func unknownFlag(_ path: String, _ label: String) -> Formula {
    guard context.scope.unknownFacts else { return .no }
    let fact = space.fact(.unknown(path), .truth, Stretches(0, 1), label: label)
    return formulas.inside(fact, Stretches(1))
  }

  private func list(
    of item: ValueType, at path: String, label: String, _ constraints: [Constraint],
    _ currency: String?, _ absent: Formula
  ) -> SymbolicList {
    var most: Int128 = 1_000
    for case .items(let limit) in constraints { most = min(most, Int128(limit)) }
    _ = space.fact(.count(path), .number, Stretches(0, most), label: label)
    var list = SymbolicList(
      items: .facts(path: path) { itemPath in
        .init(
          value: self.symbol(
            of: item, at: itemPath, label: label, [], currency: currency, absent: .no))
      }, key: path, item: item)
    list.absent = absent
    list.unknown = formulas.and(unknownFlag(path, label), absent.negated)
    return list
  }

  // MARK: Types as lines of numbers

  func scale(of type: ValueType, currency: String?) -> Fact.Scale {
    switch type.unwrapped {
    case .bool: .truth
    case .number, .record, .list, .optional: .number
    case .money: .money(currency)
    case .percent: .percent
    case .date: .date
    case .month: .month
    case .time: .time
    case .text: .names(.texts)
    case .person: .names(.persons)
    case .post: .names(.posts)
    case .enumeration(let id): .names(.enumeration(set.types[id].name))
    }
  }

  /// Every number that a value may be behind its door.
  func line(of type: ValueType, _ constraints: [Constraint]) -> Stretches {
    constraints.reduce(line(of: type)) { line, constraint in
      switch constraint {
      case .lower(let bound, let inclusive):
        line.intersection(Stretches(inclusive ? bound : bound + 1, Stretches.infinity))
      case .upper(let bound, let inclusive):
        line.intersection(Stretches(-Stretches.infinity, inclusive ? bound : bound - 1))
      case .pattern, .items: line
      }
    }
  }

  /// Every number that a value of a type may be.
  func line(of type: ValueType) -> Stretches {
    switch type.unwrapped {
    case .bool: return Stretches(0, 1)
    case .number, .money, .percent, .record, .list, .optional:
      return Stretches(-Space.greatest, Space.greatest)
    case .date:
      return Stretches(
        Int128(Day(year: 1900, month: 1, day: 1)?.number ?? 0),
        Int128(Day(year: 2199, month: 12, day: 31)?.number ?? 0))
    case .month: return Stretches(1_900 * 12, 2_200 * 12 - 1)
    case .time: return Stretches(0, 24 * 60 - 1)
    case .text, .person: return Stretches(Space.blank, 2 * Space.otherNames)
    case .post:
      return Stretches(values: set.types.posts.map { space.code($0.name, in: .posts) })
    case .enumeration(let id):
      let family = Fact.Family.enumeration(set.types[id].name)
      return Stretches(values: set.types[id].members.map { space.code($0.name, in: family) })
    }
  }

  /// Every number that a result may be: days and months as far as the calendar goes.
  func resultLine(of type: ValueType) -> Stretches {
    switch type.unwrapped {
    case .date: Stretches(Int128(Day.first.number), Int128(Day.last.number))
    case .month: Stretches(Int128(Month.first.number), Int128(Month.last.number))
    default: line(of: type)
    }
  }

  /// A literal.
  func symbol(of constant: Constant) -> Symbol {
    switch constant {
    case .bool(let value): return .truth(value ? .yes : .no)
    case .money(let amount, let currency?) where currency != homeCurrency:
      // What is combined or compared with it may be an error; nothing is said of it.
      let name = "\(amount.text()) \(currency)"
      let fails = formulas.inside(
        space.fact(.result("\(name)!"), .truth, Stretches(0, 1), label: name), Stretches(1))
      let fact = space.fact(.result(name), .money(currency), line(of: .money), label: name)
      var scalar = Scalar([.init(when: fails.negated, term: Linear(fact))])
      scalar.error = fails
      return .scalar(scalar)
    default: return .scalar(Scalar(place(of: constant)))
    }
  }

  /// The currency of all policies; nil when they have several.
  private var homeCurrency: String? {
    let all = Set(set.policies.compactMap(\.currency))
    return all.count == 1 ? all.first : nil
  }

  /// Whether a literal is an amount in another currency than that of the policies.
  func isForeign(_ constant: Constant) -> Bool {
    if case .money(_, let currency?) = constant { currency != homeCurrency } else { false }
  }

  /// The number of a literal on its line.
  func place(of constant: Constant) -> Int128 {
    switch constant {
    case .bool(let value): value ? 1 : 0
    case .number(let value), .money(let value, _), .percent(let value): value.units
    case .date(let day): Int128(day.number)
    case .month(let month): Int128(month.number)
    case .time(let time): Int128(time.minutes)
    case .text(let text): space.code(text, in: .texts)
    case .person(let text): space.code(text, in: .persons)
    case .post(let index): space.code(set.types.posts[index].name, in: .posts)
    case .member(let id, let index):
      space.code(set.types[id].members[index].name, in: .enumeration(set.types[id].name))
    }
  }

  /// The value of a parameter on the day, by the days from which each holds.
  func parameter(_ reference: Reference) -> Symbol {
    let values = set.policies[reference.policy].parameters[reference.index].values
    var result: Symbol?
    var isLacking = Formula.yes
    for (index, value) in values.enumerated() {
      let from = value.from.map { Int128($0.number) } ?? -Stretches.infinity
      let next = values.dropFirst(index + 1).first?.from
      let until = next.map { Int128($0.number) - 1 } ?? Stretches.infinity
      let inForce = formulas.inside(context.asOf, Stretches(from, until))
      isLacking = formulas.and(isLacking, inForce.negated)
      let own = symbol(of: value.constant)
      result =
        result.map {
          choose(Truth(yes: inForce, no: inForce.negated), own, $0)
        } ?? own
    }
    guard var result else { return .scalar(.failure) }
    // Before the first of them there is none.
    switch result {
    case .truth(var truth):
      truth.yes = formulas.and(truth.yes, isLacking.negated)
      truth.no = formulas.and(truth.no, isLacking.negated)
      truth.error = isLacking
      result = .truth(truth)
    case .scalar(var scalar):
      scalar.cases = merged(
        scalar.cases.map {
          .init(when: formulas.and($0.when, isLacking.negated), term: $0.term)
        })
      scalar.error = isLacking
      result = .scalar(scalar)
    default: break
    }
    return result
  }
}
