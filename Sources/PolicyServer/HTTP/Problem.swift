/// The server's own refusals: their status, stable code and wording, as `application/problem+json`.
import PolicyEngine
import PolicySource

/// One refusal (RFC 9457); `detail` says what is wrong in one sentence.
struct Problem: Equatable {
  let status: Int
  let code: String
  let detail: Phrase
  /// The value of `Allow`, for a 405.
  var allow: String?
  /// The JSON Pointer of the offending place of the body.
  var pointer: String?

  init(
    _ status: Int, _ code: String, _ detail: Phrase, allow: String? = nil, pointer: String? = nil
  ) {
    self.status = status
    self.code = code
    self.detail = detail
    self.allow = allow
    self.pointer = pointer
  }

  static func answersTooLarge(limit: Int) -> Problem {
    Problem(
      413, "answers_too_large",
      "the answers of this batch are larger than \(limit) bytes; ask for the rest in another batch")
  }
  static let badItemID = Problem(
    400, "bad_item_id", "the `id` of an item is a text or a number of at most 128 bytes")
  static let bareLineFeed = Problem(
    400, "bare_line_feed", "a line of the header does not end in CR LF")
  static func batchTooLarge(limit: Int) -> Problem {
    Problem(413, "batch_too_large", "the batch has more than \(limit) items")
  }
  static func bodyTooLarge(limit: Int) -> Problem {
    Problem(413, "body_too_large", "the body is larger than \(limit) bytes")
  }
  static func conflictingInput(_ name: String, _ first: String, _ second: String) -> Problem {
    Problem(
      400, "conflicting_input", "the input `\(name)` is given by both `\(first)` and `\(second)`",
      pointer: "\(second)/\(name)")
  }
  static let conflictingLength = Problem(
    400, "conflicting_length",
    "the length of the body is given twice, or by both Content-Length and Transfer-Encoding")
  static let controlCharacter = Problem(
    400, "control_character", "a header field holds a control character")
  static let draining = Problem(
    503, "draining", "the daemon is stopping and the request was not whole yet")
  static let foldedField = Problem(
    400, "folded_field", "a header field is continued on a second line")
  static let headerTooLarge = Problem(
    431, "header_too_large", "the header fields are too many or too long")
  static let incomplete = Problem(
    400, "incomplete_request", "the connection ended in the middle of the request")
  static let internalError = Problem(500, "internal_error", "the daemon made a mistake of its own")
  static let lengthRequired = Problem(
    411, "length_required", "a POST needs Content-Length or Transfer-Encoding: chunked")
  static func lineTooLarge(limit: Int) -> Problem {
    Problem(413, "line_too_large", "the line is larger than \(limit) bytes")
  }
  static let lineTooLong = Problem(414, "target_too_long", "the request line is too long")
  static let logFull = Problem(
    503, "log_full", "more decisions wait to be recorded than may wait; ask again in a moment")
  static func logNotWritable(_ reason: String) -> Problem {
    Problem(
      503, "log_not_writable",
      "the decision could not be recorded, so it is not given: \(reason)")
  }
  static let malformedChunk = Problem(400, "malformed_chunk", "the chunked body is malformed")
  static let malformedFieldName = Problem(
    400, "malformed_field", "a header field is not a name, a colon and a value")
  static let malformedHost = Problem(400, "malformed_host", "the Host field is malformed")
  static let malformedLength = Problem(
    400, "malformed_length", "Content-Length is not a row of digits")
  static let malformedPath = Problem(
    400, "malformed_path", "a percent sign in the path is not followed by two hexadecimal digits")
  static let malformedRequestLine = Problem(
    400, "malformed_request_line",
    "the request line is not a method, a path and HTTP/1.1 with one space between them")
  static let malformedTarget = Problem(
    400, "malformed_target", "the target of the request is not a path that begins with a slash")
  static func methodNotAllowed(allow: String) -> Problem {
    Problem(
      405, "method_not_allowed", "the path is there, but only for `\(allow)`", allow: allow)
  }
  static let missingDecision = Problem(
    400, "missing_decision", "an item names its decision: `\"decision\": \"policy.decision\"`")
  static func missingPart(at place: String) -> Problem {
    Problem(400, "missing_member", "`\(place)` is missing", pointer: place)
  }
  static func misspeltPart(_ name: String, nearest: String, at place: String) -> Problem {
    Problem(
      400, "unknown_field", "there is no input `\(name)`; did you mean `\(nearest)`?",
      pointer: "\(place)/\(name)")
  }
  static let missingHost = Problem(400, "missing_host", "HTTP/1.1 needs the Host field")
  static let notBatch = Problem(
    415, "not_json",
    "the body must have `Content-Type: application/json` or `application/x-ndjson`")
  static let notJSON = Problem(
    415, "not_json", "the body must have `Content-Type: application/json`")
  static let notJSONObject = Problem(
    400, "not_json", "the body must have `Content-Type: application/json`")
  static let logNotWritable = Problem(
    503, "log_not_writable", "the decision log cannot be written, so nothing is decided")
  static func notFound(path: String, nearest: String?) -> Problem {
    guard let nearest else {
      return Problem(404, "not_found", "there is nothing at `\(path)`")
    }
    return Problem(404, "not_found", "there is nothing at `\(path)`; did you mean `\(nearest)`?")
  }
  static let queryNotSupported = Problem(
    400, "query_not_supported", "this path takes no query; facts and dates stand in the body")
  static let requestTimeout = Problem(
    408, "request_timeout", "the rest of the request did not arrive in time")
  static let severalContentTypes = Problem(
    400, "several_content_types", "Content-Type is given twice")
  static let severalHosts = Problem(400, "several_hosts", "Host is given twice")
  static let tooManyConnections = Problem(
    503, "too_many_connections", "the daemon has as many connections as it may have")
  static let unknownExpectation = Problem(
    417, "unknown_expectation", "only `Expect: 100-continue` is understood")
  static func unknownSemantic(_ word: String, nearest: String?, at place: String) -> Problem {
    guard let nearest else {
      return Problem(
        400, "unknown_semantic", "there is no way `\(word)` to evaluate", pointer: place)
    }
    return Problem(
      400, "unknown_semantic",
      "there is no way `\(word)` to evaluate; did you mean `\(nearest)`?", pointer: place)
  }
  static let unknownTransferCoding = Problem(
    501, "unknown_transfer_coding", "only `Transfer-Encoding: chunked` is understood")
  static let versionNotSupported = Problem(
    505, "version_not_supported", "only HTTP/1.1 and HTTP/1.0 are spoken here")
  static func wrongPart(_ expected: Phrase, at place: String) -> Problem {
    Problem(400, "wrong_type", "`\(place)` must be \(expected)", pointer: place)
  }

  /// Appends the problem document.
  ///
  /// Its title is the name of the status in HTTP, which RFC 9457 asks for where the type says no more;
  /// names are not translated.
  func write(requestID: [UInt8], in language: Language, to out: inout [UInt8]) {
    var members: [JSONTree.Member] = [
      .init("type", .string("about:blank")), .init("title", .string(StatusLine.reason(status))),
      .init("status", .number(String(status))), .init("code", .string(code)),
      .init("detail", .string(detail.text(in: Self.catalog(of: language)))),
    ]
    if let pointer { members.append(.init("pointer", .string(pointer))) }
    members.append(.init("requestId", .string(String(decoding: requestID, as: UTF8.self))))
    out += JSONTree.object(members).bytes
  }
}
