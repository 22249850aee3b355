/// What the analysis says of a set, as the report shows it: matrices, guarantees, and what changes against a baseline.
import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyReport
import PolicySource

/// Makes the models of the report.
struct ReportAnalysis {
  private let set: PolicySet
  private let only: String?
  private let baseline: (set: PolicySet, name: String)?
  private let catalog: Catalog

  /// - Parameters:
  ///   - set: the set of the report.
  ///   - only: the only policy that is shown; nil is all.
  ///   - baseline: the set that it is compared with.
  ///   - catalog: the language of the page.
  init(
    _ set: PolicySet, _ only: String?, _ baseline: (set: PolicySet, name: String)?,
    _ catalog: Catalog
  ) {
    (self.set, self.only, self.baseline, self.catalog) = (set, only, baseline, catalog)
  }

  var models: PolicyReport.Analysis {
    var result = PolicyReport.Analysis()
    let names = Matrix.decisions(of: set).map(\.name).filter(isShown)
    let (set, catalog) = (set, catalog)
    result.matrices = ManyCores.map(names.count) { number in
      Matrix(set, decision: names[number]).map {
        MatrixTable(matrix: $0, catalog: catalog).model
      }
    }.compactMap(\.self)
    result.guarantees = SetFindings.guarantees(of: set).filter { isShown($0.policy + ".") }
      .map(model)
    if let baseline { result.changes = changes(from: baseline.set, named: baseline.name) }
    return result
  }

  /// Whether a decision is of a policy that is shown.
  private func isShown(_ decision: String) -> Bool {
    only.map { decision.hasPrefix($0 + ".") } ?? true
  }

  private func model(_ finding: GuaranteeFinding) -> GuaranteeModel {
    let files = set.types.files
    let verdict: GuaranteeModel.Verdict =
      switch finding.verdict {
      case .proved: .proved
      case .refuted(let witnesses):
        .refuted(
          words: "a request breaks it",
          sample: witnesses.map(\.request.text).joined(separator: "\n"))
      case .open(let expressions):
        .notAnalysed(reason: .verbatim(expressions.joined(separator: "; ")))
      }
    return GuaranteeModel(
      policy: finding.policy, name: finding.name, label: finding.label,
      text: files[finding.range.file].text(in: finding.range),
      place: files.place(of: finding.range), verdict: verdict)
  }

  // MARK: Changes

  private func changes(from old: PolicySet, named name: String) -> ChangeModel {
    let decisions = SemanticDiff(from: old, to: set).decisions.filter { isShown($0.decision) }
    return ChangeModel(
      baseline: name,
      decisions: decisions.map { one in
        ChangeModel.Decision(
          name: one.decision, label: label(of: one.decision), state: state(of: one))
      })
  }

  private func label(of decision: String) -> String {
    for policy in set.types.policies {
      for one in policy.decisions where "\(policy.name).\(one.name)" == decision {
        return one.label
      }
    }
    return decision
  }

  private func state(of one: SemanticDiff.DecisionDiff) -> ChangeModel.State {
    switch one.verdict {
    case .added: return .added
    case .removed: return .removed
    case .same: return .unchanged
    case .changed, .open:
      let regions = one.changes.flatMap { change -> [ChangeModel.Region] in
        let words = change.regions.isEmpty ? [[]] : change.regions
        return words.map { region(change, $0) }
      }
      return .changed(regions, notAnalysed: one.open.map(\.part))
    }
  }

  private func region(_ change: SemanticDiff.Change, _ words: [Phrase]) -> ChangeModel.Region {
    let answer = { (outcome: AnswerChange.Outcome) in ChangeMessages.word(outcome) }
    return ChangeModel.Region(
      words.isEmpty ? "everywhere" : SourceMessages.list(words, last: .and),
      before: answer(change.change.from), after: change.change.words(in: catalog.language),
      witness: change.witness.request.text)
  }
}
