/// The small mistakes that can be made in one expression.
import PolicyRuntime
import PolicySource

/// An expression with one mistake in it.
struct ExpressionMutant {
  var kind: Mutant.Kind
  var range: SourceRange
  var change: Mutant.Change
  var expression: TypedExpression
}

/// Finds the mistakes of expressions of one set.
struct ExpressionMutants {
  /// What a constant stands for.
  enum Role {
    /// Something is compared with it: it is moved both ways.
    case bound
    /// Anything else.
    case figure
  }

  let set: TypedSet

  /// Every expression that has one mistake more than this one.
  func of(_ expression: TypedExpression, as role: Role = .figure) -> [ExpressionMutant] {
    var found = own(expression, role)
    let inner = innerRole(expression)
    for (number, child) in expression.children.enumerated() {
      // The members of a list are left out one by one instead.
      if case .oneOf = expression.kind, number > 0 { continue }
      for mutant in of(child, as: inner) {
        var whole = mutant
        whole.expression = expression.replacing(child: number, by: mutant.expression)
        found.append(whole)
      }
    }
    return found
  }

  private func innerRole(_ expression: TypedExpression) -> Role {
    if case .compare(let comparison, _, _) = expression.kind, comparison.isOrdered { return .bound }
    return .figure
  }

  private func own(_ expression: TypedExpression, _ role: Role) -> [ExpressionMutant] {
    func mutant(
      _ kind: Mutant.Kind, _ change: Mutant.Change, _ mutated: TypedExpression.Kind,
      at range: SourceRange? = nil
    ) -> ExpressionMutant {
      ExpressionMutant(
        kind: kind, range: range ?? expression.range, change: change,
        expression: TypedExpression(mutated, expression.type, expression.range))
    }
    switch expression.kind {
    case .constant(let constant): return self.constant(constant, expression, role)
    case .compare(let comparison, let a, let b):
      return comparison.mistakes.map { other in
        let words = (name(comparison, a.type), name(other, a.type))
        return mutant(.comparison, .becomes(words.0, words.1), .compare(other, a, b))
      }
    case .logical(let connective, let a, let b):
      guard expression.connected != nil else { return [] }
      let other: TypedExpression.Logical = connective == .and ? .or : .and
      return [
        mutant(
          .connective, .becomes(connective.word, other.word), .logical(other, a, b),
          at: SourceRange(
            file: a.range.file, lower: Int(a.range.lower), upper: Int(b.range.upper)))
      ]
    case .not(let a):
      guard words(expression.range).hasPrefix("not ") else { return [] }
      return [mutant(.connective, .dropped("not"), a.kind)]
    case .quantifier(let any, let variable, let list, let condition):
      let names = any ? ("any", "all") : ("all", "any")
      return [
        mutant(
          .quantifier, .becomes(names.0, names.1),
          .quantifier(any: !any, variable, list: list, condition))
      ]
    case .oneOf(let value, let members): return oneOf(value, members, mutant)
    case .arithmetic(let operation, let a, let b) where operation == .add || operation == .subtract:
      let other: TypedExpression.Arithmetic = operation == .add ? .subtract : .add
      let names = operation == .add ? ("+", "-") : ("-", "+")
      return [mutant(.figure, .becomes(names.0, names.1), .arithmetic(other, a, b))]
    case .aggregate, .comprehension: return loops(expression, mutant)
    default:
      guard expression.isTruth else { return [] }
      return [
        mutant(.comparison, .turned(words(expression.range)), .not(expression))
      ]
    }
  }

  private func constant(
    _ constant: Constant, _ expression: TypedExpression, _ role: Role
  ) -> [ExpressionMutant] {
    let kind: Mutant.Kind
    switch constant {
    case .post: kind = .post
    case .member: kind = role == .bound ? .threshold : .member
    case .bool, .text, .person: return []
    default: kind = role == .bound ? .threshold : .figure
    }
    let others =
      role == .bound
      ? [set.stepped(constant, by: -1), set.stepped(constant, by: 1)] : [set.swapped(constant)]
    return others.compactMap { other in
      guard let other else { return nil }
      return ExpressionMutant(
        kind: kind, range: expression.range,
        change: .becomes(set.words(constant), set.words(other)),
        expression: TypedExpression(.constant(other), expression.type, expression.range))
    }
  }

  private typealias Making = (
    Mutant.Kind, Mutant.Change, TypedExpression.Kind, SourceRange?
  ) -> ExpressionMutant

  /// Each member of a list left out.
  private func oneOf(
    _ value: TypedExpression, _ members: [TypedExpression], _ mutant: Making
  ) -> [ExpressionMutant] {
    guard members.count > 1 else { return [] }
    return members.indices.map { number in
      var rest = members
      let gone = rest.remove(at: number)
      return mutant(.member, .dropped(words(gone.range)), .oneOf(value, rest), gone.range)
    }
  }

  /// `min` for `max`, and `where` left out.
  private func loops(_ expression: TypedExpression, _ mutant: Making) -> [ExpressionMutant] {
    switch expression.kind {
    case .aggregate(let function, let variable, let list, let element, let condition, let other):
      var found: [ExpressionMutant] = []
      if function == .min || function == .max {
        let (swap, names): (TypedExpression.Aggregate, (String, String)) =
          function == .min ? (.max, ("min", "max")) : (.min, ("max", "min"))
        let kind = TypedExpression.Kind.aggregate(
          swap, variable, list: list, element: element, condition: condition, fallback: other)
        found.append(mutant(.figure, .becomes(names.0, names.1), kind, nil))
      }
      if let condition {
        let kind = TypedExpression.Kind.aggregate(
          function, variable, list: list, element: element, condition: nil, fallback: other)
        found.append(
          mutant(.condition, .dropped("where \(words(condition.range))"), kind, condition.range))
      }
      return found
    case .comprehension(let variable, let list, let element, let condition?):
      let kind = TypedExpression.Kind.comprehension(
        variable, list: list, element: element, condition: nil)
      return [
        mutant(.condition, .dropped("where \(words(condition.range))"), kind, condition.range)
      ]
    default: return []
    }
  }

  /// The words of a range on one line.
  func words(_ range: SourceRange) -> String {
    set.files[range.file].text(in: range).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// A comparison as policies write it.
  private func name(_ comparison: TypedExpression.Comparison, _ type: ValueType) -> String {
    var isBestFirst = false
    if case .enumeration(let id) = type.unwrapped { isBestFirst = set.types[id].order == .bestFirst }
    switch comparison {
    case .equal: return "is"
    case .notEqual: return "is not"
    case .less: return isBestFirst ? "better than" : "<"
    case .lessOrEqual: return isBestFirst ? "no worse than" : "<="
    case .greater: return isBestFirst ? "worse than" : ">"
    case .greaterOrEqual: return isBestFirst ? "no better than" : ">="
    }
  }
}

extension TypedExpression {
  /// Whether it is a plain condition whose opposite is another policy.
  fileprivate var isTruth: Bool {
    guard type == .bool else { return false }
    switch kind {
    case .input, .field, .isPresent, .contains, .textTest, .matches, .decisionIs, .business:
      return true
    default: return false
    }
  }
}

extension TypedExpression.Logical {
  /// As policies write it.
  fileprivate var word: String {
    switch self {
    case .and: "and"
    case .or: "or"
    case .implies: "implies"
    }
  }
}

extension TypedExpression.Comparison {
  /// What may stand there by mistake: one that holds for more or for less, and the other way round.
  fileprivate var mistakes: [TypedExpression.Comparison] {
    switch self {
    case .equal: [.notEqual]
    case .notEqual: [.equal]
    case .less: [.lessOrEqual, .greater]
    case .lessOrEqual: [.less, .greaterOrEqual]
    case .greater: [.greaterOrEqual, .less]
    case .greaterOrEqual: [.greater, .lessOrEqual]
    }
  }
}
