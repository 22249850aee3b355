/// SHA-256 with the instructions of the processor against the published vectors and the code in Swift.
import PolicySource
import Testing

@testable import DecisionLog

@Suite struct LineHashTests {
  /// The code in Swift, and what this processor has.
  static let kinds: Set<LineHash.Kind> = [.none, LineHash.best]

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ]) func publishedVectors(text: String, digest: String) {
    let bytes = Array(text.utf8)
    for kind in Self.kinds {
      #expect(LineHash.digest(of: bytes.span, with: kind).description == digest, "\(kind)")
    }
  }

  @Test func allKindsAgree() {
    let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for length in Array(0...200) + [255, 256, 257, 999, 1000] {
      let expected = SHA256.digest(of: bytes.span.extracting(0..<length))
      for kind in Self.kinds {
        #expect(
          LineHash.digest(of: bytes.span.extracting(0..<length), with: kind) == expected,
          "\(kind), \(length) bytes")
      }
    }
  }
}
