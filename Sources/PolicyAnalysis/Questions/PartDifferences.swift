/// Where two models of a decision say different things, part by part.
internal import PolicyCompiler
internal import PolicyEngine
internal import PolicySource

/// A part of the answer and when it differs.
struct PartDifference {
  let name: Phrase
  let when: Formula
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
    let after = Dictionary(new.parts.map { ($0.key, $0) }) { first, _ in first }
    var keys = new.parts.map(\.key)
    keys += old.parts.map(\.key).filter { after[$0] == nil }
    var result: [PartDifference] = []
    for key in keys {
      let when = difference(before[key], after[key])
      guard when != .no, let part = after[key] ?? before[key] else { continue }
      let files = (after[key] == nil ? self.old : reader).set.files
      let place = files.place(of: part.range)
      result.append(PartDifference(name: AnalysisMessages.part(key), when: when, place: place))
    }
    return result
  }

  private func difference(_ old: AnswerPart?, _ new: AnswerPart?) -> Formula {
    guard let old else { return new.map { formulas.or($0.when, $0.perhaps) } ?? .no }
    guard let new else { return formulas.or(old.when, old.perhaps) }
    var parts = [
      formulas.differ(old.when, new.when), formulas.differ(old.perhaps, new.perhaps),
    ]
    let both = formulas.and(old.when, new.when)
    if old.rule != new.rule { parts.append(both) }
    if let first = old.figure, let second = new.figure {
      parts.append(formulas.and(both, different(first, second)))
    }
    if let first = old.each, let second = new.each, first.path == second.path {
      let one = formulas.differ(first.body.yes, second.body.yes)
      if one != .no { parts.append(formulas.and(both, anyItem(first, second, one, new.range))) }
    }
    return formulas.any(parts)
  }

  private func different(_ a: Scalar, _ b: Scalar) -> Formula {
    if a.cases == b.cases { return .no }
    var parts: [Formula] = []
    for x in a.cases {
      for y in b.cases {
        parts.append(
          formulas.all([x.when, y.when, reader.equal(x.term, y.term).negated]))
      }
    }
    return formulas.any(parts)
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
