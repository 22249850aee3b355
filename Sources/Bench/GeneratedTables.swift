/// Generated tables of CSV rows: how the cost of a look-up grows with the rows.
import PolicyEngine

enum GeneratedTables {
  /// The numbers of rows.
  static let sizes = [10, 1_000, 10_000]

  private static let bands = ["< 100", "100..<1000", "1000..<5000", "5000..<10000", ">= 10000"]
  private static let amounts = [50, 100, 4_999, 5_000, 20_000]
  private static let grades = ["A", "B"]

  /// A table of three keys: a text, a member and a range of amounts.
  static let policy = """
    policy prices "Prices"
      owner     "Bench"
      effective 2024-01-01
      currency  CNY

    type Grade = one of { A, B }
    input customer Text
    input grade    Grade
    input amount   Money >= 0

    table limits (customer Text, grade Grade, amount Money) -> (limit Number) from "limits.csv"
    value limit of Number = limits[customer, grade, amount].limit else 0

    """

  /// The rows: ten for each customer.
  static func rows(_ count: Int) -> String {
    var text = "customer,grade,amount,limit\n"
    for row in 0..<count {
      text += "C\(row / 10),\(grades[row / 5 % 2]),\(bands[row % 5]),\(row)\n"
    }
    return text
  }

  /// As many requests as the bench prepares, spread over the rows, and the limit of each.
  static func workload(_ count: Int) -> Workload {
    var requests: [String] = []
    var expected: [JSONTree] = []
    for number in 0..<64 {
      let row = number * 7_919 % count
      requests.append(
        """
        {"customer":"C\(row / 10)","grade":"\(grades[row / 5 % 2])",\
        "amount":"\(amounts[row % 5])"}
        """)
      expected.append(.string(String(row)))
    }
    return Workload(name: "tables_\(count)", requests: requests, expected: expected)
  }

  /// The question on a table of so many rows.
  static func question(_ count: Int) -> Question {
    Question(
      name: "table \(count)", decision: "prices.limit", data: "tables_\(count)", floor: nil,
      answer: { $0["value"] }, expected: { $0 })
  }
}
