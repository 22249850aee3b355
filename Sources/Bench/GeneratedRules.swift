/// The generated policies: many clauses of one decision, of which few hold for one request.

enum GeneratedRules {
  /// The numbers of clauses.
  static let sizes = [10, 100, 1_000, 10_000]

  /// The policy of W4a: each clause is an equality and two thresholds.
  static func policy(_ rules: Int) -> String {
    let kinds = max(1, rules / 2)
    var text = """
      policy w4a "Rules"
        owner     "Bench"
        effective 2024-01-01
        currency  CNY

      input kind   Text
      input level  Number
      input amount Number

      release match "Which rules match?" {

      """
    for rule in 0..<rules {
      text +=
        "  hold p\(rule) \"p\(rule)\" when kind = \"k\(rule % kinds)\""
        + " and level >= \(rule % 7) and amount > \(rule % 13 * 1000)\n"
    }
    return text + "}\n"
  }
}
