/// Which amount of money a request is about, and sums of such amounts.
internal import PolicyEngine
public import PolicyRuntime

/// An amount, or a sum of amounts, in one currency; empty for a bare number.
public struct MoneyAmount: Hashable, Sendable {
  /// The figure.
  public let value: Decimal
  /// The currency, such as `CNY`.
  public let currency: String

  /// `12000.00 CNY`, as answers have it.
  public var text: String {
    currency.isEmpty ? value.text() : value.text(minimum: 2) + " " + currency
  }
}

/// Amounts added up, each currency by itself.
public struct MoneySum: Hashable, Sendable {
  /// The sum of each currency; nil when it has more digits than can be held.
  public private(set) var sums: [String: Decimal?] = [:]
  /// Of how many decisions no amount is known.
  public private(set) var missing = 0

  /// Nothing yet.
  public init() {}

  /// Adds the amounts of a request; of several in one currency the sum.
  public mutating func add(_ amounts: [MoneyAmount]?) {
    guard let amounts else {
      missing += 1
      return
    }
    for amount in amounts { add(amount.value, amount.currency) }
  }

  /// Adds another sum.
  public mutating func add(_ other: MoneySum) {
    for (currency, value) in other.sums { add(value, currency) }
    missing += other.missing
  }

  private mutating func add(_ value: Decimal?, _ currency: String) {
    let before = sums[currency] ?? .zero
    let sum: Decimal? = if let value, let before { before.adding(value) } else { nil }
    sums.updateValue(sum, forKey: currency)
  }

  /// The sums in the order of the currencies.
  public var amounts: [MoneyAmount] {
    sums.compactMap { currency, value in
      value.map { MoneyAmount(value: $0, currency: currency) }
    }.sorted { $0.currency < $1.currency }
  }

  /// The currencies whose sum has more digits than can be held.
  public var overflows: [String] { sums.filter { $0.value == nil }.map(\.key).sorted() }
}

/// Which amount of the requests for a decision counts.
public struct RequestAmount: Hashable, Sendable {
  /// Its path: `order.amount`; below a list the amounts of all items together.
  public let path: String
  /// The currency of a bare amount.
  let currency: String
  private let names: [String]

  /// What is found among the inputs of a decision.
  public enum Choice: Hashable, Sendable {
    /// The one that counts.
    case clear(RequestAmount)
    /// There is none.
    case none
    /// Any of these could be meant.
    case several([String])

    /// The one that counts.
    public var amount: RequestAmount? { if case .clear(let amount) = self { amount } else { nil } }
  }

  /// Finds the amount of a decision: the first of these paths that its inputs have; without paths its only amount.
  public static func choice(of paths: [String], in program: Program) -> Choice {
    let schema = program.schema
    var found: [(RequestAmount, inItem: Bool)] = []
    for (index, node) in schema.nodes.enumerated() {
      let path = schema.path(of: index)
      let isAsked = paths.contains(path) && node.form == .number
      guard node.form == .money || isAsked, !path.isEmpty else { continue }
      let bare = Int(node.detail)
      let currency =
        node.form == .money && bare > 0 && bare < schema.currencies.count
        ? schema.currencies[bare] : ""
      found.append((RequestAmount(path: path, currency: currency), node.inItem))
    }
    if !paths.isEmpty {
      for path in paths {
        if let amount = found.first(where: { $0.0.path == path }) { return .clear(amount.0) }
      }
      return .none
    }
    let plain = found.filter { !$0.inItem }
    let meant = plain.isEmpty ? found : plain
    if meant.count > 1 { return .several(meant.map(\.0.path)) }
    return meant.first.map { .clear($0.0) } ?? .none
  }

  /// The paths of all amounts among the inputs of a decision.
  public static func paths(in program: Program) -> [String] {
    program.schema.nodes.indices.filter { program.schema.nodes[$0].form == .money }
      .map(program.schema.path)
  }

  private init(path: String, currency: String) {
    self.path = path
    self.currency = currency
    names = path.split(separator: ".").map(String.init)
  }

  /// The amounts of a request; nil when it does not say them, or they are secret.
  func amounts(of request: JSONTree) -> [MoneyAmount]? {
    var found: [MoneyAmount] = []
    guard let input = request["input"], collect(input, names[...], &found) else { return nil }
    return found
  }

  private func collect(
    _ value: JSONTree, _ rest: ArraySlice<String>, _ found: inout [MoneyAmount]
  ) -> Bool {
    if case .array(let items) = value {
      return items.allSatisfy { collect($0, rest, &found) }
    }
    guard let name = rest.first else {
      guard let text = value.word else { return false }
      let parts = text.split(separator: " ", omittingEmptySubsequences: false)
      guard parts.count <= 2, let number = try? Decimal(text: parts[0].utf8) else { return false }
      let currency = parts.count == 2 ? String(parts[1]) : currency
      found.append(MoneyAmount(value: number, currency: currency))
      return true
    }
    guard let next = value[name] else { return false }
    return collect(next, rest.dropFirst(), &found)
  }
}
