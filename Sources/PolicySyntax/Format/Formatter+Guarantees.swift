/// Guarantees: the name and label on one line, what is guaranteed on the next.
import PolicySource

extension Formatter {
  /// `guarantee name ["label"] PROPERTY`.
  mutating func guarantee(_ tree: GuaranteeTree, until end: Int32) -> Layout {
    guard let form = tree.form else { return run(until: end) }
    var head = [take(), .space, take()]
    if tree.label != nil { head.append(contentsOf: [.space, take()]) }
    var property = [startLine(first: true)]
    switch form {
    case .forAll(let condition):
      property.append(contentsOf: [run(until: condition.range.lower), body(condition)])
    case .raising(let path, let decision), .neverActs(let path, let decision):
      property.append(run(until: end, [path, decision]))
    }
    return .sequence(head + [.indented(.sequence(property))])
  }
}
