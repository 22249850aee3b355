/// Sample cases of a set with versions: each is checked against the set as it is on its own day.
import PolicyCompiler
import PolicyRuntime
import PolicySource
import PolicySyntax

/// The cases of one file with the epoch of each.
struct CaseEpochs {
  private(set) var cases: [(epoch: Int, sample: TypedCase)] = []
  private(set) var diagnostics = DiagnosticList()

  /// Checks a file in every epoch, and takes of each what belongs to it.
  init(_ tree: CasesTree, _ epochs: [LoadedEpoch], files: SourceFiles) {
    let homes = Self.homes(of: tree, epochs)
    for (index, epoch) in epochs.enumerated() {
      let (typed, found) = PolicyChecker.check(tree, in: epoch.types, files: files)
      for diagnostic in found.all {
        let place = tree.cases.firstIndex { $0.range.holds(diagnostic.range) }
        if place.map({ homes[$0].contains(index) }) ?? (index == epochs.count - 1) {
          diagnostics.add(diagnostic)
        }
      }
      for _ in 0..<found.dropped { diagnostics.countDropped() }
      for sample in typed.cases where epoch.holds(sample.asOf) { cases.append((index, sample)) }
    }
    let home = tree.policy.range.file
    // The cases of the file itself come first, then the rows of its CSV files.
    func key(_ range: SourceRange) -> (Int, Int32, Int32) {
      (range.file == home ? 0 : 1, range.file.index, range.lower)
    }
    cases.sort { key($0.sample.range) < key($1.sample.range) }
  }

  /// For each case the epochs in which it counts: its own, and those of the cases that are like it.
  private static func homes(of tree: CasesTree, _ epochs: [LoadedEpoch]) -> [Set<Int>] {
    var indices: [String: Int] = [:]
    for (index, sample) in tree.cases.enumerated() where indices[sample.name.text] == nil {
      indices[sample.name.text] = index
    }
    /// The case and those that it copies, each once.
    func chain(_ start: Int) -> [Int] {
      var places = [start]
      while let like = tree.cases[places[places.count - 1]].like,
        let next = indices[like.text], !places.contains(next)
      {
        places.append(next)
      }
      return places
    }
    var homes = [Set<Int>](repeating: [], count: tree.cases.count)
    for index in tree.cases.indices {
      let copied = chain(index)
      let day = copied.lazy.compactMap { Self.day(tree.cases[$0].asOf) }.first
      let home = day.flatMap { day in epochs.firstIndex { $0.holds(day) } } ?? epochs.count - 1
      for place in copied { homes[place].insert(home) }
    }
    return homes
  }

  private static func day(_ tree: ExpressionTree?) -> Day? {
    guard case .date(let text)? = tree?.kind else { return nil }
    return Day(text: text.utf8)
  }
}

extension SourceRange {
  /// Whether another range lies in this one.
  fileprivate func holds(_ other: SourceRange) -> Bool {
    file == other.file && lower <= other.lower && other.upper <= upper
  }
}
