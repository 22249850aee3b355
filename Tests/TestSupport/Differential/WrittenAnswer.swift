/// The bytes of an answer as a client gets them, whatever code has decided it.
public import PolicyRuntime

/// Writes what a run has left in a frame.
public enum WrittenAnswer {
  /// The answer or the problem document.
  public static func bytes(
    _ program: Program, _ frame: inout Frame, _ body: [UInt8], _ options: RequestOptions
  ) -> [UInt8] {
    var out: [UInt8] = []
    let id = Array("t".utf8)
    var seal = AnswerSeal(digest: "")
    guard let trap = frame.answer.error else {
      AnswerWriter.write(
        program, &frame, body: body.span, options: options, seal: &seal, requestID: id.span,
        decisionID: id.span, into: &out)
      return out
    }
    let document = ProblemWriter.document(trap, program)
    if options.explain == .trace {
      ProblemWriter.write(
        document, tracing: program, &frame, body: body.span, requestID: id.span, into: &out)
    } else {
      ProblemWriter.write(document, requestID: id.span, into: &out)
    }
    return out
  }
}
