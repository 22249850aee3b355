/// A `for each` over a list that is chosen by a condition: answers tell of the items of that list.
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
import TestSupport
import Testing

@Suite struct ChosenListTests {
  private static let policy = """
    policy p "Deliveries and samples"
      currency CNY
    type Line { item Text, quantity Number, stock Number }
    input is_sample Bool
    input ordered List of Line
    input samples List of Line
    release may_ship {
      hold short "{line.item}: {line.quantity - line.stock} too few"
        for each line in if is_sample then samples else ordered
        when line.quantity > line.stock
    }
    """

  /// All facts are known, so that the straight code decides; then one is not, so that the careful code does.
  @Test(arguments: [
    #"{"is_sample":true,"ordered":[{"item":"A","quantity":9,"stock":1}],"#
      + #""samples":[{"item":"B","quantity":3,"stock":5},{"item":"C","quantity":7,"stock":5}]}"#,
    #"{"is_sample":true,"ordered":[{"item":"A","quantity":9}],"#
      + #""samples":[{"item":"B","quantity":3,"stock":5},{"item":"C","quantity":7,"stock":5}]}"#,
  ]) func theItemIsOfTheListThatWasChosen(_ input: String) throws {
    let checked = CheckedPolicies([("p.writ", Self.policy)])
    let set = try #require(checked.set, "\(checked.errors)")
    let (program, _) = Lowering.lower(Reference(policy: 0, index: 0), in: set)
    var frame = Frame(program)
    let body = Array("{\"input\":\(input)}".utf8)
    let options = try RequestReader.read(
      body.span, program, into: &frame, asOf: Day(number: 20_000))
    Machine.run(program, &frame, body: body.span)
    let out = WrittenAnswer.bytes(program, &frame, body, options)
    let reasons = try #require(JSONTree(parsing: out)?["reasons"]?.items)
    #expect(reasons.map { $0["text"]?.word } == ["C: 2 too few"])
    #expect(reasons.map { $0["item"]?.word } == ["2"])
    #expect(reasons.map { $0["facts"]?["line.quantity"]?.word } == ["7"])
  }
}
