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
    case .threshold(let bound): return self.bound(entry, bound)
    case .limit: return limit(entry)
    case .warning: return warning(entry)
    case .row: return "row never used"
    }
  }

  private static func truth(_ entry: CoverageReport.Entry) -> Phrase {
    let ways = entry.missing.intersection(.both)
    if ways == .both { return unreached }
    if !ways.isEmpty { return ways.contains(.yes) ? "never true" : "never false" }
    switch entry.missing {
    case .yesDecides: return "no case in which this alone makes the difference by being true"
    case .noDecides: return "no case in which this alone makes the difference by being false"
    default: return "no case in which this alone makes the difference"
    }
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

  // MARK: Thresholds

  /// The sides of a threshold that no case shows, as what is said with them.
  private static func sides(
    _ entry: CoverageReport.Entry, _ words: (CoverageSides) -> Phrase, said: (Phrase) -> Phrase
  ) -> Phrase {
    if entry.missing == .around { return unreached }
    let missing = [CoverageSides.below, .at, .above].filter { entry.missing.contains($0) }
    return said(SourceMessages.list(missing.map(words), last: .or))
  }

  private static func limit(_ entry: CoverageReport.Entry) -> Phrase {
    sides(entry, fixed(.amount)) { "no case \($0) the limit" }
  }

  private static func warning(_ entry: CoverageReport.Entry) -> Phrase {
    sides(entry, fixed(.amount)) {
      "no case within the limit \($0) the share of it from which it warns"
    }
  }

  private static func bound(
    _ entry: CoverageReport.Entry, _ bound: CoverageBound
  ) -> Phrase {
    let (subject, words) = (bound.subject, bound.bound)
    guard bound.isFixed else {
      return sides(entry, compared(bound.scale)) { "no case with `\(subject)` \($0) `\(words)`" }
    }
    let said = sides(entry, fixed(bound.scale)) { "no case \($0) \(words)" }
    if subject.isEmpty { return said }
    return entry.missing == .around
      ? "`\(subject)` \(words): \(said)" : "`\(subject)`: \(said)"
  }

  /// What a side of a figure is called.
  private static func fixed(_ scale: CoverageBound.Scale) -> (CoverageSides) -> Phrase {
    { side in
      guard side == .at else { return beside(side, scale) }
      return scale == .day ? "exactly on" : "exactly at"
    }
  }

  /// What a side of another value is called.
  private static func compared(_ scale: CoverageBound.Scale) -> (CoverageSides) -> Phrase {
    { side in side == .at ? "equal to" : beside(side, scale) }
  }

  private static func beside(_ side: CoverageSides, _ scale: CoverageBound.Scale) -> Phrase {
    switch scale {
    case .amount: side == .below ? "below" : "above"
    case .day: side == .below ? "before" : "after"
    case .bestFirst: side == .below ? "better than" : "worse than"
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
