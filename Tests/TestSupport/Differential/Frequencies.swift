/// How often things occurred: in how many programs or answers, seldom ones first.

/// Counts of many runs, and in what share of the runs each thing occurred.
public struct Frequencies: Sendable {
  /// How many runs were counted.
  public private(set) var runs = 0
  /// How often each thing occurred.
  public private(set) var counters = Counters()
  private var runsWith = Counters()

  /// No counts, but of things that should be seen: a name that never occurs is shown all the same.
  public init(expecting names: [String] = []) {
    for name in names {
      counters.add(name, 0)
      runsWith.add(name, 0)
    }
  }

  /// Adds what occurred in one run.
  public mutating func add(_ found: Counters) {
    runs += 1
    counters.add(found)
    for name in found.counts.keys { runsWith.add(name) }
  }

  /// The share of the runs in which a thing occurred, in hundredths of a percent.
  private func share(_ name: String) -> Int {
    runs == 0 ? 0 : runsWith.counts[name, default: 0] * 10_000 / runs
  }

  /// What occurred in less than one run of a hundred.
  public var seldom: [String] {
    runsWith.counts.keys.filter { share($0) < 100 }.sorted()
  }

  /// One line per name: the share of the runs, how often in all, the name; seldom ones first.
  public var text: String {
    counters.counts.keys.sorted { (share($0), $0) < (share($1), $1) }.map { name in
      let share = share(name)
      let cents = share % 100 < 10 ? "0\(share % 100)" : String(share % 100)
      let percent = "\(share / 100).\(cents) %"
      let count = String(counters.counts[name, default: 0])
      return Self.right(percent, 9) + Self.right(count, 12) + "  " + name
    }.joined(separator: "\n")
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
