/// What is said of a policy or decision that there is not: the nearest name, or where all names stand.
import CommandTable
import PolicyEngine
import PolicySource

enum UnknownName {
  /// Where all names stand.
  static let all: Phrase = "`writ check --quick --cost` shows the names of all decisions"
  /// Longer lists are not read.
  private static let most = 8

  /// Sees to it that a policy is there.
  static func check(policy name: String?, in set: PolicySet) throws(UsageError) {
    let known = set.policyNames
    guard let name, !known.contains(name) else { return }
    // Somebody may have named a decision of the policy.
    let head = name.split(separator: ".").first.map(String.init) ?? name
    let near = Suggestion.nearest(to: name, in: known) ?? known.first { $0 == head }
    throw UsageError("there is no policy `\(name)`", help: help(near.map { [$0] } ?? [], known))
  }

  /// Complains of a decision that none of some sets has.
  static func decision(_ name: String, in sets: [PolicySet]) -> UsageError {
    var near: [String] = []
    for found in sets.flatMap({ $0.suggestions(for: name) }) where !near.contains(found) {
      near.append(found)
    }
    let known = Set(sets.flatMap(\.decisionNames)).sorted()
    return UsageError("there is no decision `\(name)`", help: help(near, known))
  }

  private static func help(_ near: [String], _ known: [String]) -> Phrase {
    if near.count == 1 { return "did you mean `\(near[0])`?" }
    if !near.isEmpty {
      return "did you mean \(SourceMessages.names(Array(near.prefix(most)), last: .or))?"
    }
    if known.count == 1 { return "the only one is `\(known[0])`" }
    if known.count <= most { return "one of \(SourceMessages.names(known, last: .comma))" }
    return all
  }
}
