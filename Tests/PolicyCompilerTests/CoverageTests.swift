/// What `check` says of small tables against a look at every key: overlaps, gaps, rows that never match.
import PolicyCompiler
import PolicySource
import TestSupport
import Testing

@Suite struct CoverageTests {
  /// A table of random cells over a member, a flag and a number, with every key tried.
  private struct SmallTable {
    static let members = ["A", "B", "C"]
    /// Twice the numbers, so that what lies between two bounds is tried too.
    static let numbers = Array(-3...23)

    var hit: String
    var cells: [[String]] = []
    /// Per row, whether it matches each key.
    var matches: [[Bool]] = []

    init(_ random: inout SplitMix64) {
      hit = random.below(2) == 0 ? "unique" : "first"
      for _ in 0..<(1 + random.below(7)) {
        let (member, memberHolds) = Self.memberCell(&random)
        let (flag, flagHolds) = Self.flagCell(&random)
        let (number, numberHolds) = Self.numberCell(&random)
        cells.append([member, flag, number])
        matches.append(
          Self.members.indices.flatMap { m in
            [false, true].flatMap { f in
              Self.numbers.map { memberHolds(m) && flagHolds(f) && numberHolds($0) }
            }
          })
      }
    }

    private static func memberCell(_ random: inout SplitMix64) -> (String, (Int) -> Bool) {
      let (a, b) = (random.below(3), random.below(3))
      switch random.below(4) {
      case 0: return ("-", { _ in true })
      case 1: return (members[a], { $0 == a })
      case 2: return ("not \(members[a])", { $0 != a })
      default: return ("\(members[a]), \(members[b])", { $0 == a || $0 == b })
      }
    }

    private static func flagCell(_ random: inout SplitMix64) -> (String, (Bool) -> Bool) {
      switch random.below(3) {
      case 0: return ("true", { $0 })
      case 1: return ("false", { !$0 })
      default: return ("-", { _ in true })
      }
    }

    private static func numberCell(_ random: inout SplitMix64) -> (String, (Int) -> Bool) {
      let low = random.below(7)
      let high = low + 1 + random.below(3)
      switch random.below(7) {
      case 0: return ("-", { _ in true })
      case 1: return ("< \(low)", { $0 < 2 * low })
      case 2: return (">= \(low)", { $0 >= 2 * low })
      case 3: return ("\(low)..\(high)", { $0 >= 2 * low && $0 <= 2 * high })
      case 4: return ("\(low)..<\(high)", { $0 >= 2 * low && $0 < 2 * high })
      case 5: return ("not \(low), > \(high)", { $0 != 2 * low && $0 <= 2 * high })
      default: return ("\(low), \(high)", { $0 == 2 * low || $0 == 2 * high })
      }
    }

    var text: String {
      """
      policy p
      type M = one of { A, B, C }
      input m M
      input f Bool
      input n Number
      table t (m M, f Bool, n Number) -> (v Number) \(hit) {
        m | f | n | v
      \(cells.map { "  " + $0.joined(separator: " | ") + " | 1" }.joined(separator: "\n"))
      }
      value v of Number = t[m, f, n].v
      """
    }

    var hasGap: Bool { matches[0].indices.contains { key in matches.allSatisfy { !$0[key] } } }

    /// Rows that match a key of an earlier row.
    var overlapping: [Int] {
      matches.indices.filter { row in
        matches[..<row].contains { earlier in zip(earlier, matches[row]).contains { $0 && $1 } }
      }
    }

    /// Rows of which every key belongs to an earlier row.
    var unreachable: [Int] {
      matches.indices.filter { row in
        matches[row].indices.allSatisfy { key in
          !matches[row][key] || matches[..<row].contains { $0[key] }
        }
      }
    }
  }

  @Test func findingsAreThoseOfEveryKey() {
    var random = SplitMix64(seed: 0x5441_424C)
    var seen = (gaps: 0, overlaps: 0, unreachable: 0)
    for _ in 0..<600 {
      let table = SmallTable(&random)
      let checked = Checked(table.text)
      let codes = checked.diagnostics.map(\.code.slug)
      let expectedRows = table.hit == "first" ? table.unreachable : table.overlapping
      let code = table.hit == "first" ? "unreachable-row" : "overlapping-rows"
      let lines = checked.diagnostics.filter { $0.code.slug == code }.map { diagnostic in
        checked.set.files[diagnostic.range.file].position(of: Int(diagnostic.range.lower)).line - 8
      }
      if table.hit == "first" {
        #expect(lines == expectedRows, "\(table.text)\n\(checked.rendered)")
      } else {
        // Of rows that overlap in a chain, not each is named; but one is if one is there.
        #expect(lines.isEmpty == expectedRows.isEmpty, "\(table.text)\n\(checked.rendered)")
        #expect(Set(lines).isSubset(of: expectedRows), "\(table.text)\n\(checked.rendered)")
      }
      #expect(
        codes.contains("table-not-complete") == table.hasGap,
        "\(table.text)\n\(checked.rendered)")
      if table.hasGap { seen.gaps += 1 }
      if !lines.isEmpty, table.hit == "first" { seen.unreachable += 1 }
      if !lines.isEmpty, table.hit != "first" { seen.overlaps += 1 }
    }
    #expect(seen.gaps > 100 && seen.overlaps > 100 && seen.unreachable > 20)
  }

  /// Ten thousand rows, parted by a text, a member and a number, are proven in one go.
  @Test func manyRowsAreProven() {
    var rows = ""
    for customer in 0..<500 {
      for grade in ["A", "B"] {
        for band in ["< 10", "10..<20", "20..<30", "30..<40", ">= 40"] {
          rows += "  \"c\(customer)\" | \(grade) | \(band) | 1\n"
        }
      }
    }
    func text(_ more: String) -> String {
      """
      policy p
      type G = one of { A, B }
      input c Text
      input g G
      input n Number
      table t (c Text, g G, n Number) -> (v Number) {
        c | g | n | v
      \(rows)\(more)}
      value v of Number = t[c, g, n].v
      """
    }
    let whole = Checked(
      text("  not \((0..<500).map { "\"c\($0)\"" }.joined(separator: ", ")) | - | - | 0\n"))
    #expect(whole.diagnostics.isEmpty, "\(whole.rendered)")
    let open = Checked(text(""))
    #expect(open.diagnostics.map(\.code.slug) == ["table-not-complete"])
    let double = Checked(text("  \"c77\" | - | 15..16 | 0\n"))
    #expect(
      double.rendered.contains("c \"c77\", g A, n 15"),
      "\(double.rendered)")
  }
}
