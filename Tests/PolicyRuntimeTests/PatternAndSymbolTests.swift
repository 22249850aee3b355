/// Text patterns and symbol tables.
import PolicyRuntime
import Testing

struct PatternTests {
  @Test(arguments: [
    ("SC{date}DD{digits 4}", "SC20261121DD0001", true),
    ("SC{date}DD{digits 4}", "SC20261321DD0001", false),
    ("SC{date}DD{digits 4}", "SC20261121DD001", false),
    ("SC{date}DD{digits 4}", "SC20261121DD00011", false),
    ("{letters 2}-{digits 1}", "Ab-7", true), ("{letters 2}-{digits 1}", "A1-7", false),
    ("{{x}}", "{x}", true), ("合{digits 2}", "合12", true), ("", "", true), ("", "a", false),
    ("{letters 1}", "[", false), ("{letters 1}", "@", false),
  ])
  func matchesAsAWhole(_ pattern: String, _ text: String, _ expected: Bool) throws {
    let pattern = try TextPattern(pattern)
    #expect(pattern.matches(Array(text.utf8).span) == expected)
  }

  @Test(arguments: ["{digits}", "{digits 0}", "{word 3}", "{date", "}", "{digits 4", "{date 8}"])
  func refusesOtherPieces(_ pattern: String) {
    #expect(throws: TextPattern.Fault.self) { try TextPattern(pattern) }
  }
}

struct SymbolTableTests {
  @Test func findsEveryNameAndNoOther() {
    let names = (0..<1000).map { "name\($0)" } + ["", "名"]
    let table = SymbolTable(names)
    for (number, name) in names.enumerated() {
      let bytes = Array(("x" + name + "y").utf8)
      #expect(table.find(bytes.span, 1, bytes.count - 1) == number)
      #expect(name.isEmpty || table.find(bytes.span, 0, bytes.count) == -1)
    }
  }

  /// Names are compared by words where a text is long enough and byte by byte near its end.
  @Test(arguments: [0, 1, 7, 8, 9, 15, 16, 17, 40])
  func findsNamesOfEveryLengthAnywhere(_ behind: Int) {
    let names = (0...40).map { String(repeating: "a", count: $0) }
    let twins = (1...40).map { String(repeating: "a", count: $0 - 1) + "b" }
    let table = SymbolTable(names + twins)
    for (number, name) in (names + twins).enumerated() {
      let bytes = Array(("\"" + name + String(repeating: "z", count: behind)).utf8)
      let end = 1 + name.utf8.count
      #expect(table.find(bytes.span, 1, end) == number)
      guard behind > 0 else { continue }
      #expect(table.find(bytes.span, 1, end + 1) == -1)
    }
  }

  /// The words of a short name are filled with zeros, which a text may hold too.
  @Test func aZeroIsNoEnd() {
    let table = SymbolTable(["a", "abcdefgh", "abcdefghi"])
    for text in ["a\0", "abcdefgh\0", "abcdefghi\0", "\0"] {
      let bytes = Array((text + "                ").utf8)
      #expect(table.find(bytes.span, 0, text.utf8.count) == -1)
    }
  }

  @Test func theFirstOfEqualNamesCounts() {
    let bytes = Array("a".utf8)
    #expect(SymbolTable(["a", "b", "a"]).find(bytes.span, 0, 1) == 0)
    #expect(SymbolTable([]).find(bytes.span, 0, 1) == -1)
  }
}
