/// The cases that are missing: found, as few as will do, written down and run once more.
import PolicyCompiler
import PolicyRuntime
public import PolicySource

/// The cases that were found for a set.
public struct Suggestions: Sendable {
  /// The cases of a policy.
  public struct File: Sendable {
    /// The policy.
    public let policy: String
    /// The text of a `.cases` file.
    public let text: String
    /// How many cases it holds.
    public let count: Int
  }

  /// The files by policy; one without cases is left out.
  public internal(set) var files: [File] = []
  /// Places at which something is missing, and how many of them are covered together with the new cases.
  public internal(set) var places = (open: 0, closed: 0)
  /// Mutants that no case notices, and how many of them a new case does.
  public internal(set) var mutants = (open: 0, closed: 0)

  /// What was found, in one sentence.
  public var words: Phrase { SuggestionMessages.summary(self) }
}

extension CaseSuite {
  /// Looks for the cases that are missing: for places that no case covers, and for mutants that no case notices.
  ///
  /// - Parameters:
  ///   - policy: only what is missing of this policy; nil is all.
  ///   - filter: which cases count as there, as in `run`.
  ///   - mutants: what became of the mutants; nil when only coverage counts.
  ///   - catalog: the language of the remarks in the files.
  public func suggestions(
    policy: String? = nil, filter: String? = nil, mutants: MutationReport? = nil,
    in catalog: Catalog = .english
  ) -> Suggestions {
    var coverage = coverage(filter: filter)
    if let policy { coverage = coverage.of(policy: policy) }
    let open = coverage.entries.filter { !$0.isCovered }
    let survivors = mutants?.survivors ?? []
    let found = search(filter, open, survivors)
    let writing = SuggestionWriting(suite: self, catalog: catalog, open: open, survivors: survivors)
    return writing.suggestions(of: found)
  }

  private func search(
    _ filter: String?, _ open: [CoverageReport.Entry], _ survivors: [MutationReport.Survivor]
  ) -> [FoundCase] {
    let bench = DeepStack.run { CaseBench(self, filter: filter) }
    let missing = Dictionary(open.map { ($0.item.key, $0.missing) }) { $0.union($1) }
    var places: [(epoch: Int, decision: Int)] = []
    for (epoch, decisions) in bench.epochs.enumerated() {
      for (number, decision) in decisions.enumerated() where !decision.cases.isEmpty {
        places.append((epoch, number))
      }
    }
    let all = places
    return ManyCores.map(all.count) { number -> [FoundCase] in
      let (epoch, place) = all[number]
      let decision = bench.epochs[epoch][place]
      let mutants = survivors.enumerated().flatMap { number, survivor in
        survivor.forms.filter { form in
          form.epoch == epoch && decision.elements.contains(form.mutant.target.element)
        }.map { (number: number, mutant: $0.mutant) }
      }
      return SuggestionSearch(
        bench, epoch: epoch, decision: decision, missing: missing, mutants: mutants
      ).run()
    }.flatMap(\.self)
  }
}

/// Choosing and writing what was found.
private struct SuggestionWriting {
  let suite: CaseSuite
  let catalog: Catalog
  let open: [CoverageReport.Entry]
  let survivors: [MutationReport.Survivor]

  func suggestions(of found: [FoundCase]) -> Suggestions {
    var result = Suggestions()
    result.places.open = open.count
    result.mutants.open = survivors.count
    var missing = Dictionary(open.map { ($0.item.key, $0.missing) }) { $0.union($1) }
    var noticed: Set<Int> = []
    var byPolicy: [String: [FoundCase]] = [:]
    for found in chosen(found) {
      let types = suite.set.epochs[found.epoch].types
      byPolicy[types.policies[found.decision.policy].name, default: []].append(found)
    }
    for (policy, cases) in byPolicy.sorted(by: { $0.key < $1.key }) {
      guard let (file, kept) = file(policy, cases) else { continue }
      result.files.append(file)
      for found in kept {
        for (key, sides) in found.shows { missing[key]?.subtract(sides) }
        noticed.formUnion(found.notices)
      }
    }
    result.places.closed = open.count { missing[$0.item.key]?.isEmpty == true }
    result.mutants.closed = noticed.count
    return result
  }

  /// As few cases as will do: always the one that has most of what is still wanted.
  private func chosen(_ found: [FoundCase]) -> [FoundCase] {
    var rest = found
    var chosen: [FoundCase] = []
    var missing = Dictionary(open.map { ($0.item.key, $0.missing) }) { $0.union($1) }
    var noticed: Set<Int> = []
    func worth(_ found: FoundCase) -> Int {
      found.notices.subtracting(noticed).count
        + found.shows.reduce(0) { sum, shown in
          sum + (missing[shown.key] ?? []).intersection(shown.value).rawValue.nonzeroBitCount
        }
    }
    while let best = rest.indices.max(by: { (worth(rest[$0]), -$0) < (worth(rest[$1]), -$1) }),
      worth(rest[best]) > 0
    {
      let next = rest.remove(at: best)
      for (key, sides) in next.shows { missing[key]?.subtract(sides) }
      noticed.formUnion(next.notices)
      chosen.append(next)
    }
    return chosen
  }

  /// The file of a policy with those of its cases that hold when they are read again.
  private func file(
    _ policy: String, _ cases: [FoundCase]
  ) -> (Suggestions.File, [FoundCase])? {
    let sorted = cases.enumerated().sorted {
      (
        $0.element.decision.index, $0.element.epoch, $0.element.base, $0.offset
      ) < ($1.element.decision.index, $1.element.epoch, $1.element.base, $1.offset)
    }.map(\.element)
    let file = SuggestedFile(
      policy: policy, entries: sorted.map(entry), set: suite.set,
      remark: SuggestionMessages.remark.text(in: catalog))
    // A case that cannot be written by itself, or means something else, is left out.
    let sound = sorted.indices.filter { number in
      file.text(of: [number]).map { holds($0, [sorted[number]]) } ?? false
    }
    guard !sound.isEmpty else { return nil }
    let kept = sound.map { sorted[$0] }
    guard let text = file.text(of: sound), holds(text, kept) else { return nil }
    return (Suggestions.File(policy: policy, text: text, count: kept.count), kept)
  }

  private func entry(_ found: FoundCase) -> SuggestedFile.Entry {
    var title = ""
    var reasons: [String] = []
    func add(_ range: SourceRange, _ files: SourceFiles, _ words: Phrase, _ shown: String) {
      if title.isEmpty { title = shown }
      reasons.append("\(files.place(of: range)): \(words.text(in: catalog))")
    }
    for entry in open {
      guard let sides = found.shows[entry.item.key], !sides.isEmpty else { continue }
      let shown = CoverageReport.Entry(
        item: entry.item, seen: entry.item.asked.subtracting(sides))
      let range = entry.item.key.range
      add(
        range, suite.files, CoverageMessages.missing(shown, under: ""), Self.words(range, suite.files))
    }
    for number in found.notices.sorted() {
      let mutant = survivors[number].mutant
      add(
        mutant.range, suite.files, MutationMessages.survivor(survivors[number]),
        Self.words(mutant.range, suite.files))
    }
    return SuggestedFile.Entry(found: found, title: title, reasons: reasons)
  }

  private static func words(_ range: SourceRange, _ files: SourceFiles) -> String {
    let words = files[range.file].text(in: range).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    return words.count > 80 ? words.prefix(80) + " …" : words
  }

  /// Whether a text reads as these cases and all of them pass.
  private func holds(_ text: String, _ cases: [FoundCase]) -> Bool {
    var files = suite.set.types.files
    let id = files.add(SourceFile(name: "suggested.cases", bytes: Array(text.utf8)))
    let all = files
    let again = DeepStack.run { [set = suite.set] in
      CaseSuite(all, reading: [id], DiagnosticList(), for: set)
    }
    guard !again.diagnostics.hasErrors, again.cases.count == cases.count,
      again.run().failed == 0
    else { return false }
    return zip(zip(again.cases, again.homes), cases).allSatisfy { read, found in
      guard read.1 == found.epoch,
        let program = suite.set.epochs[found.epoch].programs.first(where: {
          $0.0 == found.decision
        })?.1
      else { return false }
      let types = suite.set.epochs[found.epoch].types
      return CaseRequest(sample: read.0.sample, program: program, types: types).body == found.body
    }
  }
}

/// The words of suggested cases.
enum SuggestionMessages {
  /// What stands above the present answer.
  static let remark: Phrase = "to be confirmed: this is the answer at present"

  static func summary(_ found: Suggestions) -> Phrase {
    let count = found.files.reduce(0) { $0 + $1.count }
    let cases = SourceMessages.count(count, "case")
    let places: Phrase = "\(cases) for \(found.places.closed) of \(found.places.open) open places"
    if found.mutants.open == 0 { return places }
    return "\(places) and \(found.mutants.closed) of \(found.mutants.open) unnoticed mutants"
  }
}

extension EngineMessages {
  /// The words of suggested cases in Chinese.
  public static let chineseOfSuggestions: Catalog.Table = [
    "to be confirmed: this is the answer at present": "待确认：此为目前的结果",
    "{1} and {2} of {3} unnoticed mutants": "{1}，以及 {3} 个未被发现的变异中的 {2} 个",
    "{1} for {2} of {3} open places": "{1}，涉及 {3} 处缺口中的 {2} 处",
  ]
}
