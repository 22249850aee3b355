/// HMAC-SHA-256 against the vectors of RFC 4231.
import PolicySource
import Testing

@Suite struct HMACTests {
  /// A key, a text, and the beginning of their code.
  struct Vector: Sendable {
    let key: [UInt8]
    let text: [UInt8]
    let code: String

    init(_ key: [UInt8], _ text: String, _ code: String) {
      self.init(key, Array(text.utf8), code)
    }

    init(_ key: [UInt8], _ text: [UInt8], _ code: String) {
      self.key = key
      self.text = text
      self.code = code
    }
  }

  static let vectors = [
    Vector(
      bytes(0x0B, 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    Vector(
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    Vector(
      bytes(0xAA, 20), bytes(0xDD, 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    Vector(
      Array(1...25), bytes(0xCD, 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    // Cut off after 128 bits.
    Vector(bytes(0x0C, 20), "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
    Vector(
      bytes(0xAA, 131), "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    Vector(
      bytes(0xAA, 131),
      "This is a test using a larger than block-size key and a larger than block-size data. The key "
        + "needs to be hashed before being used by the HMAC algorithm.",
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
  ]

  private static func bytes(_ byte: UInt8, _ count: Int) -> [UInt8] {
    [UInt8](repeating: byte, count: count)
  }

  @Test(arguments: vectors) func codeIsThatOfTheStandard(vector: Vector) {
    let key = HMAC(key: vector.key)
    // A key is used again and again.
    for _ in 0..<2 {
      #expect(key.code(of: vector.text.span).description.hasPrefix(vector.code))
    }
  }
}
