/// Constants in words for people, as reports name them.
public import PolicyRuntime
import PolicySource

extension TypedSet {
  /// A constant for people.
  public func words(_ constant: Constant) -> String {
    func figure(_ value: Decimal, _ places: Int) -> String {
      var bytes: [UInt8] = []
      value.write(to: &bytes, minimum: places, grouped: true)
      return String(decoding: bytes, as: UTF8.self)
    }
    switch constant {
    case .bool(let value): return value ? "true" : "false"
    case .number(let value): return figure(value, 0)
    case .money(let value, let currency?): return figure(value, 2) + " " + currency
    case .money(let value, nil): return figure(value, 0)
    case .percent(let value):
      var bytes: [UInt8] = []
      value.writePercent(to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    case .text(let text), .person(let text): return "\"\(text)\""
    case .date(let day): return day.text
    case .month(let month): return month.text
    case .time(let time): return time.text
    case .post(let index): return types.posts[index].name
    case .member(let id, let index): return types[id].members[index].name
    }
  }
}
