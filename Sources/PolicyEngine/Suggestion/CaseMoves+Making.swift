/// Doing one thing to a case.
import PolicyCompiler
import PolicyRuntime

extension CaseMoves {
  /// The case after a move; nil where the path leads nowhere.
  func made(_ move: Move, of sample: TypedCase) -> TypedCase? {
    var moved = sample
    switch move {
    case .asOf(let day): moved.asOf = day
    case .today(let day): moved.today = day
    case .clearances(let all): moved.clearances = all
    case .acts(let all): moved.acts = all
    case .forget(let path):
      guard put(.unknown, path, &moved) else { return nil }
      moved.unknown.append(Self.words(path))
    case .give(let path, let value):
      guard put(value, path, &moved) else { return nil }
    }
    return moved
  }

  /// `order.lines[2].stock`.
  private static func words(_ path: [Step]) -> String {
    path.reduce("") { text, step in
      switch step {
      case .field(let name): text.isEmpty ? name : "\(text).\(name)"
      case .item(let number): "\(text)[\(number + 1)]"
      }
    }
  }

  private func put(_ value: CaseValue, _ path: [Step], _ sample: inout TypedCase) -> Bool {
    guard case .field(let root)? = path.first else { return false }
    let words = Self.words(path)
    // What is given is known, and so is what lies around it.
    sample.unknown.removeAll { other in
      other == words || other.hasPrefix(words + ".") || other.hasPrefix(words + "[")
    }
    if sample.unknown.contains(where: { words.hasPrefix($0 + ".") || words.hasPrefix($0 + "[") }) {
      return false
    }
    let inner = sample.facts[root] ?? .record([:])
    guard let changed = Self.replaced(inner, path.dropFirst(), by: value) else { return false }
    sample.facts[root] = changed
    return true
  }

  private static func replaced(
    _ tree: CaseValue, _ path: ArraySlice<Step>, by value: CaseValue
  ) -> CaseValue? {
    switch (path.first, tree) {
    case (nil, _): return value
    case (.field(let name)?, .record(var fields)):
      guard let changed = replaced(fields[name] ?? .record([:]), path.dropFirst(), by: value)
      else { return nil }
      fields[name] = changed
      return .record(fields)
    case (.item(let number)?, .list(var items)):
      guard items.indices.contains(number),
        let changed = replaced(items[number], path.dropFirst(), by: value)
      else { return nil }
      items[number] = changed
      return .list(items)
    default: return nil
    }
  }
}
