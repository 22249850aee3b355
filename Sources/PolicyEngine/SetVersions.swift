/// Loading a set whose policies have versions: it is checked and lowered once for every epoch.
import PolicyCompiler
import PolicyRuntime
import PolicySource
import PolicySyntax

/// A set as it is on some days.
struct LoadedEpoch: Sendable {
  /// The first day.
  let from: Day
  /// The last day.
  let until: Day
  /// The checked policies.
  var types: TypedSet
  /// The files that are in force on no day of it.
  let asleep: Set<FileID>
  /// The programs of the decisions that can be in force.
  var programs: [(Reference, Program)] = []

  /// Whether a day lies in it.
  func holds(_ day: Day) -> Bool { from <= day && day <= until }
}

/// The checks of all epochs, with each mistake told once.
struct SetVersions {
  private(set) var epochs: [LoadedEpoch] = []
  private(set) var diagnostics = DiagnosticList()

  /// Checks trees; lowers them when nothing is wrong.
  init(_ trees: [PolicyTree], files: SourceFiles) {
    let (spans, found) = PolicyChecker.epochs(of: trees)
    diagnostics.add(found)
    var told: [Finding: [Day]] = [:]
    var order: [(Finding, Diagnostic)] = []
    for span in spans {
      let (types, found) = PolicyChecker.check(span.trees, files: files)
      epochs.append(
        LoadedEpoch(from: span.from, until: span.until, types: types, asleep: span.asleep))
      // More than can be told: nothing is left out then, so that no error is lost.
      if found.dropped > 0, found.hasErrors {
        diagnostics.add(found)
        return
      }
      for diagnostic in found.all where !span.asleep.contains(diagnostic.range.file) {
        let finding = Finding(diagnostic)
        if told[finding] == nil { order.append((finding, diagnostic)) }
        told[finding, default: []].append(span.from)
      }
    }
    for (finding, diagnostic) in order {
      // What one version does not use another may.
      let file = diagnostic.range.file
      let isPolicy = trees.contains { $0.range.file == file }
      let awake = spans.filter { span in
        !isPolicy
          || span.trees.contains { $0.range.file == file } && !span.asleep.contains(file)
      }.count
      let days = told[finding] ?? []
      if days.count == awake {
        diagnostics.add(diagnostic)
      } else if finding.code != "unused" && finding.code != "unused-file" {
        diagnostics.add(Self.with(EngineMessages.onlyWithVersions(of: days), diagnostic))
      }
    }
    if !diagnostics.hasErrors { lower() }
  }

  /// A diagnostic with one more note.
  private static func with(_ note: Diagnostic.Note, _ diagnostic: Diagnostic) -> Diagnostic {
    Diagnostic(
      diagnostic.code, diagnostic.severity, diagnostic.message, at: diagnostic.range,
      notes: diagnostic.notes + [note], help: diagnostic.help)
  }

  /// What makes two findings the same.
  private struct Finding: Hashable {
    let code: DiagnosticCode
    let range: SourceRange
    let message: Phrase

    init(_ diagnostic: Diagnostic) {
      code = diagnostic.code
      range = diagnostic.range
      message = diagnostic.message
    }
  }

  private mutating func lower() {
    for index in epochs.indices {
      let (types, asleep) = (epochs[index].types, epochs[index].asleep)
      for (policy, typed) in types.policies.enumerated() {
        for decision in typed.decisions.indices {
          let reference = Reference(policy: policy, index: decision)
          let needed = Lowering.policies(of: reference, in: types)
          if needed.contains(where: { asleep.contains(types.policies[$0].range.file) }) {
            continue
          }
          let (program, found) = Lowering.lower(reference, in: types)
          epochs[index].programs.append((reference, program))
          diagnostics.add(found)
        }
      }
    }
  }
}

/// The programs of a set by name and day.
struct ProgramTimetable: Sendable {
  /// The names of all decisions, sorted.
  let names: [String]
  /// The newest program of each name, in their order; then those of other epochs.
  let programs: [Program]
  /// For each name the program of each epoch, -1 none; nil when the set has one epoch.
  let numbers: [[Int]]?
  /// The last day of each epoch.
  let ends: [Day]

  init(_ epochs: [LoadedEpoch]) {
    var byName: [String: [Int: Program]] = [:]
    for policy in epochs.flatMap(\.types.policies) {
      for decision in policy.decisions { byName["\(policy.name).\(decision.name)"] = [:] }
    }
    for (index, epoch) in epochs.enumerated() {
      for (_, program) in epoch.programs { byName[program.name, default: [:]][index] = program }
    }
    names = byName.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var programs: [Program] = []
    for name in names {
      let newest = byName[name]?.max { $0.key < $1.key }?.value
      var none = Program()
      none.name = name
      programs.append(newest ?? none)
    }
    ends = epochs.map(\.until)
    guard epochs.count > 1 else {
      self.programs = programs
      numbers = nil
      return
    }
    var numbers: [[Int]] = []
    for (place, name) in names.enumerated() {
      let own = byName[name] ?? [:]
      let newest = own.keys.max()
      numbers.append(
        epochs.indices.map { epoch in
          guard let program = own[epoch] else { return -1 }
          if epoch == newest { return place }
          programs.append(program)
          return programs.count - 1
        })
    }
    self.programs = programs
    self.numbers = numbers
  }

  /// The number of the epoch of a day.
  func epoch(of day: Day) -> Int { ends.firstIndex { day <= $0 } ?? max(0, ends.count - 1) }

  /// The number of the program of a name on a day; -1 when no version is in force.
  func number(_ name: Int, on day: Day) -> Int {
    numbers.map { $0[name][epoch(of: day)] } ?? name
  }
}
