/// What of a program's facts and computed values is secret, so that answers do not show it.
import PolicyRuntime

extension ProgramBuilder {
  /// Whether a field of a request is secret.
  func isSecret(_ place: FactPlace) -> Bool {
    place.nodes.contains { program.schema.nodes[$0].isSecret }
  }

  /// Whether a value is a secret, or made of one.
  func isSecret(_ expression: TypedExpression, _ scope: [Int: Binding]) -> Bool {
    guard let secrets else { return false }
    let outer = secrets.resolve
    defer { secrets.resolve = outer }
    secrets.resolve = { [unowned self] variable in
      let isSecret =
        switch scope[variable.id] {
        case .item(_, let nodes): nodes.contains { self.program.schema.nodes[$0].isSecret }
        case .expression(let argument, let outer): self.isSecret(argument, outer)
        case .slot, nil: false
        }
      return isSecret ? variable.name : nil
    }
    return secrets.secret(in: expression) != nil
  }
}
