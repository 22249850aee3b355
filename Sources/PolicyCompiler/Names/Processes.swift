/// The processes of the company's register that a policy says it decides, with the decisions they name.
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Resolves the `process` lines of every header; the names of decisions must have been collected.
  func checkProcesses() {
    for (index, tree) in trees.enumerated() {
      var first: [String: SourceRange] = [:]
      for process in tree.header.processes {
        guard let id = plain(process.id) else { continue }
        if id.isEmpty { report(.emptyProcess(process.id.range)) }
        if let earlier = first[id] {
          report(.duplicateProcess(id, process.id.range, first: earlier))
          continue
        }
        first[id] = process.id.range
        set.policies[index].processes.append(
          TypedProcess(
            id: id, title: plain(process.title) ?? "",
            decisions: decisions(of: process, in: index), range: process.id.range))
      }
    }
  }

  private func decisions(of process: ProcessTree, in policy: Int) -> [Int] {
    let names = trees[policy].decisions.map(\.name.text)
    if process.decisions.isEmpty { return Array(names.indices) }
    var found: [Int] = []
    for name in process.decisions where !name.text.isEmpty {
      guard let index = names.firstIndex(of: name.text) else {
        report(
          .unknownDecision(
            name, in: set.policies[policy].name, nearest: nearest(name.text, names), all: names))
        continue
      }
      if found.contains(index) {
        report(.repeatedDecision(name))
      } else {
        found.append(index)
      }
    }
    return found
  }
}
