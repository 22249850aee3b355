/// An answer of the reference, and the canonical text by which answers are compared.
///
/// The text has one line per thing, in this order; a line that does not apply is left out:
///
///     outcome OUTCOME
///     trap NAME                        (only for `outcome error`; comparisons may ignore the line)
///     reason CODE[ITEM] EFFECT [unknown]   (in source order, then by item)
///     cleared CODE[ITEM]               (in the same order)
///     step NAME POST
///     status STATUS                    (of a chain with a history; then what follows)
///     given STEP NUMBER                (the act that stands, in order of the steps)
///     returned STEP
///     next STEP [POST] ACT [due DAY] [overdue] [escalated]
///     violation NUMBER CODE
///     limit VALUE
///     used VALUE
///     asked VALUE
///     headroom VALUE
///     binding INDEX                    (of the cap, from 0: `start` first)
///     warning
///     grade MEMBER
///     points NAME VALUE|unknown
///     value VALUE
///     duty CODE [due DAY] [unknown]
///     copy POST [possible]             (sorted by name; so are `notice` and `file`)
///     needs PATH                       (sorted)
///
/// Values are canonical: `12000.5 CNY`, `0` (money without a currency), a Percent as its fraction,
/// `2026-11-21`, `true`, names of members and posts, texts and persons in plain quotes.

/// What the reference says to a request.
public struct ReferenceAnswer: Sendable {
  /// A reason of a release or a problem of a check or an approval.
  public struct Reason: Sendable {
    /// The code of the clause.
    public var code: String
    /// The item of a `for each` clause, from 1.
    public var item: Int?
    /// `deny`, `hold` or `invalid`.
    public var effect: String
    /// Whether it is listed because its condition is unknown.
    public var isUnknown: Bool
  }

  /// What a limit found.
  public struct Limit: Sendable {
    /// The least cap, what is used and asked, and limit less used, as canonical texts.
    public var limit: String, used: String, asked: String, headroom: String
    /// The index of the cap that binds.
    public var binding: Int
    /// Whether the warning line is reached.
    public var isWarning: Bool
  }

  /// A step of a chain.
  public struct Step: Sendable {
    /// The name of the step, and whose turn it is.
    public var name: String, post: String
  }

  /// How far a chain has come.
  public struct State: Sendable {
    /// `open`, `approved`, `refused`.
    public var status: String
    /// The acts that stand.
    public var given: [(step: String, act: Int)] = []
    /// Where a refusal has sent the case.
    public var returnedTo: String?
    /// Who may act, as the canonical text has it.
    public var next: [String] = []
    /// The acts that do not fit.
    public var violations: [(act: Int, code: String)] = []

    /// Makes a state without acts.
    public init(status: String) { self.status = status }
  }

  /// A row of points; nil when they are unknown.
  public struct Points: Sendable {
    /// The name of the row.
    public var name: String
    /// How many.
    public var value: String?
  }

  /// A code or name that is listed for sure, or only perhaps.
  public struct Listed: Sendable {
    /// The code of a duty, or who gets a copy.
    public var name: String
    /// Whether the condition is unknown.
    public var isUnknown: Bool
  }

  /// `allow`, `hold`, …, `not_applicable`, `needs`, `error`, or `refused` for malformed facts.
  public var outcome: String
  /// The name of the trap when the outcome is `error`.
  public var trap: String?
  /// The paths of the facts that are needed.
  public var needs: Set<String> = []
  /// Why.
  public var reasons: [Reason] = []
  /// What would be a reason had it not been cleared.
  public var cleared: [Reason] = []
  /// The chain of an approval.
  public var steps: [Step] = []
  /// How far the chain has come; nil without a history.
  public var state: State?
  /// The figures of a limit that is within or exceeded.
  public var limit: Limit?
  /// The class.
  public var grade: String?
  /// The points of a grade that is known.
  public var points: [Points] = []
  /// The figure of a value.
  public var value: String?
  /// The duties.
  public var duties: [Listed] = []
  /// Who gets a copy.
  public var copies: [Listed] = []
  /// Who gets a notice.
  public var notices: [Listed] = []
  /// With whom it is filed.
  public var files: [Listed] = []

  /// Makes an answer of nothing but an outcome.
  public init(outcome: String, trap: String? = nil) {
    self.outcome = outcome
    self.trap = trap
  }

  /// The canonical text, one line per thing.
  public var text: String {
    var lines = ["outcome \(outcome)"]
    if let trap { lines.append("trap \(trap)") }
    func named(_ reason: Reason) -> String { reason.code + (reason.item.map { "[\($0)]" } ?? "") }
    for reason in reasons {
      lines.append("reason \(named(reason)) \(reason.effect)\(reason.isUnknown ? " unknown" : "")")
    }
    lines += cleared.map { "cleared \(named($0))" }
    lines += steps.map { "step \($0.name) \($0.post)" }
    if let state {
      lines.append("status \(state.status)")
      lines += state.given.map { "given \($0.step) \($0.act)" }
      if let target = state.returnedTo { lines.append("returned \(target)") }
      lines += state.next.map { "next \($0)" }
      lines += state.violations.map { "violation \($0.act) \($0.code)" }
    }
    if let limit {
      lines += ["limit \(limit.limit)", "used \(limit.used)", "asked \(limit.asked)"]
      lines += ["headroom \(limit.headroom)", "binding \(limit.binding)"]
      if limit.isWarning { lines.append("warning") }
    }
    if let grade { lines.append("grade \(grade)") }
    lines += points.map { "points \($0.name) \($0.value ?? "unknown")" }
    if let value { lines.append("value \(value)") }
    lines += duties.map { "duty \($0.name)\($0.isUnknown ? " unknown" : "")" }
    for (word, listed) in [("copy", copies), ("notice", notices), ("file", files)] {
      lines += listed.map { "\(word) \($0.name)\($0.isUnknown ? " possible" : "")" }
    }
    lines += needs.sorted().map { "needs \($0)" }
    return lines.joined(separator: "\n")
  }
}
