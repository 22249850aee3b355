/// Turns of phrase that several messages of the checker share.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
  /// `a`, `b` and `c`, each in backticks; long lists are cut.
  static func list(_ words: [String]) -> Phrase { SourceMessages.names(words, limit: 12) }

  /// The nearest word when there is one, else what is possible.
  static func meant(_ nearest: String?, _ possible: Phrase) -> Phrase {
    nearest.map { "did you mean `\($0)`?" } ?? possible
  }

  /// `1 key`, `2 keys`.
  static func count(_ count: Int, _ noun: String) -> Phrase { SourceMessages.count(count, noun) }

  /// `a` needs `b`, which needs `a`.
  static func chainWords(_ chain: [String]) -> Phrase {
    .verbatim(chain.map { "`\($0)`" }.joined(separator: " → "))
  }

  /// Why a pattern cannot be read.
  static func patternWords(_ fault: TextPattern.Fault) -> Phrase {
    switch fault {
    case .unclosedBrace: "a brace of the pattern has no partner"
    case .unknownPiece(let piece): "there is no pattern piece `{\(piece)}`"
    case .badCount(let piece): "`{\(piece)}` needs a count from 1 to 100 (a serial: to 18)"
    case .repeated(let piece): "the pattern tells `{\(piece)}` twice"
    case .ambiguous(let a, let b): "of `\(a)` and `\(b)` one begins with the other"
    }
  }

  /// `add Money and Number`.
  static func calculation(
    _ operation: TypedExpression.Arithmetic, _ a: String, _ b: String
  ) -> Phrase {
    switch operation {
    case .add: "add \(a) and \(b)"
    case .subtract: "subtract \(b) from \(a)"
    case .multiply: "multiply \(a) by \(b)"
    case .divide: "divide \(a) by \(b)"
    }
  }

  /// What to write instead.
  static func calculationHelp(
    _ operation: TypedExpression.Arithmetic, _ a: String, _ b: String
  ) -> Phrase? {
    switch (operation, a, b) {
    case (.subtract, "`Date`", "`Date`"): "write `days from a to b`"
    case (.add, "`Date`", "`Number`"), (.subtract, "`Date`", "`Number`"):
      "write the unit: `d + 30 days`"
    case (.add, "`Money`", "`Percent`"), (.subtract, "`Money`", "`Percent`"):
      "multiply by the percentage: `amount * (1 + rate)`"
    case (.add, "`Money`", "`Number`"), (.subtract, "`Money`", "`Number`"),
      (.add, "`Number`", "`Money`"), (.subtract, "`Number`", "`Money`"):
      "one is an amount of money, the other a bare number; both must be amounts"
    default: nil
    }
  }
}

extension ConstraintTree {
  /// Where the constraint stands.
  var range: SourceRange {
    switch self {
    case .compare(_, let bound), .items(let bound): bound.range
    case .range(let low, let high, _): low.range.union(high.range)
    case .pattern(_, let range): range
    }
  }
}
