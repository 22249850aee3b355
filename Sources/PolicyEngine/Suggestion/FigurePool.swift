/// The values at which a decision may turn: the constants of everything that it is made of, each with its neighbours.
import PolicyCompiler
import PolicyRuntime

/// Constants by type.
struct FigurePool: Sendable {
  private(set) var numbers: Set<Int128> = []
  private(set) var amounts: Set<Int128> = []
  private(set) var shares: Set<Int128> = []
  private(set) var dates: Set<Int> = []
  private(set) var months: Set<Int> = []
  private(set) var times: Set<Int> = []
  private(set) var texts: Set<String> = []
  private(set) var posts: Set<Int> = []
  private let set: TypedSet

  init(_ elements: Set<Mutant.Element>, in set: TypedSet) {
    self.set = set
    for element in elements {
      for constant in Mutant.constants(of: element, in: set) { add(constant) }
    }
  }

  /// A constant and those beside it.
  private mutating func add(_ constant: Constant) {
    for value in [constant, set.stepped(constant, by: -1), set.stepped(constant, by: 1)] {
      switch value {
      case .number(let value)?: numbers.insert(value.units)
      case .money(let value, _)?: amounts.insert(value.units)
      case .percent(let value)?: shares.insert(value.units)
      case .date(let day)?: dates.insert(day.number)
      case .month(let month)?: months.insert(month.number)
      case .time(let time)?: times.insert(time.minutes)
      case .text(let text)?: texts.insert(text)
      default: break
      }
    }
    if case .post(let index) = constant { posts.insert(index) }
  }

  /// Whole numbers of days that something may be counted in.
  var dayCounts: [Int] {
    numbers.compactMap { units in
      let days = units / Decimal.one
      return units % Decimal.one == 0 && days > -400 && days < 400 ? Int(days) : nil
    }.sorted()
  }
}
