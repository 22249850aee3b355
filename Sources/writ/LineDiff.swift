/// What differs between two texts, line by line, as a unified diff.

enum LineDiff {
  /// How many lines stand around a change.
  private static let context = 3

  /// A line of a diff.
  private struct Line {
    /// A blank, `-` or `+`.
    let mark: Character
    let text: String
    /// How many lines of the old and the new text stand before it.
    let old: Int
    let new: Int
  }

  /// The diff of a file; the texts differ.
  static func unified(name: String, old: [UInt8], new: [UInt8]) -> String {
    let lines = merged(split(old), split(new))
    var result = "--- \(name)\n+++ \(name) (formatted)\n"
    var index = 0
    while let change = lines[index...].firstIndex(where: { $0.mark != " " }) {
      var end = change
      while let next = lines[(end + 1)...].firstIndex(where: { $0.mark != " " }),
        next - end <= 2 * context
      {
        end = next
      }
      let hunk = lines[max(index, change - context)..<min(lines.count, end + 1 + context)]
      result += text(of: hunk)
      index = hunk.endIndex
    }
    return result
  }

  private static func text(of hunk: ArraySlice<Line>) -> String {
    guard let first = hunk.first else { return "" }
    let old = hunk.count { $0.mark != "+" }
    let new = hunk.count { $0.mark != "-" }
    var result = "@@ -\(first.old + 1),\(old) +\(first.new + 1),\(new) @@\n"
    for line in hunk { result += "\(line.mark)\(line.text)\n" }
    return result
  }

  private static func split(_ bytes: [UInt8]) -> [String] {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    // A carriage return is shown, since it is what differs.
    return lines.map { line in
      let text = String(decoding: line.filter { $0 != 0x0D }, as: UTF8.self)
      return line.last == 0x0D ? text + "^M" : text
    }
  }

  private static func merged(_ old: [String], _ new: [String]) -> [Line] {
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var result: [Line] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if removed.contains(i) {
        result.append(Line(mark: "-", text: old[i], old: i, new: j))
        i += 1
      } else if inserted.contains(j) {
        result.append(Line(mark: "+", text: new[j], old: i, new: j))
        j += 1
      } else {
        result.append(Line(mark: " ", text: old[i], old: i, new: j))
        (i, j) = (i + 1, j + 1)
      }
    }
    return result
  }
}
