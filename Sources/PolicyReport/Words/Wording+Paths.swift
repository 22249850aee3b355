/// Facts in words: the label of a field, said with what it belongs to where the label alone is not clear.
import PolicyCompiler
import PolicyRuntime
import PolicySource

extension Wording {
  /// The words of an input, a field or an item; nil of anything computed.
  func path(_ expression: TypedExpression) -> Prose? {
    switch expression.kind {
    case .input(let reference): return .name(inputLabel(reference))
    case .variable(let variable): return item(variable)
    case .field(let base, let index):
      guard let leaf = fieldLabel(base, index) else { return nil }
      guard let owner = owner(of: expression) else { return .name(leaf) }
      return ProseMessages.of(.name(leaf), owner)
    default: return nil
    }
  }

  /// The label of the field that a path ends with, or of the input.
  func leaf(_ expression: TypedExpression) -> String? {
    switch expression.kind {
    case .input(let reference): inputLabel(reference)
    case .field(let base, let index): fieldLabel(base, index)
    default: nil
    }
  }

  private func inputLabel(_ reference: Reference) -> String {
    let field = set.policies[reference.policy].inputs[reference.index].field
    if field.label == field.name, case .record(let id) = field.type.unwrapped {
      return label(set.types[id].label, or: set.types[id].name)
    }
    return label(field.label, or: field.name)
  }

  private func fieldLabel(_ base: TypedExpression, _ index: Int) -> String? {
    guard case .record(let id) = base.type.unwrapped,
      set.types[id].fields.indices.contains(index)
    else { return nil }
    let field = set.types[id].fields[index]
    return label(field.label, or: field.name)
  }

  /// Whose field it is, where that must be said: of an item, of another policy's input, of one of several.
  func owner(of expression: TypedExpression) -> Prose? {
    guard case .field(let base, _) = expression.kind else { return nil }
    switch base.kind {
    case .input(let reference):
      let isClear =
        reference.policy == policy && !(leaf(expression).map(isAmbiguous) ?? false)
      return isClear ? nil : .name(inputLabel(reference))
    case .field:
      let isClear = root(of: base) == policy && !(leaf(expression).map(isAmbiguous) ?? false)
      return isClear ? nil : path(base)
    case .variable(let variable): return item(variable)
    default: return value(base)
    }
  }

  /// The policy whose input a path begins with.
  private func root(of expression: TypedExpression) -> Int? {
    switch expression.kind {
    case .input(let reference): reference.policy
    case .field(let base, _): root(of: base)
    default: nil
    }
  }

  /// `the item`; in Chinese by what it is, for its name is an identifier.
  func item(_ variable: Variable) -> Prose {
    let word = Self.words(variable.name)
    guard language == .chinese, let label = chineseLabel(variable) else {
      return ProseMessages.the(.text(word))
    }
    // Of two items that are called the same, the inner one is the other one.
    let same = scope.filter { chineseLabel($0) == label }
    guard let place = same.firstIndex(of: variable), place > 0 else {
      return ProseMessages.the(.text(label))
    }
    return place == 1
      ? ProseMessages.other(.text(label))
      : ProseMessages.the(ProseMessages.withValue(.text(label), .text(word)))
  }

  private func chineseLabel(_ variable: Variable) -> String? {
    guard case .record(let id) = variable.type.unwrapped else { return nil }
    let label = label(set.types[id].label, or: set.types[id].name)
    return label.contains(where: BilingualLabel.isHan) ? label : nil
  }
}
