/// The wording of mistakes in approvals and histories, sorted.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
  static func actWithoutPost(_ step: Name) -> Self {
    Self(
      "act-without-post", .error,
      "this act does not say as which post `\(step.text)` was given",
      at: step.range,
      help: "write `as POST` behind the person; only the requester acts without a post")
  }

  static func ambiguousAct(_ step: Name, _ decisions: [String]) -> Self {
    Self(
      "ambiguous-act", .error,
      "`\(step.text)` is a step of several approvals: \(list(decisions))",
      at: step.range,
      help: "write `act \(decisions.first ?? "decision").\(step.text) …`")
  }

  static func delegationsOverlap(
    _ range: SourceRange, _ post: String, _ day: String, first: SourceRange
  ) -> Self {
    Self(
      "delegations-overlap", .error,
      "two persons stand in for `\(post)` on \(day)",
      at: range,
      notes: [.init("the other delegation is here", at: first)],
      help: "let one end before the other begins, or name different decisions")
  }

  static func distinctAndSkip(_ keyword: Name) -> Self {
    Self(
      "distinct-and-skip", .error,
      "`distinct approvers` and `skip repeats` contradict each other",
      at: keyword.range,
      help: "either one person never fills two steps, or the second one is dropped")
  }

  static func needTooMany(_ range: SourceRange, _ wanted: Int, of count: Int) -> Self {
    Self(
      "need-too-many", .error,
      "\(wanted) are needed of \(count) steps",
      at: range,
      help: "write `need all`, or a number up to \(count)")
  }

  static func noBusinessDays(_ range: SourceRange) -> Self {
    Self(
      "no-business-days", .error,
      "there is no calendar of business days for this deadline",
      at: range,
      help: "declare a `calendar`, or count in `days`")
  }

  static func nobodyRequested(_ keyword: Name) -> Self {
    Self(
      "nobody-requested", .error,
      "this approval does not say who asked, so nobody's request is their own",
      at: keyword.range,
      help: "add `requested by PERSON`")
  }

  static func noDelegations(_ range: SourceRange) -> Self {
    Self(
      "no-delegations", .error,
      "no policy of the set says who stands in for whom",
      at: range,
      help: "declare `delegations { … }`")
  }

  static func noSuchCriterion(_ range: SourceRange, _ number: Int, _ step: String, of count: Int)
    -> Self
  {
    Self(
      "no-such-criterion", .error,
      "`\(step)` has no criterion \(number)",
      at: range,
      help: count == 0 ? "it names no criteria" : "its criteria are 1 to \(count)")
  }

  static func nothingWaits(_ range: SourceRange) -> Self {
    Self(
      "nothing-waits", .error,
      "nothing waits for a step that `files`, so it has no deadline",
      at: range,
      help: "leave the deadline out, or use `signs`")
  }

  static func onlyStepsTogether(_ keyword: Name) -> Self {
    Self(
      "only-steps-together", .error,
      "only steps stand side by side, not `\(keyword.text)`",
      at: keyword.range,
      help: "move it out of `together`")
  }

  static func registerCell(_ range: SourceRange, _ column: String) -> Self {
    Self(
      "register-cell", .error,
      "the column `\(column)` holds one value or `-`",
      at: range,
      help: "write a row for each")
  }

  static func registerGap(_ range: SourceRange, _ column: String) -> Self {
    Self(
      "register-gap", .error,
      "this row does not say which `\(column)`",
      at: range,
      help: "every row fills the columns `post` and `person`, where it has them")
  }

  static func siblingStep(_ name: Name, of step: String) -> Self {
    Self(
      "sibling-step", .error,
      "a refusal of `\(step)` cannot go to `\(name.text)`, which stands beside it",
      at: name.range,
      help: "name a step before `together`, or `requester`")
  }

  static func togetherAlone(_ keyword: Name) -> Self {
    Self(
      "together-alone", .error,
      "fewer than two steps stand side by side here",
      at: keyword.range,
      help: "write the step without `together`")
  }

  static func tooManyCriteria(_ step: Name, limit: Int) -> Self {
    Self(
      "too-many-criteria", .error,
      "`\(step.text)` has more than \(limit) criteria",
      at: step.range,
      help: "split the step")
  }

  static func unknownDelegated(
    _ name: String, _ range: SourceRange, nearest: String?, all: [String]
  ) -> Self {
    Self(
      "unknown-delegated", .error,
      "there is no approval `\(name)` to stand in for",
      at: range,
      help: meant(nearest, "write `policy.approval`: \(list(all))"))
  }

  static func unknownResult(_ name: Name, nearest: String?, all: [String]) -> Self {
    Self(
      "unknown-result", .error,
      "`\(name.text)` is not what an act can be",
      at: name.range,
      help: meant(nearest, "an act \(list(all))"))
  }

  static func unknownViolation(_ name: Name, nearest: String?, all: [String]) -> Self {
    Self(
      "unknown-violation", .error,
      "there is no violation `\(name.text)`",
      at: name.range,
      help: meant(nearest, "the violations are \(list(all))"))
  }
}
