/// Generated rows that stand in a CSV file instead of a policy.

extension ProgramGenerator {
  /// The rows in braces, or now and then `from "name.csv"` with the rows in that file.
  ///
  /// The columns of a file stand in any order.
  mutating func rows(
    _ name: String, header: [String], _ rows: [[String]], in folder: String = "",
    mayMove: Bool = true
  ) -> String {
    guard random.chance(30), !rows.isEmpty else {
      let lines = ([header] + rows).map { "  " + $0.joined(separator: " | ") + "\n" }
      return "{\n" + lines.joined() + "}\n"
    }
    counters.add("rows from CSV")
    var order = Array(header.indices)
    if mayMove, random.chance(30) { order.shuffle(using: &random) }
    let lines = ([header] + rows).map { row in
      order.map { Self.cell(row[$0]) }.joined(separator: ",")
    }
    let isMarked = random.chance(10)
    let ending = random.pick(["\n", "\r\n"])
    world.sheets.append(
      ("\(name).csv", (isMarked ? "\u{FEFF}" : "") + lines.joined(separator: ending) + ending))
    return "from \"\(name).csv\"\n"
  }

  /// A cell as a CSV file has it.
  private static func cell(_ text: String) -> String {
    guard text.contains(where: { ",\"\n".contains($0) }) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
