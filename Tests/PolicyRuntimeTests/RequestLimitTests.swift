/// The bounds of a request: items of a list, of all lists, bytes of a text, clearances.
import PolicyRuntime
import PolicySource
import Testing

@Suite struct RequestLimitTests {
  /// What the reader says of a body.
  private func problem(_ body: String) -> RequestProblem? {
    let program = SampleSchema.order
    var frame = Frame(program)
    do throws(RequestProblem) {
      _ = try RequestReader.read(
        Array(body.utf8).span, program, into: &frame, asOf: Day(number: 20_000))
      return nil
    } catch {
      return error
    }
  }

  private func tags(_ count: Int) -> String {
    "[" + Array(repeating: "\"x\"", count: count).joined(separator: ",") + "]"
  }

  @Test func listHasItsLimit() throws {
    #expect(problem("{\"input\": {\"tags\": \(tags(RequestLimits.listItems))}}") == nil)
    let found = try #require(
      problem("{\"input\": {\"tags\": \(tags(RequestLimits.listItems + 1))}}"))
    #expect(found.code == .listTooLong)
    #expect(found.pointer == "/input/tags")
    let words = RequestMessages.words(found).detail.description
    #expect(words == "`tags` has more than 1,000 items")
  }

  @Test func listOfRecordsWithListsHasItsLimit() throws {
    let lines = Array(repeating: "{\"lots\": []}", count: RequestLimits.listItems + 1)
    let found = try #require(
      problem("{\"input\": {\"order\": {\"lines\": [\(lines.joined(separator: ","))]}}}"))
    #expect(found.code == .listTooLong)
    #expect(found.pointer == "/input/order/lines")
  }

  @Test func allItemsTogetherHaveTheirLimit() throws {
    let lots = Array(repeating: "{\"size\": 1}", count: 998).joined(separator: ",")
    func lines(_ count: Int) -> String {
      Array(repeating: "{\"lots\": [\(lots)]}", count: count).joined(separator: ",")
    }
    #expect(problem("{\"input\": {\"order\": {\"lines\": [\(lines(100))]}}}") == nil)
    let found = try #require(problem("{\"input\": {\"order\": {\"lines\": [\(lines(101))]}}}"))
    #expect(found.code == .listTooLong)
    #expect(found.pointer == "/input/order/lines/100/lots")
    let words = RequestMessages.words(found).detail.description
    #expect(words == "the request has more than 100,000 items in its lists")
  }

  @Test func textHasItsLimit() throws {
    let most = String(repeating: "a", count: RequestLimits.textBytes)
    #expect(problem("{\"input\": {\"order\": {\"id\": \"\(most)\"}}}") == nil)
    let found = try #require(problem("{\"input\": {\"order\": {\"id\": \"\(most)a\"}}}"))
    #expect(found.code == .textTooLong)
    #expect(found.pointer == "/input/order/id")
  }

  @Test func clearancesHaveTheirLimit() throws {
    let one = "{\"decision\": \"x.y\", \"code\": \"c\", \"by\": \"sales\", \"on\": \"2026-11-20\"}"
    func all(_ count: Int) -> String {
      Array(repeating: one, count: count).joined(separator: ",")
    }
    #expect(problem("{\"clearances\": [\(all(RequestLimits.clearances))]}") == nil)
    let found = try #require(problem("{\"clearances\": [\(all(RequestLimits.clearances + 1))]}"))
    #expect(found.code == .listTooLong)
    #expect(found.pointer == "/clearances")
  }
}
