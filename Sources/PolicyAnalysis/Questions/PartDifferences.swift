/// Where two models of a decision say different things, part by part.
internal import PolicyCompiler
internal import PolicyEngine
internal import PolicySource

/// A part of the answer and when it differs.
struct PartDifference {
  let name: Phrase
  /// When it differs at all.
  let when: Formula
  /// When it differs in one way: it came, it went, its figure rises, it falls.
  ///
  /// All of a region differs in the same ways.
  let ways: [Formula]
  /// Where it is written: in the newer set, unless only the older one has it.
  let place: String
}

/// Compares the parts of two models of a decision.
struct PartDifferences {
  private let reader: Interpreter
  private let old: Interpreter
  private var formulas: Formulas { reader.formulas }

  /// - Parameter old: the reader of the older set, where it has files of its own.
  init(_ reader: Interpreter, old: Interpreter? = nil) {
    (self.reader, self.old) = (reader, old ?? reader)
  }

  func differences(_ old: DecisionModel, _ new: DecisionModel) -> [PartDifference] {
    let before = Dictionary(old.parts.map { ($0.key, $0) }) { first, _ in first }
    let parts = aligned(new.parts, with: old.parts)
    let after = Dictionary(parts.map { ($0.key, $0) }) { first, _ in first }
    var keys = parts.map(\.key)
    keys += old.parts.map(\.key).filter { after[$0] == nil }
    var result: [PartDifference] = []
    for key in keys {
      let ways = difference(before[key], after[key]).filter { $0 != .no }
      let when = formulas.any(ways)
      guard when != .no, let part = after[key] ?? before[key] else { continue }
      let files = (after[key] == nil ? self.old : reader).set.files
      let place = files.place(of: part.range)
      result.append(
        PartDifference(name: AnalysisMessages.part(key), when: when, ways: ways, place: place))
    }
    return result
  }

  private func difference(_ old: AnswerPart?, _ new: AnswerPart?) -> [Formula] {
    guard let old else { return new.map { byName($0.when, $0) + [$0.perhaps] } ?? [] }
    guard let new else { return byName(old.when, old) + [old.perhaps] }
    var parts: [Formula] = []
    if old.when != new.when {
      parts = byName(formulas.and(old.when.negated, new.when), new)
      parts += byName(formulas.and(old.when, new.when.negated), old)
    }
    parts += came(old.perhaps, new.perhaps) + came(old.binds, new.binds)
    let both = formulas.and(old.when, new.when)
    if old.rule != new.rule { parts.append(both) }
    if let first = old.figure, let second = new.figure, first.cases != second.cases {
      parts += different(first, second, hasOrder: new.scale.isMeasured)
        .map { formulas.and(both, $0) }
    }
    if let first = old.each, let second = new.each, first.path == second.path {
      let one = formulas.differ(first.body.yes, second.body.yes)
      if one != .no { parts.append(formulas.and(both, anyItem(first, second, one, new.range))) }
    }
    return parts
  }

  /// When something that did not hold does, and the other way round.
  private func came(_ old: Formula, _ new: Formula) -> [Formula] {
    if old == new { return [] }
    return [formulas.and(old.negated, new), formulas.and(old, new.negated)]
  }

  /// A condition split by who gives the step: each is another change.
  private func byName(_ condition: Formula, _ part: AnswerPart) -> [Formula] {
    guard case .step = part.key, let figure = part.figure, figure.cases.count > 1 else {
      return [condition]
    }
    let cases = figure.cases.map(\.when)
    return cases.map { formulas.and(condition, $0) }
      + [formulas.all([condition] + cases.map(\.negated))]
  }

  /// The parts with the numbers of signs that say the same on the other side: their order does not matter.
  private func aligned(_ parts: [AnswerPart], with old: [AnswerPart]) -> [AnswerPart] {
    var result = parts
    var free = old.filter { if case .sign = $0.key { true } else { false } }
    var numbers: [AnswerPart.Key: AnswerPart.Key] = [:]
    for part in parts {
      guard case .sign(let name, let number) = part.key,
        let place = free.firstIndex(where: {
          guard case .sign(name, _) = $0.key else { return false }
          return $0.when == part.when && $0.perhaps == part.perhaps
        }), case .sign(_, let other) = free.remove(at: place).key
      else { continue }
      numbers[.sign(name, number)] = .sign(name, other)
    }
    var taken = Set(numbers.values)
    for index in result.indices {
      if let key = numbers[result[index].key] {
        result[index].key = key
        continue
      }
      guard case .sign(let name, let number) = parts[index].key else { continue }
      let next = (0...).first { !taken.contains(.sign(name, $0)) } ?? number
      taken.insert(.sign(name, next))
      result[index].key = .sign(name, next)
    }
    return result
  }

  /// When a figure rises and when it falls; of one without an order, each change from one name to another.
  private func different(_ a: Scalar, _ b: Scalar, hasOrder: Bool) -> [Formula] {
    var (rises, falls): ([Formula], [Formula]) = ([], [])
    var named: [Formula] = []
    for x in a.cases {
      for y in b.cases where x.term != y.term {
        let both = formulas.and(x.when, y.when)
        if hasOrder {
          rises.append(formulas.and(both, reader.order(x.term, y.term, isStrict: true)))
          falls.append(formulas.and(both, reader.order(y.term, x.term, isStrict: true)))
        } else if x.term.value != nil, y.term.value != nil {
          named.append(both)
        } else {
          rises.append(formulas.and(both, reader.equal(x.term, y.term).negated))
        }
      }
    }
    return [formulas.any(rises), formulas.any(falls)] + named
  }

  /// Whether some item of a list has a reason in one set alone.
  private func anyItem(
    _ old: EachItem, _ new: EachItem, _ one: Formula, _ range: SourceRange
  ) -> Formula {
    let fact = reader.space.fact(
      .result("each(\(old.path)|\(one.code))"), .truth, Stretches(0, 1),
      label: "\(old.path)[…]")
    let holds = formulas.inside(fact, Stretches(1))
    let (formulas, reader) = (formulas, reader)
    reader.space.define(
      fact,
      Definition(
        range: range, isOfList: true, arguments: [], value: { _ in nil },
        axioms: { count in
          let items = (1...max(count, 1)).map { number in
            formulas.and(
              reader.there(old.path, number),
              formulas.differ(old.item(number).yes, new.item(number).yes))
          }
          return [
            reader.there(old.path, count + 1).negated,
            formulas.differ(holds, formulas.any(items)).negated,
          ]
        }))
    return formulas.and(holds, reader.there(old.path, 1))
  }
}
