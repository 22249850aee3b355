/// A sample case with everything that it copies by `like`: the facts as JSON, what is unknown, clearances, days.
import PolicyRuntime
import PolicySource
public import PolicySyntax

/// A case, ready to be asked.
public struct SampleCase: Sendable {
  /// The case as written.
  public let tree: CaseTree
  /// The name of its policy.
  public let policy: String
  /// The facts by input.
  public var input = JSONTree.object([])
  /// Paths that are not known.
  public var unknown: [String] = []
  /// The clearances as written.
  public var clearances: [ClearanceTree] = []
  /// The day that counts for parameters.
  public var asOf: String?
  /// The day that counts for clearances.
  public var today: String?
  /// Why the facts could not be put together; nil when they could.
  public var fault: String?

  /// Puts a case together from its own lines and those of the cases that it is `like`.
  init(_ tree: CaseTree, of policy: String, among cases: [String: CaseTree]) {
    self.tree = tree
    self.policy = policy
    var chain = [tree]
    var seen: Set<String> = [tree.name.text]
    while let name = chain.last?.like?.text {
      guard let next = cases[name], seen.insert(name).inserted else {
        fault = "it copies `\(name)`, which is not another case of the file"
        return
      }
      chain.append(next)
    }
    for layer in chain.reversed() { add(layer) }
  }

  private mutating func add(_ layer: CaseTree) {
    if let day = layer.asOf, case .date(let text) = day.kind { asOf = text }
    if let day = layer.today, case .date(let text) = day.kind { today = text }
    for fact in layer.facts {
      switch fact {
      case .given(let path, let value):
        unknown.removeAll { $0 == path.text || $0.hasPrefix(path.text + ".") || $0.hasPrefix(path.text + "[") }
        let steps = path.steps[...]
        if let wrong = input.set(CaseValue.tree(of: value), at: steps) {
          fault = "`\(path.text)` \(wrong)"
        }
      case .unknown(let path):
        input.remove(at: path.steps[...])
        if !unknown.contains(path.text) { unknown.append(path.text) }
      case .clearance(let clearance):
        clearances.append(clearance)
      }
    }
  }
}

/// A step along a path of a case.
enum CaseStep {
  case field(String)
  /// From 1.
  case item(Int)
}

extension PathTree {
  /// The path as people write it: `order.lines[2].stock`.
  var text: String {
    parts.reduce(root.text) { text, part in
      switch part {
      case .field(let name): text + "." + name.text
      case .item(let item, _): text + "[\(item)]"
      }
    }
  }

  var steps: [CaseStep] {
    [.field(root.text)]
      + parts.map { part in
        switch part {
        case .field(let name): .field(name.text)
        case .item(let item, _): .item(item)
        }
      }
  }
}

extension JSONTree {
  /// Puts a value at a path, making the records on the way; says what is wrong when a list has no such item.
  mutating func set(_ value: JSONTree, at path: ArraySlice<CaseStep>) -> String? {
    guard let step = path.first else {
      self = value
      return nil
    }
    switch step {
    case .field(let name):
      var members = self.members
      let index = members.firstIndex { $0.name == name } ?? members.count
      if index == members.count { members.append(Member(name, .object([]))) }
      let wrong = members[index].value.set(value, at: path.dropFirst())
      self = .object(members)
      return wrong
    case .item(let number):
      var items = self.items
      if number == items.count + 1 { items.append(.object([])) }
      guard number >= 1, number <= items.count else {
        return "names item \(number), and the list has \(items.count)"
      }
      let wrong = items[number - 1].set(value, at: path.dropFirst())
      self = .array(items)
      return wrong
    }
  }

  /// Takes the value at a path away; an item of a list becomes an empty record.
  mutating func remove(at path: ArraySlice<CaseStep>) {
    guard let step = path.first else { return }
    switch step {
    case .field(let name):
      var members = self.members
      guard let index = members.firstIndex(where: { $0.name == name }) else { return }
      if path.count == 1 {
        members.remove(at: index)
      } else {
        members[index].value.remove(at: path.dropFirst())
      }
      self = .object(members)
    case .item(let number):
      var items = self.items
      guard number >= 1, number <= items.count else { return }
      if path.count == 1 {
        items[number - 1] = .object([])
      } else {
        items[number - 1].remove(at: path.dropFirst())
      }
      self = .array(items)
    }
  }
}
