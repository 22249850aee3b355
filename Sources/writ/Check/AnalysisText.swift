/// What the analysis found in a set, as `writ check` says it: guarantees, and what could not be looked through.
import PolicyAnalysis
import PolicyEngine
import PolicySource

/// Renders findings that are no diagnostics.
struct AnalysisText {
  let found: SetFindings
  /// What `--uncovered` asks for.
  let uncovered: [UncoveredRequests]
  let files: SourceFiles
  let console: Console

  // MARK: Text

  /// The guarantees line by line, and what was not analysed with the expressions underlined.
  var text: String {
    var text = found.guarantees.map { console.say(Self.words($0)) + "\n" }.joined()
    let excerpts = DiagnosticText(files: files, colour: console.color, in: console.catalog)
    for one in found.notAnalysed {
      text += console.say(Self.words(one)) + "\n" + excerpts.excerpt(one.range) + "\n"
    }
    for one in uncovered {
      for (number, words) in Self.words(one).enumerated() {
        text += (number == 0 ? "" : "  ") + console.say(words) + "\n"
      }
    }
    return text + console.say(summary) + "\n"
  }

  /// The requests that no release decides, a region a line, and one of them.
  private static func words(_ one: UncoveredRequests) -> [Phrase] {
    switch one.verdict {
    case .never: return ["every request is decided by a release of \(one.policy)"]
    case .open:
      return ["not analysed: whether a release of \(one.policy) decides every request"]
    case .shown(let regions, let isWhole, _):
      let facts = one.example
      let example: Phrase =
        facts.isEmpty ? "for example an empty request" : "for example \(facts)"
      if regions.isEmpty || regions.contains(where: \.isEmpty) {
        return ["no release of \(one.policy) decides any request", example]
      }
      var lines = regions.enumerated().map { index, region -> Phrase in
        let words = SourceMessages.list(region, last: .comma)
        return index == 0
          ? "no release of \(one.policy) decides where \(words)" : "nor where \(words)"
      }
      if !isWhole { lines.append("nor in parts of these facts that are not listed") }
      return lines + [example]
    }
  }

  private static func words(_ guarantee: GuaranteeFinding) -> Phrase {
    let name = "\(guarantee.policy).\(guarantee.name)"
    switch guarantee.verdict {
    case .proved: return "guarantee \(name): proved for all requests"
    case .refuted: return "guarantee \(name): does not hold"
    case .open(let results) where results.isEmpty:
      return "guarantee \(name): neither proved nor refuted"
    case .open(let results):
      return
        "guarantee \(name): neither proved nor refuted, because of \(SourceMessages.names(results, limit: 3))"
    }
  }

  private static func words(_ one: SetFindings.NotAnalysed) -> Phrase {
    "not analysed: `\(one.clause)` of \(one.decision)"
  }

  /// `analysed 862 of 907 clauses; 45 not analysed (4.9%)`.
  private var summary: Phrase {
    let (open, all) = (found.notAnalysed.count, found.clauses)
    if open == 0 { return "analysed \(SourceMessages.count(all, "clause"))" }
    let thousandths = (open * 1_000 + all - 1) / max(1, all)
    let share = "\(thousandths / 10).\(thousandths % 10)%"
    return
      "analysed \(all - open) of \(SourceMessages.count(all, "clause")); \(open) not analysed (\(share))"
  }

  // MARK: JSON

  /// An object for each guarantee and each clause that was not analysed, and one with the numbers.
  var json: String {
    var lines = found.guarantees.map(tree)
    lines += found.notAnalysed.map { one in
      .object(
        [
          .init("notAnalysed", .string(one.clause)), .init("decision", .string(one.decision)),
          .init("expressions", .array(one.expressions.map { .string($0) })),
        ] + place(one.range))
    }
    lines += uncovered.map(tree)
    lines.append(
      .object([
        .init("clauses", .number(String(found.clauses))),
        .init("analysed", .number(String(found.clauses - found.notAnalysed.count))),
      ]))
    return lines.map { $0.text + "\n" }.joined()
  }

  private func tree(_ guarantee: GuaranteeFinding) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("guarantee", .string("\(guarantee.policy).\(guarantee.name)"))
    ]
    switch guarantee.verdict {
    case .proved: members.append(.init("verdict", .string("proved")))
    case .refuted(let witnesses):
      members.append(.init("verdict", .string("refuted")))
      members.append(.init("requests", .array(witnesses.map(\.request))))
    case .open(let results):
      members.append(.init("verdict", .string("open")))
      members.append(.init("expressions", .array(results.map { .string($0) })))
    }
    return .object(members + place(guarantee.range))
  }

  private func tree(_ one: UncoveredRequests) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("uncovered", .string(one.policy)),
      .init("releases", .array(one.releases.map { .string($0) })),
    ]
    switch one.verdict {
    case .never: members.append(.init("verdict", .string("never")))
    case .open: members.append(.init("verdict", .string("open")))
    case .shown(let regions, let isWhole, let witness):
      let words = regions.map { region in
        JSONTree.array(region.map { .string(console.say($0)) })
      }
      members += [
        .init("verdict", .string("shown")), .init("regions", .array(words)),
        .init("whole", .bool(isWhole)), .init("request", witness.request),
      ]
    }
    return .object(members)
  }

  private func place(_ range: SourceRange) -> [JSONTree.Member] {
    let file = files[range.file]
    let start = file.position(of: Int(range.lower))
    let end = file.position(of: Int(range.upper))
    return [
      .init("file", .string(file.name)), .init("line", .number(String(start.line))),
      .init("column", .number(String(start.column))),
      .init("endLine", .number(String(end.line))),
      .init("endColumn", .number(String(end.column))),
    ]
  }

  // MARK: SARIF

  /// What is in order, and what is open.
  var remarks: [DiagnosticSARIF.Remark] {
    found.guarantees.compactMap { guarantee -> DiagnosticSARIF.Remark? in
      switch guarantee.verdict {
      case .proved: .init("guarantee-broken", .pass, Self.words(guarantee), at: guarantee.range)
      case .open: .init("guarantee-broken", .open, Self.words(guarantee), at: guarantee.range)
      case .refuted: nil
      }
    } + found.notAnalysed.map { .init("not-analysed", .open, Self.words($0), at: $0.range) }
  }
}
