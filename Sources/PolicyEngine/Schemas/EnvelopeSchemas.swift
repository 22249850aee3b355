/// The schemas of requests beside the inputs, of problems, and of what is not a decision.
import PolicyRuntime

/// Named schemas that do not depend on the policies.
enum EnvelopeSchemas {
  /// The envelope of one decision.
  static func envelope(inputs: JSONTree) -> JSONTree {
    Shape.object([Shape.may("input", inputs)] + rest, closed: true)
  }

  /// The members of an envelope beside the inputs.
  private static let rest: [Shape.Property] = [
    Shape.may("asOf", Shape.date), Shape.may("today", Shape.date),
    Shape.may(
      "clearances",
      Shape.list(of: Shape.reference("Clearance"), atMost: RequestLimits.clearances)),
    Shape.may("unknown", Shape.texts),
    Shape.may("explain", Shape.choice(["none", "reasons", "trace"])),
    Shape.may("history", Shape.list(of: Shape.reference("Act"), atMost: History.limit)),
  ]

  /// The body of a batch.
  static let batch = Shape.list(of: Shape.reference("BatchItem"), atMost: RequestLimits.batchItems)
  /// The answers of a batch.
  static let answers = Shape.list(
    of: Shape.any(of: [Shape.reference("Answer"), Shape.reference("Problem")]))

  /// All of them by name.
  static func all(decisionNames: [JSONTree]) -> [JSONTree.Member] {
    let name = JSONTree.object([
      .init("type", .string("string")), .init("enum", .array(decisionNames)),
    ])
    let item = Shape.object(
      [
        Shape.must("decision", name), Shape.may("id", Shape.anything),
        Shape.may("input", Shape.map),
      ] + rest, closed: true)
    return [
      .init("DecisionName", name), .init("BatchItem", item), .init("Clearance", clearance),
      .init("Act", act), .init("Problem", problem),
    ] + evaluations + others
  }

  private static let item = JSONTree.object([
    .init("type", .string("integer")), .init("minimum", .number("1")),
  ])

  private static let clearance = Shape.object(
    [
      Shape.must("decision", Shape.text), Shape.must("code", Shape.text),
      Shape.may("item", item), Shape.must("by", Shape.text), Shape.may("person", Shape.text),
      Shape.must("on", Shape.date),
      Shape.may(
        "amount", .object([.init("type", .array([.string("string"), .string("number")]))])),
      Shape.may("facts", Shape.map),
    ], closed: true)

  private static let act = Shape.object(
    [
      Shape.must("decision", Shape.text), Shape.must("step", Shape.text),
      Shape.must("person", Shape.text), Shape.may("post", Shape.text),
      Shape.must("result", Shape.text), Shape.must("on", Shape.date),
      Shape.may("criteria", Shape.list(of: Shape.anything)),
      Shape.may("delegate", Shape.flag), Shape.may("facts", Shape.map),
    ], closed: true)

  private static let problem = Shape.object([
    Shape.must("type", Shape.text), Shape.must("title", Shape.text),
    Shape.must(
      "status",
      .object([
        .init("type", .string("integer")), .init("minimum", .number("400")),
        .init("maximum", .number("599")),
      ])),
    Shape.must("code", Shape.noted(Shape.text, "Stable; what programs test.")),
    Shape.must("detail", Shape.text), Shape.may("help", Shape.text),
    Shape.may("pointer", Shape.noted(Shape.text, "A JSON Pointer into the request.")),
    Shape.may("nearest", Shape.any(of: [Shape.text, Shape.texts])),
    Shape.may("at", Shape.text), Shape.may("clause", Shape.text),
    Shape.must("requestId", Shape.text), Shape.may("trace", Shape.anything),
    Shape.may("item", Shape.count), Shape.may("id", Shape.anything),
  ])

  // MARK: - AuthZEN

  private static let evaluations: [JSONTree.Member] = {
    let entity = Shape.object([
      Shape.must("type", Shape.text), Shape.must("id", Shape.text),
      Shape.may("properties", Shape.map),
    ])
    let action = Shape.object([
      Shape.must("name", Shape.text), Shape.may("properties", Shape.map),
    ])
    let parts = [("subject", entity), ("action", action), ("resource", entity)]
    let context = Shape.may("context", Shape.map)
    let semantics = Shape.choice([
      "execute_all", "deny_on_first_deny", "permit_on_first_permit",
    ])
    let open = Shape.object(parts.map { Shape.may($0.0, $0.1) } + [context])
    let answer = Shape.object([
      Shape.must("decision", Shape.flag),
      Shape.must(
        "context", Shape.any(of: [Shape.reference("Answer"), Shape.reference("Problem")])),
    ])
    return [
      .init("Evaluation", Shape.object(parts.map { Shape.must($0.0, $0.1) } + [context])),
      .init("EvaluationAnswer", answer),
      .init(
        "Evaluations",
        Shape.object(
          parts.map { Shape.may($0.0, $0.1) } + [
            context,
            Shape.may("evaluations", Shape.list(of: open, atMost: RequestLimits.batchItems)),
            Shape.may(
              "options", Shape.object([Shape.may("evaluations_semantic", semantics)])),
          ])),
      .init(
        "EvaluationsAnswer",
        Shape.object([
          Shape.must("evaluations", Shape.list(of: Shape.reference("EvaluationAnswer")))
        ])),
    ]
  }()

  private static let others: [JSONTree.Member] = [
    .init(
      "Configuration",
      Shape.object([
        Shape.must("policy_decision_point", Shape.text),
        Shape.must("access_evaluation_endpoint", Shape.text),
        Shape.must("access_evaluations_endpoint", Shape.text),
      ])),
    .init(
      "Policies",
      Shape.object([
        Shape.must("policies", Shape.maps), Shape.must("digest", Shape.text),
      ])),
    .init(
      "Policy",
      Shape.object([
        Shape.must("name", Shape.text), Shape.must("digest", Shape.text),
        Shape.must("versions", Shape.maps),
      ])),
    .init("Health", Shape.object([Shape.must("status", Shape.choice(["ok"]))])),
    .init(
      "Readiness",
      Shape.object([
        Shape.must("status", Shape.choice(["ready"])), Shape.must("policies", Shape.text),
        Shape.must("log", Shape.text),
      ])),
  ]
}
