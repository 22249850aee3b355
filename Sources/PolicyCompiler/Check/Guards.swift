/// Which optional paths are known to be present at a place, from the conditions that guard it.
///
/// `x is present and x > 3`: the right side of `and` stands where the left side is true. What an
/// expression proves when it is true, and when it is false, is read off its typed form.
internal import PolicyRuntime

/// A path that starts at an input, a variable or a definition.
struct GuardPath: Hashable {
  /// Where it starts.
  enum Root: Hashable {
    case input(Reference)
    case variable(Int)
    /// A definition that chooses between records, or makes one.
    case define(Reference)
  }

  var root: Root
  var fields: [Int]

  init(root: Root, fields: [Int] = []) {
    self.root = root
    self.fields = fields
  }
}

extension SetChecker {
  /// The path that an expression is, if it is one; a definition that names a path is that path.
  ///
  /// - Parameter arguments: the paths of the arguments, where the expression is the body of a definition.
  func guardPath(
    _ expression: TypedExpression, _ arguments: [Int: GuardPath] = [:]
  ) -> GuardPath? {
    switch expression.kind {
    case .input(let reference): return GuardPath(root: .input(reference))
    case .variable(let variable):
      return arguments[variable.id] ?? GuardPath(root: .variable(variable.id))
    case .field(let base, let index):
      guard var path = guardPath(base, arguments) else { return nil }
      path.fields.append(index)
      return path
    case .call(let define, let given):
      guard let body = defineBody(define) else { return nil }
      var inner: [Int: GuardPath] = [:]
      let names = set.policies[define.policy].defines[define.index].arguments
      for (name, argument) in zip(names, given) {
        guard let path = guardPath(argument, arguments) else { return nil }
        inner[name.id] = path
      }
      return guardPath(body, inner) ?? (given.isEmpty ? GuardPath(root: .define(define)) : nil)
    default: return nil
    }
  }

  /// The paths that are present whenever the condition is true.
  func presentWhenTrue(_ condition: TypedExpression) -> Set<GuardPath> {
    switch condition.kind {
    case .isPresent(let path):
      return guardPath(path).map { [$0] } ?? []
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
      return path.type.isOptional ? guardPath(path).map { [$0] } ?? [] : []
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
