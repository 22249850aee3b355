/// Generated policies of many clauses over few facts, small enough that every request of a grid can be decided.
public import PolicySource

/// A release with clauses over numbers, members, flags and days, a change of it, and something it promises.
public struct GridPolicy: Sendable {
  /// The policy, and the same with one clause changed.
  public let text: String, changed: String
  /// The codes of the clauses.
  public let codes: [String]

  /// Generates a policy of so many clauses.
  public init(clauses: Int, _ random: inout SplitMix64) {
    var conditions = (0..<clauses).map { _ in Self.condition(&random) }
    codes = conditions.indices.map { "c\($0 + 1)" }
    let effects = conditions.map { _ in random.chance(50) ? "deny" : "hold" }
    // Half of the promises are kept: what a clause denies is never released.
    let promised = random.chance(50) ? random.pick(conditions) : Self.atom(&random)
    text = Self.text(conditions, effects, promised)
    let place = random.pick(0...clauses - 1)
    // Some changes change nothing: the same in other words.
    conditions[place] =
      random.chance(20) ? "(not (not \(conditions[place])))" : Self.condition(&random)
    changed = Self.text(conditions, effects, promised)
  }

  private static func text(_ conditions: [String], _ effects: [String], _ promised: String)
    -> String
  {
    let clauses = conditions.indices.map { index in
      "  \(effects[index]) c\(index + 1) \"c\(index + 1)\" when \(conditions[index])"
    }
    return """
      policy grid "Grid"
        effective 2026-01-01
        currency  CNY

      type Kind = one of { goods, service, rent }
      type Order "order" {
        a     Money
        b     Money
        n     Number
        kind  Kind
        flag  Bool
        day   Date
      }

      input order Order

      param cap Money = 3 CNY

      release r "release" {
      \(clauses.joined(separator: "\n"))
      }

      check kept "is the promise kept?" {
        require \(promised) implies not (r is allow) else broken "broken"
      }

      guarantee promise "what it promises"
        for all requests: \(promised) implies not (r is allow)

      """
  }

  // MARK: Conditions

  /// Narrow, so that of many clauses some requests are left over.
  private static func condition(_ random: inout SplitMix64) -> String {
    let parts = (0..<random.pick(3...5)).map { _ in
      let (a, b) = (atom(&random), atom(&random))
      return random.pick([a, a, a, "(not \(a))", "(\(a) or \(b))", "(\(a) implies \(b))"])
    }
    return "(\(parts.joined(separator: " and ")))"
  }

  private static func atom(_ random: inout SplitMix64) -> String {
    let relation = random.pick(["<", "<=", ">", ">=", "=", "!="])
    let number = random.pick(0...5)
    let money = number == 5 ? "cap" : "\(number) CNY"
    switch random.pick(0...9) {
    case 0: return "(order.a \(relation) \(money))"
    case 1: return "(order.b \(relation) \(money))"
    case 2: return "(order.a + order.b \(relation) \(money))"
    case 3: return "(order.a - order.b * 2 \(relation) \(money))"
    case 4: return "(order.a * \(number + 1) \(relation) order.b + \(money))"
    case 5: return "(order.n in \(number / 2)..\(number))"
    case 6: return "(order.kind is \(random.pick(["goods", "service", "rent", "not goods"])))"
    case 7: return random.chance(50) ? "order.flag" : "(order.day \(relation) 2026-11-2\(number))"
    case 8: return "((if order.flag then order.a else order.b) \(relation) \(money))"
    default: return "(order.n * 3 - 2 \(relation) \(number))"
    }
  }

  // MARK: The grid

  /// Every request of the grid, as JSON.
  public static let requests: [String] = {
    var result: [String] = []
    for a in 0...5 {
      for b in 0...5 {
        for n in 0...2 {
          for kind in ["goods", "service", "rent"] {
            for flag in [false, true] {
              for day in [20, 22, 25] {
                let order =
                  "{\"a\":\"\(a) CNY\",\"b\":\"\(b) CNY\",\"n\":\(n),\"kind\":\"\(kind)\","
                  + "\"flag\":\(flag),\"day\":\"2026-11-\(day)\"}"
                result.append("{\"input\":{\"order\":\(order)},\"asOf\":\"2026-11-20\"}")
              }
            }
          }
        }
      }
    }
    return result
  }()
}
