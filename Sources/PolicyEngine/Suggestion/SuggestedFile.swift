/// Cases that were found as the text of a `.cases` file, in the layout of `writ fmt`.
import PolicyCompiler
import PolicyRuntime
import PolicySource
import PolicySyntax

/// Writes the cases of one policy; those made of one case follow each other and copy the first of them.
struct SuggestedFile {
  /// A case and why it is there.
  struct Entry {
    let found: FoundCase
    /// What it is about, for the label.
    let title: String
    /// What it shows, line by line.
    let reasons: [String]
  }

  let policy: String
  let entries: [Entry]
  let set: PolicySet
  /// What stands above the present answer.
  let remark: String

  /// The text of the cases of some numbers; nil when the formatter refuses it.
  func text(of numbers: [Int]) -> String? {
    var text = "cases for \(policy)\n"
    var firsts: [Mark: (name: String, sample: TypedCase)] = [:]
    for (turn, number) in numbers.enumerated() {
      let entry = entries[number]
      let name = "suggested_\(turn + 1)"
      let mark = Mark(epoch: entry.found.epoch, decision: entry.found.decision, base: entry.found.base)
      guard let lines = lines(entry, like: firsts[mark]) ?? lines(entry, like: nil) else { return nil }
      text += "\ncase \(name) \(CaseLiteral.quoted(entry.title))"
      if let first = firsts[mark], self.lines(entry, like: first) != nil {
        text += " like \(first.name)"
      } else if firsts[mark] == nil {
        firsts[mark] = (name, entry.found.sample)
      }
      text += " {\n" + lines.map { "  \($0)\n" }.joined()
      for reason in entry.reasons { text += "  # \(reason)\n" }
      text += "  # \(remark)\n"
      text += entry.found.expectations.map { "  expect \($0)\n" }.joined() + "}\n"
    }
    var files = SourceFiles()
    let file = SourceFile(name: "suggested.cases", bytes: Array(text.utf8))
    let id = files.add(file)
    guard case .formatted(let bytes) = PolicyFormatter.formatCases(file, id: id) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What cases have in common that are made of one.
  private struct Mark: Hashable {
    let epoch: Int
    let decision: Reference
    let base: Int
  }

  /// The lines of a case besides its expectation; nil when they cannot be written so.
  private func lines(
    _ entry: Entry, like first: (name: String, sample: TypedCase)?
  ) -> [String]? {
    let sample = entry.found.sample
    let types = set.epochs[entry.found.epoch].types
    let literal = CaseLiteral(types: types)
    var lines: [String] = []
    if first?.sample.asOf != sample.asOf { lines.append("as of \(sample.asOf.text)") }
    if sample.today != (first?.sample.today ?? sample.asOf) || first != nil && lines.count > 0 {
      lines.append("today \(sample.today.text)")
    }
    let taken = Set(taken(entry.found, types))
    let known = first?.sample.facts ?? [:]
    var given: Set<String> = []
    for (name, value) in sample.facts.sorted(by: { $0.key < $1.key }) where taken.contains(name) {
      if known[name] == value { continue }
      if case .unknown = value { continue }
      given.insert(name)
      guard let changes = Self.changes(from: known[name], to: value, at: name) else { return nil }
      for (path, value) in changes {
        guard let words = literal.words(value) else { return nil }
        lines.append("given \(path) = \(words)")
      }
    }
    let (old, new) = (Set(first?.sample.unknown ?? []), Set(sample.unknown))
    if let first {
      guard old.isSubset(of: new), first.sample.facts.keys.allSatisfy({ sample.facts[$0] != nil }),
        Self.starts(sample.clearances.map(literal.line), with: first.sample.clearances.map(literal.line)),
        Self.starts(sample.acts.map(literal.line), with: first.sample.acts.map(literal.line))
      else { return nil }
    }
    for path in sample.unknown.sorted() {
      let root = String(path.prefix { $0 != "." && $0 != "[" })
      guard taken.contains(root), !old.contains(path) || given.contains(root) else { continue }
      lines.append("unknown \(path)")
    }
    lines += sample.clearances.dropFirst(first?.sample.clearances.count ?? 0).map(literal.line)
    lines += sample.acts.dropFirst(first?.sample.acts.count ?? 0).map(literal.line)
    return lines
  }

  private func taken(_ found: FoundCase, _ types: TypedSet) -> [String] {
    guard
      let program = set.epochs[found.epoch].programs.first(where: { $0.0 == found.decision })?.1
    else { return [] }
    return CaseRequest.inputs(of: program).sorted()
  }

  private static func starts(_ all: [String], with first: [String]) -> Bool {
    all.prefix(first.count).elementsEqual(first)
  }

  /// The paths at which a value is another, with what stands there now; the whole where its parts are others.
  private static func changes(
    from old: CaseValue?, to new: CaseValue, at path: String
  ) -> [(path: String, value: CaseValue)]? {
    if old == new { return [] }
    switch (old, new) {
    case (.record(let before)?, .record(let after)) where before.keys.allSatisfy({ after[$0] != nil }):
      var found: [(path: String, value: CaseValue)] = []
      for (name, value) in after.sorted(by: { $0.key < $1.key }) where before[name] != value {
        // That something is absent is said by leaving it out of its record.
        if case .unknown = value { return [(path, new)] }
        guard let inner = changes(from: before[name], to: value, at: "\(path).\(name)") else {
          return nil
        }
        found += inner
      }
      return found
    case (.list(let before)?, .list(let after)) where before.count == after.count:
      var found: [(path: String, value: CaseValue)] = []
      for (number, value) in after.enumerated() where before[number] != value {
        if case .unknown = value { return nil }
        guard let inner = changes(from: before[number], to: value, at: "\(path)[\(number + 1)]")
        else { return nil }
        found += inner
      }
      return found
    default: return [(path, new)]
    }
  }
}
