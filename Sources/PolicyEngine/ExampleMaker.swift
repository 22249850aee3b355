/// Plausible values of types, always the same: what an example request is made of.
import PolicyRuntime

/// Makes plausible values of types, always the same.
struct ExampleMaker {
  let types: TypeTable
  let currency: String?

  func value(of field: RecordType.Field) -> JSONTree {
    value(of: field.type, field.constraints)
  }

  private func value(of type: ValueType, _ constraints: [Constraint]) -> JSONTree {
    switch type {
    case .bool: .bool(true)
    case .number: .number(decimal(near: 10, constraints).text())
    case .money:
      .string(decimal(near: 1_000, constraints).text(minimum: 2) + " " + (currency ?? "CNY"))
    case .percent: .string(WireValue.percent(decimal(near: 0, constraints)))
    case .text: .string(text(constraints))
    case .date: .string("2026-11-21")
    case .month: .string("2026-11")
    case .time: .string("09:00")
    case .post: types.posts.first.map { .string($0.name) } ?? .null
    case .person: .string("wang")
    case .enumeration(let id): types[id].members.first.map { .string($0.name) } ?? .null
    case .record(let id):
      .object(types[id].fields.map { JSONTree.Member($0.name, value(of: $0)) })
    case .list(let item): .array([value(of: item, [])])
    case .optional(let inner): value(of: inner, constraints)
    }
  }

  /// A decimal that satisfies the bounds: the wish, moved to the nearest bound.
  private func decimal(near wish: Int, _ constraints: [Constraint]) -> Decimal {
    var units = Decimal(wish).units
    for constraint in constraints {
      switch constraint {
      case .lower(let bound, let inclusive):
        let least = inclusive ? bound : bound + 1
        if units < least { units = inclusive ? bound : bound + Decimal.one }
      case .upper(let bound, let inclusive):
        let most = inclusive ? bound : bound - 1
        if units > most { units = most }
      case .pattern, .items: break
      }
    }
    return Decimal(units: units)
  }

  private func text(_ constraints: [Constraint]) -> String {
    for case .pattern(let pattern) in constraints {
      return pattern.pieces.map { piece in
        switch piece {
        case .literal(let letters): String(decoding: letters, as: UTF8.self)
        case .digits(let count): String(repeating: "0", count: max(0, count - 1)) + "1"
        case .letters(let count): String(repeating: "A", count: count)
        case .date: "20261121"
        case .year: "2026"
        case .shortYear: "26"
        case .month: "11"
        case .day: "21"
        case .serial(let count): String(repeating: "0", count: max(0, count - 1)) + "1"
        case .oneOf(let list): String(decoding: list.first ?? [], as: UTF8.self)
        }
      }.joined()
    }
    return "example"
  }
}
