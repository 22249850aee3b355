/// What answers look like, as JSON Schema: one schema for each kind of decision.
import PolicyCompiler

/// The schemas of answers and of their parts.
enum AnswerSchemas {
  /// The name of the schema of a kind's answers.
  static func name(of kind: String) -> String {
    kind.prefix(1).uppercased() + kind.dropFirst() + "Answer"
  }

  /// The kinds in the order of the documentation.
  static let kinds = ["release", "approval", "limit", "grade", "check", "value"]

  /// All of them by name.
  static let all: [JSONTree.Member] =
    [
      .init("Answer", Shape.any(of: kinds.map { Shape.reference(name(of: $0)) })),
      .init("Reason", reason), .init("Step", step), .init("Turn", turn),
      .init("Duty", duty), .init("Source", source),
    ] + kinds.map { .init(name(of: $0), answer(of: $0)) }

  /// The answer of a kind: its own members and those of all.
  private static func answer(of kind: String) -> JSONTree {
    let outcomes = words[kind] ?? []
    var properties = [
      Shape.must("decision", Shape.text),
      Shape.must("outcome", Shape.choice(outcomes + ["not_applicable"])),
    ]
    if kind != "grade", kind != "value" {
      properties.append(Shape.must("permitted", permitted))
    }
    return Shape.object(properties + own(kind) + common)
  }

  private static let permitted = Shape.noted(
    Shape.flag, "Test this and nothing else before you act: true only when callers may go ahead.")

  private static let words: [String: [String]] = [
    "release": ["allow", "hold", "deny"], "approval": ["chain", "invalid", "needs"],
    "limit": ["within", "exceeded", "needs"], "grade": ["grade", "needs"],
    "check": ["valid", "invalid", "needs"], "value": ["value", "needs"],
  ]

  /// What every answer has.
  private static let common: [Shape.Property] = [
    Shape.must("needs", Shape.noted(Shape.texts, "The paths of the facts that are missing.")),
    Shape.must("duties", Shape.list(of: Shape.reference("Duty"))),
    Shape.must("copies", Shape.texts),
    Shape.may("notices", Shape.texts), Shape.may("files", Shape.texts),
    Shape.may("possibleCopies", Shape.texts), Shape.may("possibleNotices", Shape.texts),
    Shape.may("possibleFiles", Shape.texts), Shape.may("notApplicable", Shape.maps),
    Shape.must("asOf", Shape.date),
    Shape.must("policies", Shape.matching("^sha256:[0-9a-f]{64}$")),
    Shape.must("requestId", Shape.text),
    Shape.must("decisionId", Shape.matching("^[0-9a-f]{32}$")),
    Shape.may("trace", Shape.anything),
    Shape.may("item", Shape.noted(Shape.count, "The number of the item in a batch, from 1.")),
    Shape.may("id", Shape.noted(Shape.anything, "What the item of a batch calls itself.")),
  ]

  private static func own(_ kind: String) -> [Shape.Property] {
    let reasons = Shape.list(of: Shape.reference("Reason"))
    switch kind {
    case "release":
      return [
        Shape.may("reasons", reasons), Shape.may("cleared", Shape.maps),
        Shape.may("refusedClearances", Shape.maps),
      ]
    case "approval":
      return [
        Shape.may("problems", reasons),
        Shape.may("steps", Shape.list(of: Shape.reference("Step"))),
        Shape.may("status", Shape.choice(["open", "approved", "refused"])),
        Shape.may("next", Shape.list(of: Shape.reference("Turn"))),
        Shape.may("violations", Shape.maps),
        Shape.may("holders", Shape.choice(["checked", "claimed"])),
        Shape.may("facts", Shape.map), Shape.may("returnedTo", Shape.anything),
        Shape.may("mayIntervene", Shape.anything),
      ]
    case "limit":
      return [
        Shape.may("limit", Shape.figure), Shape.may("used", Shape.figure),
        Shape.may("asked", Shape.figure), Shape.may("headroom", Shape.figure),
        Shape.may("within", Shape.any(of: [Shape.flag, Shape.choice(["unknown"])])),
        Shape.may("warning", Shape.anything), Shape.may("binding", Shape.map),
      ]
    case "grade":
      return [
        Shape.may("grade", Shape.text), Shape.may("label", Shape.text),
        Shape.may("points", Shape.figure), Shape.may("rows", Shape.maps),
        Shape.may("caps", Shape.maps), Shape.may("signs", Shape.maps),
        Shape.may("band", Shape.map),
      ]
    case "check": return [Shape.may("problems", reasons)]
    default: return [Shape.may("value", Shape.anything)]
    }
  }

  // MARK: - Parts

  private static let reason = Shape.object([
    Shape.must("code", Shape.text),
    Shape.must("effect", Shape.choice(["deny", "hold", "invalid"])),
    Shape.may("unknown", Shape.flag), Shape.may("item", Shape.count),
    Shape.may("text", Shape.text), Shape.may("because", Shape.text), Shape.may("at", Shape.text),
    Shape.may("source", Shape.reference("Source")), Shape.may("facts", Shape.map),
    Shape.may("clearable", Shape.map),
  ])

  private static let step = Shape.object([
    Shape.must("step", Shape.text), Shape.may("label", Shape.text),
    Shape.may("by", Shape.anything), Shape.may("byLabel", Shape.anything),
    Shape.must("act", Shape.text), Shape.may("criteria", Shape.texts),
    Shape.may("onRefusal", Shape.text), Shape.may("given", Shape.map),
    Shape.may("because", Shape.text), Shape.may("at", Shape.text),
    Shape.may("source", Shape.reference("Source")),
  ])

  private static let turn = Shape.object([
    Shape.must("step", Shape.text), Shape.may("by", Shape.anything),
    Shape.may("byLabel", Shape.anything), Shape.may("act", Shape.text),
    Shape.may("due", Shape.date), Shape.may("overdue", Shape.flag),
    Shape.may("escalated", Shape.anything),
  ])

  private static let duty = Shape.object([
    Shape.must("code", Shape.text), Shape.may("unknown", Shape.flag),
    Shape.may("text", Shape.text), Shape.may("by", Shape.anything), Shape.may("on", Shape.text),
    Shape.may("due", Shape.text), Shape.may("at", Shape.text), Shape.may("because", Shape.text),
    Shape.may("source", Shape.reference("Source")),
  ])

  private static let source = Shape.object([
    Shape.may("document", Shape.text), Shape.may("clause", Shape.text),
  ])
}
