/// Conditions of the language over records of the decision log: `order.amount > 50_000 CNY and answer.outcome is deny`.
///
/// A path begins in the inputs of the request; `answer`, `request` and `record` begin in the answer, the whole
/// request and the record. The log does not tell the types of facts, so a value takes the type of what it
/// is compared with. What is not there is not known: it makes no record match.
public import PolicySource
internal import PolicySyntax

/// A condition that was read.
public struct RecordCondition {
  private let tree: ExpressionTree
  /// The paths at which a secret stood in place of a value, so that nothing could be compared.
  public private(set) var masked: Set<String> = []

  /// Why a condition cannot be asked.
  public struct Refusal: Error {
    /// What is wrong.
    public let message: Phrase
    /// What to write instead.
    public let help: Phrase?
  }

  /// Reads a condition.
  public init(_ text: String) throws(Refusal) {
    let file = SourceFile(name: "--where", bytes: Array(text.utf8))
    let (tree, diagnostics) = PolicyParser.parseExpression(file, id: FileID(0))
    if let first = diagnostics.sorted.first(where: { $0.severity == .error }) {
      throw Refusal(message: first.message, help: first.help)
    }
    self.tree = tree
    guard Self.isCondition(tree) else { throw Self.unknownForm }
  }

  /// Whether a record, read as JSON, matches.
  public mutating func matches(_ record: JSONTree) -> Bool {
    var reader = RecordReader(record)
    let result = reader.truth(of: tree)
    masked.formUnion(reader.masked)
    return result == true
  }

  private static let unknownForm = Refusal(
    message: "a condition over records has no such form",
    help:
      "compare paths with values: `=`, `<`, `is`, `in`, joined by `and`, `or`, `not`"
  )

  /// Whether an expression says yes or no in a form that can be asked of a record.
  private static func isCondition(_ tree: ExpressionTree) -> Bool {
    switch tree.kind {
    case .not(let inner): isCondition(inner)
    case .binary(let op, let left, let right):
      switch op {
      case .and, .or, .implies: isCondition(left) && isCondition(right)
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .startsWith,
        .endsWith, .contains:
        isValue(left) && isValue(right)
      case .add, .subtract, .multiply, .divide, .matches: false
      }
    case .test(let left, negated: _, let test):
      switch test {
      case .present, .absent, .word: isValue(left)
      case .value(let right): isValue(left) && isValue(right)
      case .businessDay, .betterThan, .noWorseThan: false
      }
    case .membership(let left, negated: _, let collection):
      switch collection {
      case .members(let members): isValue(left) && members.allSatisfy(isValue)
      case .range(let low, let high, inclusive: _): isValue(left) && isValue(low) && isValue(high)
      case .list(let list): isValue(left) && isValue(list)
      }
    case .bool: true
    case .name, .field, .index: isValue(tree)
    default: false
    }
  }

  /// Whether an expression is a value that a record can hold, or that can be written.
  private static func isValue(_ tree: ExpressionTree) -> Bool {
    switch tree.kind {
    case .number, .percent, .money, .date, .month, .time, .bool, .name: true
    case .text(let text):
      text.parts.allSatisfy { part in
        if case .letters = part { true } else { false }
      }
    case .field(let base, _): isValue(base)
    case .index(let base, let keys): isValue(base) && keys.count == 1 && isValue(keys[0])
    case .negate(let inner): isValue(inner)
    case .binary(let op, let left, let right):
      (op == .add || op == .subtract) && isValue(left) && isValue(right)
    default: false
    }
  }
}
