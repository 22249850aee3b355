/// `writ diff`: what a change of policies changes, for all inputs.
import CommandTable
import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicySource

enum Diff {
  static let spec = CommandSpec(
    name: "diff",
    summary: "Says what a change of policies changes, for all inputs.",
    positionals: [
      Positional(
        name: "OLD", help: "the policies before: a folder, or a revision of git", fallback: nil),
      Positional(
        name: "NEW",
        help: "the policies after: a folder, or a revision (default: what `--folder` says)",
        fallback: ""),
    ],
    options: [
      Option(name: "--decision", value: "NAME", help: "only this decision, `policy.decision`"),
      Option(
        name: "--folder", value: .folder("FOLDER"), default: "policies",
        help: "the folder that is read at a revision, where neither OLD nor NEW is a folder"),
      Option(
        name: "--format", value: .choice(["text", "json", "html"]), default: "text",
        help: "text for people, one document, or one page"),
    ] + DiffLog.options,
    examples: [
      (
        "writ diff main policies",
        "exit code 3 when answers change, 0 when proved that none does, 1 when neither is known"
      ),
      ("writ diff HEAD", "what the changes that are not committed yet change"),
      (
        "writ diff main policies --format html --lang zh > diff.html",
        "one page for a browser or a printer"
      ),
      (
        "writ diff main policies --log /var/log/writ/decisions --from 2026-01-01",
        "with how many decisions of this year each change concerns"
      ),
    ])

  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitCode {
    let log = try DiffLog(arguments)
    let folder = arguments.value("--folder") ?? "policies"
    let words = (
      old: arguments.word("OLD"),
      new: arguments.word("NEW").isEmpty ? folder : arguments.word("NEW")
    )
    if arguments.givenValues("--folder") != nil, words.new != folder,
      let read = [words.old, words.new].first(where: FileKind.isFolder)
    {
      throw UsageError("`--folder` is for two revisions", help: "`\(read)` is a folder")
    }
    let old = try DiffSide(words.old, beside: FileKind.isFolder(words.new) ? words.new : folder)
    let new = try DiffSide(words.new, beside: FileKind.isFolder(words.old) ? words.old : folder)
    guard let before = try old.load(console), let after = try new.load(console) else {
      return .findings
    }
    let decision = arguments.value("--decision")
    if let decision, !before.decisionNames.contains(decision),
      !after.decisionNames.contains(decision)
    {
      throw UnknownName.decision(decision, in: [before, after])
    }
    // The log first: whether it can be read is known long before what changes is.
    let priced = try log?.prices(from: before, to: after, console)
    let meter = DiffMeter(console)
    let diff = DeepStack.run {
      SemanticDiff(from: before, to: after, decision: decision, progress: meter.show)
    }
    meter.clear()
    let telling = DiffTelling(
      diff, from: .init(words.old, before), to: .init(words.new, after), prices: priced?.prices)
    switch arguments.value("--format") {
    case "json": console.write(telling.document(in: console.catalog).text + "\n")
    case "html": console.write(telling.page(in: console.catalog))
    default: console.write(telling.text(in: console.catalog, colour: console.color))
    }
    if priced?.isSound == false {
      console.complain(
        "the log is not what was written",
        help: arguments.value("--log").map(FileKind.isFolder) == true
          ? "`writ log verify` says what is wrong with it"
          : "`writ replay` of the same file says what is wrong with it")
      return .findings
    }
    return telling.changes ? .changes : telling.isOpen ? .findings : .fine
  }
}

/// How far a comparison has come, on a terminal.
struct DiffMeter: Sendable {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let console: Console

  init(_ console: Console) { self.console = console }

  func show(_ done: Int, _ all: Int) {
    if isShown {
      console.complain("\r" + console.say("\(done) of \(all) decisions compared") + "\u{1B}[K")
    }
  }

  func clear() {
    if isShown { console.complain("\r\u{1B}[K") }
  }
}
