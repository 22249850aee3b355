/// Which optional paths are known to be present at a place, from the conditions that guard it.
///
/// `x is present and x > 3`: the right side of `and` stands where the left side is true. What an
/// expression proves when it is true, and when it is false, is read off its typed form.
internal import PolicyRuntime

/// A path that starts at an input or a variable.
struct GuardPath: Hashable {
  /// Where it starts.
  enum Root: Hashable {
    case input(Reference)
    case variable(Int)
  }

  var root: Root
  var fields: [Int]

  init(root: Root, fields: [Int] = []) {
    self.root = root
    self.fields = fields
  }

  /// The path that an expression is, if it is one.
  init?(_ expression: TypedExpression) {
    switch expression.kind {
    case .input(let reference): self.init(root: .input(reference))
    case .variable(let variable): self.init(root: .variable(variable.id))
    case .field(let base, let index):
      guard var path = GuardPath(base) else { return nil }
      path.fields.append(index)
      self = path
    default: return nil
    }
  }
}

extension SetChecker {
  /// The paths that are present whenever the condition is true.
  func presentWhenTrue(_ condition: TypedExpression) -> Set<GuardPath> {
    switch condition.kind {
    case .isPresent(let path):
      return GuardPath(path).map { [$0] } ?? []
    case .not(let inner):
      return presentWhenFalse(inner)
    case .logical(.and, let a, let b):
      return presentWhenTrue(a).union(presentWhenTrue(b))
    case .logical(.or, let a, let b):
      return presentWhenTrue(a).intersection(presentWhenTrue(b))
    case .logical(.implies, let a, let b):
      return presentWhenFalse(a).intersection(presentWhenTrue(b))
    case .call(let define, let arguments) where arguments.isEmpty:
      return defineBody(define).map(presentWhenTrue) ?? []
    default:
      return []
    }
  }

  /// The paths that are present whenever the condition is false.
  func presentWhenFalse(_ condition: TypedExpression) -> Set<GuardPath> {
    switch condition.kind {
    case .isBlank(let path):
      return path.type.isOptional ? GuardPath(path).map { [$0] } ?? [] : []
    case .not(let inner):
      return presentWhenTrue(inner)
    case .logical(.or, let a, let b):
      return presentWhenFalse(a).union(presentWhenFalse(b))
    case .logical(.and, let a, let b):
      return presentWhenFalse(a).intersection(presentWhenFalse(b))
    case .logical(.implies, let a, let b):
      return presentWhenTrue(a).union(presentWhenFalse(b))
    case .call(let define, let arguments) where arguments.isEmpty:
      return defineBody(define).map(presentWhenFalse) ?? []
    default:
      return []
    }
  }

  private func defineBody(_ reference: Reference) -> TypedExpression? {
    guard case .done(let type) = facts[reference.policy].defines[reference.index], type != nil
    else { return nil }
    return set.policies[reference.policy].defines[reference.index].body
  }
}
