/// The nearest known name to a misspelt one.
public enum Suggestion {
  /// The candidate with the least edit distance, if it is near enough to be a typing mistake
  /// (at most a third of the letters, at least one); ties go to the first.
  public static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().unicodeScalars)
    let bound = max(1, letters.count / 3)
    var best: (word: String, distance: Int)?
    for candidate in candidates {
      // A letter has at least one byte: a first look that needs no copy.
      guard candidate.utf8.count >= letters.count - bound else { continue }
      let other = Array(candidate.lowercased().unicodeScalars)
      guard abs(other.count - letters.count) <= bound else { continue }
      let limit = best.map { $0.distance - 1 } ?? bound
      if let found = distance(letters, other, atMost: limit) { best = (candidate, found) }
    }
    return best?.word
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours between two words
  /// (optimal string alignment distance); nil when it is above a limit.
  static func distance(
    _ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost limit: Int = .max
  ) -> Int? {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    var row = last
    var leastOfLast = 0
    for i in a.indices {
      row[0] = i + 1
      var least = row[0]
      for j in b.indices {
        var found = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          found = min(found, beforeLast[j - 1] + 1)
        }
        row[j + 1] = found
        least = min(least, found)
      }
      // A swap looks two rows back; when both lie above the limit, all that follows does.
      if least > limit, leastOfLast > limit { return nil }
      leastOfLast = least
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[b.count] <= limit ? last[b.count] : nil
  }
}
