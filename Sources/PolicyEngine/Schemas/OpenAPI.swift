/// The protocol of the daemon as OpenAPI 3.1, with a path for every decision of a set.
import PolicyCompiler
import PolicyRuntime

/// Makes the description of a set.
struct OpenAPI {
  private let set: PolicySet

  init(_ set: PolicySet) { self.set = set }

  /// The whole document.
  var tree: JSONTree {
    let decisions = decisions()
    let paths = fixedPaths + decisions.paths
    let names = set.decisionNames.map { JSONTree.string($0) }
    let schemas =
      EnvelopeSchemas.all(decisionNames: names) + AnswerSchemas.all + decisions.schemas
    return .object([
      .init("openapi", .string("3.1.0")),
      .init(
        "info",
        .object([
          .init("title", .string("Writ policy decisions")),
          .init("version", .string(String(set.digest.prefix(19)))),
          .init(
            "description",
            .string("Decisions of the policy set \(set.digest). Act only on `permitted: true`.")),
        ])),
      .init("servers", .array([.object([.init("url", .string("/"))])])),
      .init("paths", .object(paths)),
      .init(
        "components",
        .object([
          .init("schemas", .object(schemas)), .init("responses", .object(OpenAPIProblems.all)),
        ])),
    ])
  }

  // MARK: - Decisions

  /// For every decision its path and what its request is made of; of several versions the newest.
  private func decisions() -> (paths: [JSONTree.Member], schemas: [JSONTree.Member]) {
    var paths: [JSONTree.Member] = []
    var schemas: [JSONTree.Member] = []
    var seen: Set<String> = []
    for epoch in set.epochs.reversed() {
      for (index, policy) in epoch.types.policies.enumerated() {
        var definitions = SchemaDefinitions(
          place: "#/components/schemas/", prefix: SchemaDefinitions.plain(policy.name) + ".")
        for (number, decision) in policy.decisions.enumerated() {
          let reference = Reference(policy: index, index: number)
          let name = "\(policy.name).\(decision.name)"
          guard let program = epoch.programs.first(where: { $0.0 == reference })?.1,
            seen.insert(name).inserted
          else { continue }
          let maker = InputSchema(program: program, types: epoch.types, policy: index)
          let inputs = maker.inputs(&definitions)
          let request = SchemaDefinitions.plain(name) + ".Request"
          schemas.append(.init(request, EnvelopeSchemas.envelope(inputs: inputs)))
          paths.append(
            .init(
              "/v1/decide/\(name)",
              path(of: decision, named: name, in: policy.name, request: request)))
        }
        schemas += definitions.entries
      }
    }
    paths.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return (paths, schemas)
  }

  private func path(
    of decision: TypedDecision, named name: String, in policy: String, request: String
  ) -> JSONTree {
    let operation = Operation(
      id: name, summary: decision.label.isEmpty ? name : decision.label, tag: policy,
      request: [("application/json", Shape.reference(request))],
      answers: [
        ("application/json", Shape.reference(AnswerSchemas.name(of: decision.body.word)))
      ], problems: [400, 403, 404, 408, 411, 413, 415, 422, 431, 500, 503])
    return .object([.init("post", operation.tree)])
  }

  // MARK: - Everything else

  private var fixedPaths: [JSONTree.Member] {
    let lines = ("application/x-ndjson", Shape.text)
    return [
      .init(
        "/v1/decide",
        post(
          "decide.batch", "Many decisions, answered in order.",
          [("application/json", EnvelopeSchemas.batch), lines],
          [("application/json", EnvelopeSchemas.answers), lines])),
      .init(
        "/access/v1/evaluation",
        post(
          "authzen.evaluation", "One evaluation of AuthZEN 1.0.",
          [("application/json", Shape.reference("Evaluation"))],
          [("application/json", Shape.reference("EvaluationAnswer"))])),
      .init(
        "/access/v1/evaluations",
        post(
          "authzen.evaluations", "Several evaluations of AuthZEN 1.0.",
          [("application/json", Shape.reference("Evaluations"))],
          [
            (
              "application/json",
              Shape.any(of: [
                Shape.reference("EvaluationsAnswer"), Shape.reference("EvaluationAnswer"),
              ])
            )
          ])),
      .init(
        "/.well-known/authzen-configuration",
        get("authzen.configuration", "Where the endpoints of AuthZEN are.", "Configuration")),
      .init("/v1/policies", get("policies", "What is loaded.", "Policies")),
      .init("/v1/policies/{policy}", policyPath),
      .init("/openapi.json", get("openapi", "This document.", nil)),
      .init("/healthz", get("healthz", "That the daemon runs.", "Health")),
      .init("/readyz", get("readyz", "Whether requests are decided and logged.", "Readiness")),
      .init("/metrics", metrics),
    ]
  }

  private func post(
    _ id: String, _ summary: String, _ request: [(String, JSONTree)],
    _ answers: [(String, JSONTree)]
  ) -> JSONTree {
    let operation = Operation(
      id: id, summary: summary, tag: "writ", request: request, answers: answers,
      problems: [400, 403, 408, 411, 413, 415, 431, 500, 503])
    return .object([.init("post", operation.tree)])
  }

  private func get(_ id: String, _ summary: String, _ schema: String?) -> JSONTree {
    let operation = Operation(
      id: id, summary: summary, tag: "writ", request: [],
      answers: [("application/json", schema.map { Shape.reference($0) } ?? Shape.map)],
      problems: [400, 405, 503])
    return .object([.init("get", operation.tree)])
  }

  private var metrics: JSONTree {
    let operation = Operation(
      id: "metrics", summary: "Figures as the text format of Prometheus.", tag: "writ",
      request: [], answers: [("text/plain", Shape.text)], problems: [405])
    return .object([.init("get", operation.tree)])
  }

  private var policyPath: JSONTree {
    let operation = Operation(
      id: "policy", summary: "One policy with the schemas of its inputs.", tag: "writ",
      request: [], answers: [("application/json", Shape.reference("Policy"))],
      problems: [400, 404, 405])
    let parameter = JSONTree.object([
      .init("name", .string("policy")), .init("in", .string("path")),
      .init("required", .bool(true)), .init("schema", Shape.text),
    ])
    return .object([
      .init("parameters", .array([parameter])), .init("get", operation.tree),
    ])
  }
}

/// One operation of a path.
private struct Operation {
  let id: String
  let summary: String
  let tag: String
  let request: [(type: String, schema: JSONTree)]
  let answers: [(type: String, schema: JSONTree)]
  let problems: [Int]

  var tree: JSONTree {
    var members: [JSONTree.Member] = [
      .init("operationId", .string(id)), .init("summary", .string(summary)),
      .init("tags", .array([.string(tag)])),
    ]
    if !request.isEmpty {
      members.append(
        .init(
          "requestBody",
          .object([.init("required", .bool(true)), .init("content", Self.content(request))])))
    }
    let header = JSONTree.object([.init("schema", Shape.text)])
    let good = JSONTree.object([
      .init("description", .string("The answer.")),
      .init("headers", .object([.init("X-Request-ID", header)])),
      .init("content", Self.content(answers)),
    ])
    let responses =
      [JSONTree.Member("200", good)]
      + problems.map { status in
        let place = "#/components/responses/\(OpenAPIProblems.name(of: status))"
        return .init("\(status)", .object([.init("$ref", .string(place))]))
      }
    members.append(.init("responses", .object(responses)))
    return .object(members)
  }

  private static func content(_ types: [(type: String, schema: JSONTree)]) -> JSONTree {
    .object(types.map { .init($0.type, .object([.init("schema", $0.schema)])) })
  }
}
