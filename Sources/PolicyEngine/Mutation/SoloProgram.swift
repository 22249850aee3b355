/// One program with its working memory: what a request is answered when this program alone decides.
import PolicyCompiler
import PolicyRuntime
import PolicySource

/// Answers requests by one program. An answer names no set and no moment, so that equal answers are equal bytes.
final class SoloProgram {
  let program: Program
  /// The names of the inputs that a request may carry.
  let inputs: [String]
  private var frame: Frame
  private var seal = AnswerSeal(digest: "")

  init(_ program: Program) {
    self.program = program
    inputs = CaseRequest.inputs(of: program).sorted()
    frame = Frame(program)
  }

  /// Decides a request; `day` is that of a request without one.
  func decide(_ body: [UInt8], on day: Day) -> (status: Int, bytes: [UInt8]) {
    var out: [UInt8] = []
    let mark = Array("case".utf8)
    let options: RequestOptions
    do throws(RequestProblem) {
      options = try RequestReader.read(body.span, program, into: &frame, asOf: day)
    } catch {
      return refusal(ProblemWriter.document(error))
    }
    let asOf = frame.asOf
    if let missing = program.requirements.first(where: { !$0.holds(on: asOf) }) {
      var document = ProblemWriter.Document(
        status: 422, code: "no_version_in_force", title: "no version of the policy is in force",
        detail: .verbatim(missing.policy))
      document.pointer = "/asOf"
      return refusal(document)
    }
    Machine.run(program, &frame, body: body.span)
    if let trap = frame.found.answer.error {
      return refusal(ProblemWriter.document(trap, program))
    }
    AnswerWriter.write(
      program, &frame, body: body.span, options: options, seal: &seal, requestID: mark.span,
      decisionID: mark.span, into: &out)
    return (200, out)
  }

  private func refusal(_ document: ProblemWriter.Document) -> (status: Int, bytes: [UInt8]) {
    var out: [UInt8] = []
    let mark = Array("case".utf8)
    ProblemWriter.write(document, requestID: mark.span, in: .english, into: &out)
    return (document.status, out)
  }
}
