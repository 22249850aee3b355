/// The policies that a damaged spreadsheet is read for: one for each thing that may stand in a spreadsheet.
import PolicyCompiler
import PolicyRuntime
import PolicySource
import PolicySyntax

/// What `sheet.csv` is to a policy.
enum SheetUses {
  private static let types = """
    policy main
      currency CNY
    posts { gm, finance }
    type Grade = best first one of { A, B, C, D }
    type Order {
      amount Money, paid Money, on Date, region Text, grade Grade, share Percent, urgent Bool
      pieces Number, due Month, at Time
    }
    input order Order

    """

  /// The policies, read, in the order of their bytes; a new one goes to the end.
  static let all: [(tree: PolicyTree, files: SourceFiles)] = [
    """
    table t (grade Grade "等级", since Date "自") -> (limit Money "额度", share Percent "比例", by Post) first
      from "sheet.csv"
    value v of Money = t[order.grade, order.on].limit else 0 CNY
    """,
    """
    table t (region Text, urgent Bool, pieces Number) -> (on Date, name Text) from "sheet.csv"
    value v of Text = t[order.region, order.urgent, order.pieces].name else "none"
    """,
    """
    table t (amount Money, share Percent) -> (part Money, most Number) dated collect sum from "sheet.csv"
    value v of Money = t[order.amount, order.share].part
    """,
    """
    table t (due Month, at Time) -> (by Post, on Date, grade Grade) from "sheet.csv"
    value v of Date = t[order.due, order.at].on else 2026-01-01
    """,
    """
    holders from "sheet.csv"
    approval a { step s by gm approves }
    """,
    """
    delegations from "sheet.csv"
    approval a { step s by gm or delegate for order.amount approves }
    """,
    """
    calendar cn from "sheet.csv" {
      covers 2026-01-01 until 2026-12-31
      weekend saturday, sunday
    }
    value v of Date = order.on + 3 business days
    """,
    """
    rates month from "sheet.csv"
    value v of Money = order.amount in CNY on order.on rounded to 2 places
    """,
  ].map { use in
    var files = SourceFiles()
    let file = SourceFile(name: "main.writ", bytes: Array((types + use + "\n").utf8))
    return (PolicyParser.parsePolicy(file, id: files.add(file)).0, files)
  }

  /// A policy with a decision of each kind, for sample cases and requests.
  static let sampled: (TypedSet, SourceFiles)? = {
    var files = SourceFiles()
    let text = """
      type Line { item Text, quantity Number }
      input lines List of Line
      input buyer Person
      release ship {
        deny unpaid "not paid" when order.paid < order.amount cleared by gm
        hold many "too many" for each line in lines when line.quantity > 5 cleared by finance
        duty tell "tell" by finance on allow
        copy gm
      }
      approval pay {
        requested by buyer
        step first by finance reviews "real", "needed"
        step last by gm approves when order.amount > 100
      }
      limit credit { start 100 CNY at most 50 CNY when order.urgent asked order.amount }
      grade class of Grade { points p = order.pieces give A when points >= 90 otherwise D }
      check form { require order.pieces > 0 else none "none" }
      value rest of Money = order.amount - order.paid
      value left of List of Line = [line for line in lines where line.quantity > 1]

      """
    let file = SourceFile(name: "main.writ", bytes: Array((types + text).utf8))
    let (tree, broken) = PolicyParser.parsePolicy(file, id: files.add(file))
    let (set, found) = PolicyChecker.check([tree], files: files)
    return broken.hasErrors || found.hasErrors ? nil : (set, files)
  }()

  /// The programs of its decisions.
  static let programs: [Program] = {
    guard let (set, _) = sampled, let policy = set.policies.indices.last else { return [] }
    return set.policies[policy].decisions.indices.map {
      Lowering.lower(Reference(policy: policy, index: $0), in: set).0
    }
  }()
}
