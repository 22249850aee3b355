/// Cutting JSON texts into pieces: the places of the pieces, and what is refused.
import PolicyRuntime
import Testing

@Suite struct JSONPiecesTests {
  private func items(_ text: String, limit: Int = .max) throws(RequestProblem) -> [String] {
    let bytes = Array(text.utf8)
    return try JSONPieces.items(of: bytes.span, limit: limit).map { item in
      item.problem.map(\.code.rawValue) ?? String(decoding: bytes[item.range], as: UTF8.self)
    }
  }

  @Test func cutsItemsWhereTheyStand() throws {
    #expect(try items(" [ ] ").isEmpty)
    #expect(try items("[1]") == ["1"])
    #expect(
      try items("\n[ {\"a\" : [1, 2]} ,\"x,]\" ,null,\ttrue, -1.5e3 ]\r\n")
        == ["{\"a\" : [1, 2]}", "\"x,]\"", "null", "true", "-1.5e3"])
  }

  @Test func aMistakeOfOneItemIsItsOwn() throws {
    #expect(try items("[{\"a\":1,\"a\":2},1]") == ["duplicate_name", "1"])
    let deep = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
    #expect(try items("[0,{\"a\":\(deep)},1]") == ["0", "too_deep", "1"])
    // What may be asked alone may stand in a batch.
    let alone = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(try items("[\(alone)]") == [alone])
  }

  @Test(arguments: [
    "", "{}", "null", "[", "]", "[1", "[1,]", "[,1]", "[1 2]", "[1]]", "[1],", "[nul]", "[\"a]",
    "[{\"a\":1,\"a\":[}]", "[1]x",
  ])
  func refusesWhatIsNotAnArray(text: String) {
    #expect(throws: RequestProblem.self) { try items(text) }
  }

  @Test func stopsBehindTheLimit() throws {
    #expect(try items("[1,2,3,4", limit: 2) == ["1", "2", "3"])
  }

  @Test func cutsMembersByTheirNames() throws {
    let bytes = Array(" {\"a\" : 1, \"\\u0062\":{\"c\":[]} ,\"\":\"x\"}".utf8)
    let members = try JSONPieces.members(of: bytes.span)
    #expect(members.map(\.name) == ["a", "b", ""])
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    #expect(members.map { text($0.value) } == ["1", "{\"c\":[]}", "\"x\""])
    #expect(text(members[0].whole) == "\"a\" : 1")
    #expect(JSONPieces.string(bytes.span, members[2].value) == "x")
    #expect(JSONPieces.string(bytes.span, members[0].value) == nil)
    let inside = try JSONPieces.members(of: bytes.span, in: members[1].value)
    #expect(inside.map(\.name) == ["c"] && text(inside[0].value) == "[]")
  }

  @Test(arguments: [
    "[]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1}{}", "{a:1}",
    "{\"a\":1,\"\\u0061\":2}",
  ])
  func refusesWhatIsNotAnObject(text: String) {
    let bytes = Array(text.utf8)
    #expect(throws: RequestProblem.self) { try JSONPieces.members(of: bytes.span) }
  }

  /// Many names cost no more than their bytes.
  @Test func tellsAmongManyNames() throws {
    let names = (0..<50_000).map { "\"n\($0)\":0" }
    let good = Array("{\(names.joined(separator: ","))}".utf8)
    #expect(try JSONPieces.members(of: good.span).count == 50_000)
    let twice = Array("{\(names.joined(separator: ",")),\"n7\":1}".utf8)
    #expect(throws: RequestProblem.self) { try JSONPieces.members(of: twice.span) }
  }
}
