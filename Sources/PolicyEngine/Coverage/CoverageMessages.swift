/// The words of the report about what cases show.
import PolicyCompiler
import PolicySource

/// The wording of coverage.
enum CoverageMessages {
  /// What no case shows of an item, in one sentence; of an item whose code is not underlined, with it.
  static func missing(_ entry: CoverageReport.Entry, under words: String) -> Phrase {
    if case .clause(let form, let code) = entry.item.kind, form != .value, form != .otherwise,
      !code.isEmpty, !words.contains(code)
    {
      return "`\(code)`: \(missing(entry))"
    }
    return missing(entry)
  }

  /// What no case shows of an item.
  static func missing(_ entry: CoverageReport.Entry) -> Phrase {
    let item = entry.item
    switch item.kind {
    case .clause(let form, _): return clause(form, entry)
    case .condition: return truth(entry)
    case .definition(let name): return "`\(name)`: \(truth(entry))"
    case .threshold(let bound): return sides(entry, bound)
    case .limit: return sides(entry, limit)
    case .warning: return sides(entry, warning)
    case .row: return "row never used"
    }
  }

  private static func truth(_ entry: CoverageReport.Entry) -> Phrase {
    if entry.missing == .both { return unreached }
    return entry.missing.contains(.yes) ? "never true" : "never false"
  }

  /// What no case shows of a clause.
  private static func clause(
    _ form: CoverageClause, _ entry: CoverageReport.Entry
  ) -> Phrase {
    let holds = !entry.missing.contains(.yes)
    if entry.missing == .both { return form == .clearedBy ? "no case with a clearance" : unreached }
    switch form {
    case .deny: return holds ? "every case is denied for this" : "no case is denied for this"
    case .hold: return holds ? "every case is held for this" : "no case is held for this"
    case .require: return holds ? "never met" : "never unmet"
    case .step: return holds ? "step never left out" : "step never taken"
    case .start, .atMost, .none: return holds ? "cap applies in every case" : "cap never applies"
    case .give: return holds ? "class never passed over" : "class never given here"
    case .otherwise: return "class of `otherwise` never given"
    case .noBetterThan, .sign: return holds ? "holds in every case" : "holds in no case"
    case .duty: return holds ? "duty arises in every case" : "duty never arises"
    case .copy: return holds ? "copy sent in every case" : "copy never sent"
    case .notify: return holds ? "notice sent in every case" : "notice never sent"
    case .file: return holds ? "filed in every case" : "never filed"
    case .points: return "points never counted"
    case .appliesWhen: return holds ? "applies in every case" : "applies in no case"
    case .clearedBy:
      return holds ? "no case with a clearance that does not count" : "never cleared"
    case .value: return "figure never computed"
    }
  }

  private static let unreached: Phrase = "no case reaches it"

  private static func limit(_ side: CoverageSides) -> Phrase {
    switch side {
    case .below: "no case below the limit"
    case .above: "no case above the limit"
    default: "no case exactly at the limit"
    }
  }

  private static func warning(_ side: CoverageSides) -> Phrase {
    switch side {
    case .below: "no case below the share of the limit from which it warns"
    case .above: "no case between that share and the limit"
    default: "no case exactly at the share of the limit from which it warns"
    }
  }

  /// The sides of a threshold that no case shows.
  private static func sides(
    _ entry: CoverageReport.Entry, _ words: (CoverageSides) -> Phrase
  ) -> Phrase {
    if entry.missing == .around { return unreached }
    let missing = [CoverageSides.below, .at, .above].filter { entry.missing.contains($0) }
    return SourceMessages.list(missing.map(words), last: .semicolon)
  }

  private static func sides(
    _ entry: CoverageReport.Entry, _ bound: CoverageBound
  ) -> Phrase {
    let words = sides(entry) { bound.isFixed ? fixed($0, bound) : compared($0, bound) }
    guard bound.isFixed, !bound.subject.isEmpty else { return words }
    return entry.missing == .around
      ? "`\(bound.subject)` \(bound.bound): \(words)" : "`\(bound.subject)`: \(words)"
  }

  /// A side of a figure.
  private static func fixed(_ side: CoverageSides, _ bound: CoverageBound) -> Phrase {
    let figure = bound.bound
    switch (side, bound.scale) {
    case (.below, .amount): return "no case below \(figure)"
    case (.above, .amount): return "no case above \(figure)"
    case (_, .amount): return "no case exactly at \(figure)"
    case (.below, .day): return "no case before \(figure)"
    case (.above, .day): return "no case after \(figure)"
    case (_, .day): return "no case exactly on \(figure)"
    case (.below, .bestFirst): return "no case better than \(figure)"
    case (.above, .bestFirst): return "no case worse than \(figure)"
    case (_, .bestFirst): return "no case exactly at \(figure)"
    }
  }

  /// A side of one value against another.
  private static func compared(_ side: CoverageSides, _ bound: CoverageBound) -> Phrase {
    let (left, right) = (bound.subject, bound.bound)
    switch (side, bound.scale) {
    case (.below, .amount): return "no case with `\(left)` below `\(right)`"
    case (.above, .amount): return "no case with `\(left)` above `\(right)`"
    case (.below, .day): return "no case with `\(left)` before `\(right)`"
    case (.above, .day): return "no case with `\(left)` after `\(right)`"
    case (.below, .bestFirst): return "no case with `\(left)` better than `\(right)`"
    case (.above, .bestFirst): return "no case with `\(left)` worse than `\(right)`"
    default: return "no case with `\(left)` equal to `\(right)`"
    }
  }

  // MARK: The table

  static func area(_ area: CoverageItem.Area) -> Phrase {
    switch area {
    case .clauses: "clauses"
    case .conditions: "conditions"
    case .thresholds: "thresholds"
    case .rows: "rows"
    }
  }

  static let policy: Phrase = "policy"
  static let covered: Phrase = "covered"
  static let all: Phrase = "all policies"

  static func moreRows(_ count: Int, of table: String) -> Phrase {
    "and \(SourceMessages.count(count, "further row")) of `\(table)` never used"
  }

  /// That too little is covered.
  static func tooLittle(_ total: CoverageReport.Count, least: String) -> Phrase {
    "\(total.covered) of \(total.all) are covered (\(total.percent)%), which is less than \(least)"
  }

  /// The last line.
  static func summary(_ total: CoverageReport.Count) -> Phrase {
    let lacking = total.all - total.covered
    return lacking == 0
      ? "covered: all of \(total.all)"
      : "covered: \(total.covered) of \(total.all), \(total.percent)%; \(lacking) to go"
  }
}
