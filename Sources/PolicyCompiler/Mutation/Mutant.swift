/// A mutant: a set with one small mistake made in it, to find out whether the sample cases would notice.
public import PolicyRuntime
public import PolicySource

/// A policy with one thing in it changed.
public struct Mutant: Sendable {
  /// What kind of mistake it is.
  public enum Kind: String, CaseIterable, Sendable {
    /// A figure that something is compared with, one unit up or down.
    case threshold
    /// Another figure, one unit up.
    case figure
    /// A comparison that holds for more or for less, or the other way round.
    case comparison
    /// `and`, `or`, `implies`, `not`.
    case connective
    /// `any` and `all`.
    case quantifier
    /// Another post, class or member.
    case post, member
    /// Something left out: a clause, a step, a condition, a duty, a copy, a rule of an approval.
    case clause, step, condition, duty, copy, rule
    /// A parameter, one unit up or down.
    case parameter
    /// A cell of a table, or a row left out.
    case cell, row
  }

  /// What was changed.
  public enum Change: Hashable, Sendable {
    /// One stands where the other stood.
    case becomes(String, String)
    /// It is left out.
    case dropped(String)
    /// It is there always.
    case unconditional(String)
    /// It holds exactly where it did not.
    case turned(String)
  }

  /// The policy that it stands in.
  public let policy: String
  /// What kind of mistake it is.
  public let kind: Kind
  /// Where.
  public let range: SourceRange
  /// What was changed.
  public let change: Change
  /// What stands in the typed set in its place.
  public let target: Target

  /// A declaration with the mistake in it.
  public enum Target: Sendable {
    case decision(Reference, TypedDecision)
    case definition(Reference, TypedDefine)
    case parameter(Reference, TypedParameter)
    case table(Reference, TypedTable)

    /// What is replaced.
    public var element: Element {
      switch self {
      case .decision(let reference, _): .decision(reference)
      case .definition(let reference, _): .definition(reference)
      case .parameter(let reference, _): .parameter(reference)
      case .table(let reference, _): .table(reference)
      }
    }
  }

  /// A declaration of a set.
  public enum Element: Hashable, Sendable {
    case decision(Reference), definition(Reference), parameter(Reference), table(Reference)
  }

  /// The set with the mistake in it.
  public func applied(to set: TypedSet) -> TypedSet {
    var set = set
    switch target {
    case .decision(let place, let mutant):
      set.policies[place.policy].decisions[place.index] = mutant
    case .definition(let place, let mutant):
      set.policies[place.policy].defines[place.index] = mutant
    case .parameter(let place, let mutant):
      set.policies[place.policy].parameters[place.index] = mutant
    case .table(let place, let mutant):
      set.policies[place.policy].tables[place.index] = mutant
    }
    return set
  }

  /// What a decision is made of: itself, the decisions, definitions, parameters and tables that it uses.
  public static func elements(of decision: Reference, in set: TypedSet) -> Set<Element> {
    var collector = ElementCollector(set: set)
    collector.visit(decision)
    return collector.found
  }
}

/// The walk over a decision and what it uses.
private struct ElementCollector {
  let set: TypedSet
  var found: Set<Mutant.Element> = []

  mutating func visit(_ decision: Reference) {
    guard found.insert(.decision(decision)).inserted else { return }
    var inside: [TypedExpression] = []
    set.policies[decision.policy].decisions[decision.index].visitExpressions { inside.append($0) }
    for expression in inside { visit(expression) }
  }

  private mutating func visit(_ expression: TypedExpression) {
    switch expression.kind {
    case .decisionIs(let reference, _), .decisionValue(let reference): visit(reference)
    case .parameter(let reference): found.insert(.parameter(reference))
    case .lookup(let reference, _, _, _): found.insert(.table(reference))
    case .call(let reference, _):
      if found.insert(.definition(reference)).inserted {
        visit(set.policies[reference.policy].defines[reference.index].body)
      }
    default: break
    }
    var inside: [TypedExpression] = []
    expression.visitChildren { inside.append($0) }
    for child in inside { visit(child) }
  }
}

extension Mutant {
  /// The constants that stand in a declaration.
  public static func constants(of element: Element, in set: TypedSet) -> [Constant] {
    var found: [Constant] = []
    func visit(_ expression: TypedExpression) {
      if case .constant(let constant) = expression.kind { found.append(constant) }
      expression.visitChildren(visit)
    }
    switch element {
    case .decision(let place):
      set.policies[place.policy].decisions[place.index].visitCodeExpressions(visit)
    case .definition(let place): visit(set.policies[place.policy].defines[place.index].body)
    case .parameter(let place):
      found = set.policies[place.policy].parameters[place.index].values.map(\.constant)
    case .table(let place):
      for row in set.policies[place.policy].tables[place.index].rows {
        for test in row.cells.flatMap(\.tests) {
          switch test {
          case .equals(let value), .less(let value), .lessOrEqual(let value), .greater(let value),
            .greaterOrEqual(let value):
            found.append(value)
          case .range(let low, let high, _): found += [low, high]
          }
        }
      }
    }
    return found
  }
}
