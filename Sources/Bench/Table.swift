/// The table that the bench prints.
import Foundation

enum Table {
  /// A figure with one place, or none from 1,000 on.
  static func figure(_ value: Double?, places: Int = 1) -> String {
    guard let value else { return "-" }
    return String(format: "%.\(value >= 1000 ? 0 : places)f", value)
  }

  /// How many times one is the other.
  static func ratio(_ value: Double, _ floor: Double?) -> String {
    guard let floor, floor > 0 else { return "-" }
    return String(format: "%.1f×", value / floor)
  }

  /// Rows with columns of even width, the first to the left and the others to the right.
  static func text(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let pad = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + pad : pad + cell
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// The figures in process beside the floor.
  static func inProcess(_ all: [Figures], _ floor: Floor) -> String {
    var rows = [
      [
        "ns per decision", "prepared", "floor", "ratio", "reading", "JSON", "floor", "ratio",
        "with reasons", "allocations",
      ]
    ]
    for figures in all {
      let native = floor[figures.question.floor, "native"]
      let json = floor[figures.question.floor, "json"]
      rows.append([
        figures.question.name, figure(figures.prepared), figure(native),
        ratio(figures.prepared, native), figure(figures.reading), figure(figures.json),
        figure(json), ratio(figures.json, json), figure(figures.reasons),
        figures.allocations.map { figure($0) }.joined(separator: " "),
      ])
    }
    return text(rows)
  }

  /// What 10,000 clauses cost against 10.
  static func growth(_ all: [Figures]) -> String? {
    guard let few = all.first(where: { $0.question.name == "w4a 10" }),
      let many = all.first(where: { $0.question.name == "w4a 10000" })
    else { return nil }
    return "w4a 10 -> 10,000 clauses: prepared \(ratio(many.prepared, few.prepared)), "
      + "JSON \(ratio(many.json, few.json)), with reasons \(ratio(many.reasons, few.reasons))"
  }
}
