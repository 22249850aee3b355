/// Reading the file of `--allow`: one line per rule, a decision and who may ask for it.
///
/// ```
/// # decision            who
/// full_payment.may_ship uid=1001,gid=orders
/// monthly_terms.*       gid=finance
/// *                     uid=auditor
/// expense.*             *
/// ```
import PolicyEngine
import PolicySource

/// The reader of one file.
struct AllowFile {
  /// The largest file that is read.
  static let largest = 1 << 20

  private let path: String
  private let decisions: [String]
  private(set) var list = AllowList()
  private(set) var problems: [LoadProblem] = []

  /// Reads a file for the decisions of a set; numbers are their places.
  init(_ path: String, decisions: [String]) {
    self.path = path
    self.decisions = decisions
    do throws(Errno) {
      read(String(decoding: try FileBytes.read(path, atMost: Self.largest), as: UTF8.self))
    } catch {
      problems.append(
        LoadProblem(
          place: path, "the list of who may ask cannot be read: \(error)",
          help: "give a file that this user may read, of at most 1 MiB"))
    }
  }

  private mutating func read(_ text: String) {
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() {
      let rule = line.prefix { $0 != "#" }
      let words = rule.split { $0 == " " || $0 == "\t" || $0 == "," }.map(String.init)
      guard let decision = words.first else { continue }
      let place = "\(path):\(index + 1)"
      guard let mask = mask(of: decision, at: place) else { continue }
      if words.count == 1 {
        problems.append(
          LoadProblem(
            place: place, "nobody is named behind `\(decision)`",
            help: "write `uid=` or `gid=` with a name or number, or `*` for everybody"))
      }
      for word in words.dropFirst() {
        if let asker = asker(word, at: place) { list.allow(mask, for: asker) }
      }
    }
  }

  /// The decisions that `*`, `policy.*` or `policy.decision` means.
  private mutating func mask(of pattern: String, at place: String) -> DecisionMask? {
    var mask = DecisionMask()
    let isMeant: (String) -> Bool
    if pattern == "*" {
      isMeant = { _ in true }
    } else if pattern.hasSuffix(".*") {
      let start = String(pattern.dropLast())
      isMeant = { $0.hasPrefix(start) }
    } else {
      isMeant = { $0 == pattern }
    }
    for (number, name) in decisions.enumerated() where isMeant(name) { mask.insert(number) }
    if mask != DecisionMask() { return mask }
    let isPolicy = pattern.hasSuffix(".*")
    let known =
      isPolicy
      ? Set(decisions.map { $0.prefix { $0 != "." } + ".*" }).sorted() : decisions
    problems.append(
      LoadProblem(
        place: place, "there is no \(isPolicy ? "policy" : "decision") `\(pattern)`",
        help: Self.offer(pattern, known) ?? "`GET /v1/policies` and `writd --check` list them"))
    return nil
  }

  private mutating func asker(_ word: String, at place: String) -> AllowList.Asker? {
    if word == "*" { return .everybody }
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.count == 2 ? String(parts[1]) : ""
    switch parts.first {
    case "uid" where !name.isEmpty:
      if let number = UInt32(name) ?? Accounts.user(name) { return .user(number) }
      unknown("user", name, Accounts.userNames, at: place)
    case "gid" where !name.isEmpty:
      if let number = Accounts.group(named: name) { return .group(number) }
      unknown("group", name, Accounts.groupNames, at: place)
    default:
      problems.append(
        LoadProblem(
          place: place, "`\(word)` does not say who may ask",
          help: "write `uid=` or `gid=` with a name or number, or `*` for everybody"))
    }
    return nil
  }

  private mutating func unknown(
    _ kind: String, _ name: String, _ known: [String], at place: String
  ) {
    problems.append(
      LoadProblem(
        place: place, "there is no \(kind) `\(name)` on this machine",
        help: Self.offer(name, known) ?? "write its number, or make the \(kind) first"))
  }

  private static func offer(_ name: String, _ known: [String]) -> String? {
    Suggestion.nearest(to: name, in: known).map { "did you mean `\($0)`?" }
  }
}
