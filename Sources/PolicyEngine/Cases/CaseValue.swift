/// The values of sample cases as a client would send them.
import PolicyRuntime
import PolicySyntax

/// Turning a written value into JSON; the request reader decides whether it fits.
enum CaseValue {
  /// The JSON of a literal, a word, a list or a record.
  static func tree(of expression: ExpressionTree) -> JSONTree {
    switch expression.kind {
    case .number(let digits): .number(decimal(digits))
    case .percent(let digits): .string(decimal(digits) + "%")
    case .money(let digits, let currency): .string("\(decimal(digits)) \(currency.text)")
    case .date(let text): .string(text)
    case .text(let text): .string(text.plain ?? "")
    case .bool(let value): .bool(value)
    case .name(let name): .string(name.text)
    case .field(_, let name): .string(name.text)
    case .negate(let inner): negated(tree(of: inner))
    case .list(let items): .array(items.map(tree))
    case .record(let fields): .object(fields.map { .init($0.name.text, tree(of: $0.value)) })
    default: .null
    }
  }

  private static func negated(_ value: JSONTree) -> JSONTree {
    switch value {
    case .number(let digits): .number("-" + digits)
    case .string(let text): .string("-" + text)
    default: value
    }
  }

  /// Digits without superfluous zeros, as JSON has them; as written when they are no decimal.
  private static func decimal(_ digits: String) -> String {
    (try? Decimal(text: Array(digits.utf8)))?.text() ?? digits
  }
}
