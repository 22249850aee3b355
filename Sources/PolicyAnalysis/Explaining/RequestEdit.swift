/// Requests with one fact changed: everything else stays as it was written.
internal import PolicyEngine
internal import PolicyRuntime

/// Puts values into a request by their paths.
struct RequestEdit {
  /// The request, or a part of it.
  private(set) var tree: JSONTree

  init(_ tree: JSONTree) { self.tree = tree }

  /// A step on the way to a value.
  private enum Step {
    case field(String)
    /// From 1.
    case item(Int)
  }

  /// `order.lines[2].stock` in steps.
  private static func steps(of path: String) -> [Step] {
    path.split(separator: ".").flatMap { part -> [Step] in
      let pieces = part.split(separator: "[")
      let items = pieces.dropFirst().compactMap { Int($0.prefix { $0 != "]" }) }
      return pieces.prefix(1).map { .field(String($0)) } + items.map(Step.item)
    }
  }

  /// The request with another value of a fact; records on the way that are not there are made.
  func setting(_ path: String, to value: JSONTree) -> JSONTree {
    let input = tree["input"] ?? .object([])
    let changed = Self.put(value, Self.steps(of: path)[...], into: input)
    return setting(member: "input", to: changed)
  }

  /// The request with a member of its envelope.
  func setting(member name: String, to value: JSONTree) -> JSONTree {
    Self.put(value, [.field(name)], into: tree)
  }

  /// The value at a path; nil when there is none.
  func value(at path: String) -> JSONTree? {
    Self.steps(of: path).reduce(tree["input"]) { found, step in
      switch step {
      case .field(let name): return found?[name]
      case .item(let number):
        guard let items = found?.items, items.indices.contains(number - 1) else { return nil }
        return items[number - 1]
      }
    }
  }

  private static func put(
    _ value: JSONTree, _ steps: ArraySlice<Step>, into tree: JSONTree?
  ) -> JSONTree {
    guard let step = steps.first else { return value }
    let rest = steps.dropFirst()
    switch step {
    case .field(let name):
      var members = tree?.members ?? []
      if let place = members.firstIndex(where: { $0.name == name }) {
        members[place].value = put(value, rest, into: members[place].value)
      } else {
        members.append(.init(name, put(value, rest, into: nil)))
      }
      return .object(members)
    case .item(let number):
      var items = tree?.items ?? []
      while items.count < number { items.append(.object([])) }
      items[number - 1] = put(value, rest, into: items[number - 1])
      return .array(items)
    }
  }

  /// The number of a fact as a request has it; nil for a name that nobody has given.
  ///
  /// - Parameter currency: of an amount, when it has none of its own.
  static func value(
    _ value: Int128, _ fact: Fact, _ space: Space, currency: String
  ) -> JSONTree? {
    switch fact.scale {
    case .truth: return .bool(value == 1)
    case .number: return .string(Decimal(units: value).text())
    case .percent:
      return Decimal(units: value).multiplied(by: Decimal(100)).map { .string($0.text() + "%") }
    case .money(let own):
      return .string("\(Decimal(units: value).text(minimum: 2)) \(own ?? currency)")
    case .date: return .string(Day(number: Int(clamping: value)).text)
    case .month: return .string(Month(number: Int(clamping: value)).text)
    case .time: return .string(TimeOfDay(minutes: Int(clamping: value)).text)
    case .names(let family):
      if let name = space.name(value, in: family) { return .string(name) }
      guard value >= Space.otherNames else { return nil }
      let number = Int(clamping: value - Space.otherNames)
      if let pattern = fact.pattern { return .string(pattern.example(number)) }
      return .string(family == .persons ? "person-\(number)" : "text-\(number)")
    }
  }
}
