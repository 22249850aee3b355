/// Damaged files: the parser always comes back, whatever is missing, doubled or cut off.
import Foundation
import PolicySource
import PolicySyntax
import TestSupport
import Testing

@Suite struct MutationTests {
  @Test(arguments: CorpusTests.good) func everyPieceDeletedAndDoubled(file: URL) throws {
    let bytes = try Golden.bytes(file)
    for piece in Self.pieces(bytes) {
      Self.parse(
        file.lastPathComponent,
        bytes: Array(bytes[..<piece.lowerBound] + bytes[piece.upperBound...]))
      Self.parse(
        file.lastPathComponent,
        bytes: Array(bytes[..<piece.upperBound] + [0x20] + bytes[piece.lowerBound...]))
    }
  }

  @Test(arguments: CorpusTests.good) func everyPrefix(file: URL) throws {
    let bytes = try Golden.bytes(file)
    for count in stride(from: 0, to: bytes.count, by: 3) {
      Self.parse(file.lastPathComponent, bytes: Array(bytes[..<count]))
    }
  }

  @Test(arguments: CorpusTests.good) func everyPieceReplaced(file: URL) throws {
    let bytes = try Golden.bytes(file)
    let marks = ["{", "}", "(", "\"", "|", "when", "else", "release x {", "\n", "=", "\u{200B}"]
    var generator = SplitMix64(seed: 20_260_101)
    for piece in Self.pieces(bytes) {
      let mark = marks[Int(generator.next() % UInt64(marks.count))]
      Self.parse(
        file.lastPathComponent,
        bytes: Array(bytes[..<piece.lowerBound] + mark.utf8 + bytes[piece.upperBound...]))
    }
  }

  @Test func noiseOfBytes() {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<300 {
      let noise = (0..<200).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      Self.parse("noise.writ", bytes: noise)
      Self.parse("noise.cases", bytes: Array("cases for p\ncase a {\n".utf8) + noise)
    }
  }

  @Test(arguments: [
    "(", "[", "{", "not ", "- ", "if ", "a[", "f(", "List of ", "any x in ", "a + ",
  ])
  func depthOfAnyKindEndsInADiagnostic(piece: String) throws {
    try onDeepStack {
      let text = "policy p\ndefine x = " + String(repeating: piece, count: 5_000)
      let parsed = Parsed(policy: text)
      #expect(!parsed.diagnostics.isEmpty)
      #expect(parsed.diagnostics.count < 5, "\(parsed.diagnostics.map(\.code))")
      let type = "policy p\ninput a " + String(repeating: piece, count: 5_000)
      Self.parse("type.writ", bytes: Array(type.utf8))
    }
  }

  @Test func aBrokenFileIsReadInLinearTime() {
    let line = "  dney a \"x\" when ( b <\n  deny { c \"\n"
    let text = "policy p\nrelease r {\n" + String(repeating: line, count: 2_000) + "}\n"
    let parsed = Parsed(policy: text)
    #expect(parsed.diagnostics.count == DiagnosticList.limit)
  }

  /// Reads a file and forgets it.
  private static func parse(_ name: String, bytes: [UInt8]) {
    let source = SourceFile(name: name, bytes: bytes)
    if name.hasSuffix(".cases") {
      _ = PolicyParser.parseCases(source, id: FileID(0))
    } else {
      _ = PolicyParser.parsePolicy(source, id: FileID(0))
    }
  }

  /// Runs of letters and digits, runs of bytes beyond ASCII, and single marks.
  static func pieces(_ bytes: [UInt8]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    func group(_ byte: UInt8) -> Int {
      if byte >= 0x80 { return 1 }
      if byte == 0x20 || byte == 0x0A { return 2 }
      let isWord =
        byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
      return isWord ? 3 : 4
    }
    for index in bytes.indices where index > start {
      let (a, b) = (group(bytes[index]), group(bytes[index - 1]))
      if a != b || a == 4 {
        result.append(start..<index)
        start = index
      }
    }
    return result
  }
}
