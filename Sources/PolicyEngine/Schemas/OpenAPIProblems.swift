/// The problems of the protocol by status, with their codes, for the OpenAPI description.
import PolicyRuntime

/// The responses that carry a problem document.
enum OpenAPIProblems {
  /// The name of the response of a status.
  static func name(of status: Int) -> String { "Problem\(status)" }

  /// For each status its response.
  static let all: [JSONTree.Member] = codes.map { status, codes in
    let words = codes.map { "`\($0)`" }.joined(separator: ", ")
    let schema = JSONTree.object([
      .init(
        "allOf",
        .array([
          Shape.reference("Problem"),
          .object([
            .init("properties", .object([.init("status", constant(status))]))
          ]),
        ]))
    ])
    return .init(
      name(of: status),
      .object([
        .init("description", .string("A problem; `code` is one of \(words).")),
        .init(
          "content",
          .object([.init("application/problem+json", .object([.init("schema", schema)]))])),
      ]))
  }

  private static func constant(_ status: Int) -> JSONTree {
    .object([.init("const", .number("\(status)"))])
  }

  /// The codes of each status.
  static let codes: [(status: Int, codes: [String])] = [
    (400, RequestProblem.Code.allCases.map(\.rawValue) + form + evaluation + batch),
    (403, ["forbidden"]),
    (404, ["not_found", "no_such_decision"]),
    (405, ["method_not_allowed"]),
    (408, ["request_timeout"]),
    (411, ["length_required"]),
    (413, ["body_too_large", "batch_too_large", "answers_too_large", "line_too_large"]),
    (414, ["target_too_long"]),
    (415, ["not_json"]),
    (417, ["unknown_expectation"]),
    (422, Trap.Kind.allCases.map(\.code) + ["no_version_in_force"]),
    (431, ["header_too_large"]),
    (500, ["internal_error"]),
    (501, ["unknown_transfer_coding"]),
    (503, ["draining", "too_many_connections", "log_not_writable"]),
    (505, ["version_not_supported"]),
  ]

  /// What is wrong with the form of a request in HTTP.
  private static let form = [
    "bare_line_feed", "conflicting_length", "control_character", "folded_field",
    "incomplete_request", "malformed_chunk", "malformed_field", "malformed_host",
    "malformed_length", "malformed_path", "malformed_request_line", "malformed_target",
    "missing_host", "query_not_supported", "several_content_types", "several_hosts",
  ]
  private static let evaluation = [
    "conflicting_input", "missing_member", "not_json", "unknown_semantic",
  ]
  private static let batch = ["bad_item_id", "missing_decision"]
}
