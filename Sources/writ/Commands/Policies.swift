/// `writ policies`: which set of policies a daemon loads, by a link that is replaced in one step.
import CommandTable
import Foundation
import PolicyEngine
import PolicySource

/// The link `current` in a folder of sets, and beside it the link `previous` to the set before.
struct SetLink {
  static let option = Option(
    name: "--link", value: .file("LINK"), default: "/etc/writ/policies/current",
    help: "the link that the daemon's `--policies` names; `previous` stands beside it")

  let path: String

  init(_ arguments: Arguments) { path = arguments.value(Self.option.name) ?? "current" }

  private init(path: String) { self.path = path }

  private var folder: URL { URL(filePath: path).deletingLastPathComponent() }

  /// The link to the set before.
  var previous: SetLink { SetLink(path: folder.appending(path: "previous").path) }

  /// What the link says: a name beside it, or a path; nil when there is no link.
  var target: String? { try? FileManager.default.destinationOfSymbolicLink(atPath: path) }

  /// Whether something stands there that is no link.
  var isTaken: Bool { target == nil && FileManager.default.fileExists(atPath: path) }

  /// The folder that it leads to.
  var set: String { URL(filePath: target ?? "", relativeTo: folder).absoluteURL.path }

  /// What a link to a folder says: its name alone where it stands beside the link.
  func target(for set: String) -> String {
    let place = URL(filePath: set).resolvingSymlinksInPath()
    let isBeside =
      place.deletingLastPathComponent().path == folder.resolvingSymlinksInPath().path
    return isBeside ? place.lastPathComponent : place.path
  }

  /// Lets the link say something else; who looks sees the old or the new.
  func point(to target: String) throws(UsageError) {
    let fresh = folder.appending(path: ".link-\(UUID().uuidString)").path
    do {
      try FileManager.default.createSymbolicLink(atPath: fresh, withDestinationPath: target)
    } catch {
      throw UsageError("`\(path)` cannot be written", help: "a link there needs root's rights")
    }
    if Rename.replace(path, with: fresh) { return }
    try? FileManager.default.removeItem(atPath: fresh)
    throw UsageError("`\(path)` cannot be written")
  }
}

/// `writ policies use`, which brings a set into force.
enum PoliciesUse {
  static let spec = CommandSpec(
    name: "policies use", summary: "Makes a set the one that the daemon loads.",
    positionals: [
      Positional(
        name: "SET", value: .folder("SET"), help: "the folder of the policies", fallback: nil)
    ],
    options: [SetLink.option],
    examples: [
      (
        "writ policies use /etc/writ/policies/2026-11-22",
        "checks the set and moves the link; `systemctl reload writd` loads it"
      )
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let link = SetLink(arguments)
    if link.isTaken {
      throw UsageError("`\(link.path)` is no link", help: "move the folder away, and link to it")
    }
    let folder = arguments.word("SET")
    guard let set = Self.checked(folder, console) else { return .findings }
    let target = link.target(for: folder)
    if target != link.target {
      if let before = link.target { try link.previous.point(to: before) }
      try link.point(to: target)
    }
    console.write(console.say("\(link.path) is \(target), \(set.digest)") + "\n")
    return .fine
  }

  /// The set, if it loads; what is wrong with it is said.
  static func checked(_ folder: String, _ console: Console) -> PolicySet? {
    let loaded = PolicySet.load(folder: folder)
    if loaded.set == nil { console.complain(Findings.text(loaded, console)) }
    return loaded.set
  }
}

/// `writ policies back`, which brings the set before into force again.
enum PoliciesBack {
  static let spec = CommandSpec(
    name: "policies back", summary: "Goes back to the set before.", options: [SetLink.option],
    examples: [
      (
        "writ policies back && systemctl reload writd",
        "the daemon decides by the set before; once more goes forward again"
      )
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let link = SetLink(arguments)
    let previous = link.previous
    guard let now = link.target, let before = previous.target else {
      throw UsageError(
        "there is no set before", help: "`writ policies use` remembers the one that it replaces")
    }
    guard let set = PoliciesUse.checked(previous.set, console) else { return .findings }
    try link.point(to: before)
    try previous.point(to: now)
    console.write(console.say("\(link.path) is \(before), \(set.digest)") + "\n")
    return .fine
  }
}
