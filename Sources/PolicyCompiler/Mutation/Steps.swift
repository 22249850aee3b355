/// The next value beside a constant, by the natural step of its type.
public import PolicyRuntime

extension TypedSet {
  /// The constant so many steps further; nil where there is none.
  ///
  /// A step is 0.01 of an amount, 1 of a whole number, one percent, one day, one month, one minute, one member or
  /// post; of a figure that is written finer, one in its last place.
  public func stepped(_ constant: Constant, by steps: Int) -> Constant? {
    func figure(_ value: Decimal, _ natural: Int128) -> Decimal? {
      let moved = value.units + Int128(steps) * Self.step(of: value.units, natural)
      return moved > -Decimal.bound && moved < Decimal.bound ? Decimal(units: moved) : nil
    }
    switch constant {
    case .bool(let value): return .bool(!value)
    case .number(let value): return figure(value, Decimal.one).map { .number($0) }
    case .percent(let value): return figure(value, Decimal.one / 100).map { .percent($0) }
    case .money(let value, let currency):
      return figure(value, Decimal.one / 100).map { .money($0, currency: currency) }
    case .date(let day):
      let number = day.number + steps
      guard Day.first.number <= number, number <= Day.last.number else { return nil }
      return .date(Day(number: number))
    case .month(let month):
      let number = month.number + steps
      guard Month.first.number <= number, number <= Month.last.number else { return nil }
      return .month(Month(number: number))
    case .time(let time):
      let minutes = time.minutes + steps
      return (0..<24 * 60).contains(minutes) ? .time(TimeOfDay(minutes: minutes)) : nil
    case .member(let id, let index):
      let members = types[id].members.indices
      return members.contains(index + steps) ? .member(id, index + steps) : nil
    case .post(let index):
      return types.posts.indices.contains(index + steps) ? .post(index + steps) : nil
    case .text, .person: return nil
    }
  }

  /// Another constant of the type: the next one, or the first behind the last.
  func swapped(_ constant: Constant) -> Constant? {
    switch constant {
    case .member(let id, let index):
      let count = types[id].members.count
      return count > 1 ? .member(id, (index + 1) % count) : nil
    case .post(let index):
      let count = types.posts.count
      return count > 1 ? .post((index + 1) % count) : nil
    default: return stepped(constant, by: 1)
    }
  }

  /// The step of a figure: the natural one, or one in its last place when it is written finer.
  private static func step(of units: Int128, _ natural: Int128) -> Int128 {
    var step = natural
    while step > 1, units % step != 0 { step /= 10 }
    return step
  }
}
