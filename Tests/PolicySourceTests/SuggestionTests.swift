/// The nearest name, positions, and how diagnostics are shown.
import PolicySource
import Testing

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("dney", "deny"), ("Deny", "deny"), ("requires", "require"), ("hld", "hold"), ("holdd", "hold"),
  ])
  func typingMistakesAreRecognised(word: String, expected: String) {
    #expect(Suggestion.nearest(to: word, in: ["deny", "hold", "require"]) == expected)
  }

  @Test func distantWordsAreNotOffered() {
    #expect(Suggestion.nearest(to: "forbid", in: ["deny", "hold", "require"]) == nil)
    #expect(Suggestion.nearest(to: "", in: ["deny"]) == nil)
    #expect(Suggestion.nearest(to: "x", in: []) == nil)
  }

  @Test func theNearerWins() {
    #expect(Suggestion.nearest(to: "amounts", in: ["amend", "amount"]) == "amount")
  }

  @Test func otherScriptsAreCompared() {
    #expect(Suggestion.nearest(to: "客户名", in: ["客户号", "供应商"]) == "客户号")
  }
}

@Suite struct PositionTests {
  @Test func linesAndColumnsCountFromOne() {
    let file = SourceFile(name: "a", bytes: Array("ab\n客户x\r\n".utf8))
    #expect(file.position(of: 0) == SourceFile(name: "b", bytes: []).position(of: 0))
    #expect(file.position(of: 3).line == 2)
    #expect(file.position(of: 9).column == 3)
    #expect(file.text(ofLine: 2) == "客户x")
    #expect(file.position(of: 1_000).line == 3)
    #expect(file.text(ofLine: 99).isEmpty)
  }
}
