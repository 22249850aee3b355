/// Which fields have a place in the frame: those that something reads, and no others.
import PolicyCompiler
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct FieldSlotTests {
  private static let types = """
    policy p
      currency CNY
    type Line { sku Text, quantity Number >= 0, note Text? }
    type Order { id Text, lines List of Line, paid Bool, remark Text? }
    input order Order

    """

  private func program(_ decision: String) throws -> Program {
    let checked = CheckedPolicies([("p.writ", Self.types + decision)])
    let set = try #require(checked.set, "\(checked.errors)")
    let last = Reference(policy: 0, index: set.policies[0].decisions.count - 1)
    return Lowering.lower(last, in: set).0
  }

  /// The fields that have a slot, as sorted paths.
  private func slots(_ program: Program) -> [String] {
    let schema = program.schema
    return schema.nodes.indices.filter { $0 > 0 && schema.nodes[$0].slot >= 0 }
      .map { schema.path(of: $0) }.sorted()
  }

  private func outcome(_ program: Program, _ body: String) throws -> (Outcomes, [String]) {
    var frame = Frame(program)
    let bytes = Array(body.utf8)
    _ = try RequestReader.read(
      bytes.span, program, into: &frame, asOf: Day(text: "2026-11-21".utf8) ?? Day(number: 0))
    Machine.run(program, &frame, body: bytes.span)
    let need = frame.found.answer.need
    return (frame.found.answer.outcome, need < 0 ? [] : frame.paths(of: need, program))
  }

  private let short = """
    release r {
      deny short "{order.id}" when any line in order.lines where line.quantity < 1
    }
    """

  @Test func onlyFieldsThatAreReadHaveASlot() throws {
    // The item of a list has the list's path, and no slot of its own.
    #expect(slots(try program(short)) == ["order.id", "order.lines", "order.lines.quantity"])
  }

  @Test func whatNothingReadsIsCheckedAllTheSame() throws {
    let program = try program(short)
    let line = #"{"sku":"S","quantity":2,"note":null}"#
    let whole = #"{"input":{"order":{"id":"A","lines":[\#(line)],"paid":true,"remark":"r"}}}"#
    #expect(try outcome(program, whole) == (.allow, []))
    for (good, bad) in [
      (#""paid":true"#, #""paid":1"#), (#""sku":"S""#, #""sku":7"#),
      (#""remark":"r""#, #""remark":[]"#),
    ] {
      #expect(throws: RequestProblem.self) {
        try outcome(program, whole.replacing(good, with: bad))
      }
    }
  }

  @Test func whatNothingReadsIsNotNeeded() throws {
    let program = try program(short)
    let known = #"{"input":{"order":{"id":"A","lines":[{"quantity":2}]}}"#
    #expect(try outcome(program, known + "}") == (.allow, []))
    let unknown = #","unknown":["order.paid","order.remark","order.lines[1].sku"]}"#
    #expect(try outcome(program, known + unknown) == (.allow, []))
  }

  @Test func recordsThatAreTakenWholeKeepEveryField() throws {
    let program = try program("value v of Line = the line in order.lines where line.quantity > 1")
    #expect(slots(program).contains("order.lines.sku"))
    #expect(slots(program).contains("order.lines.note"))
  }
}
