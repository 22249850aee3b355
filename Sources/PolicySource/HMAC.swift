/// HMAC-SHA-256 as RFC 2104 defines it: a digest that only who has the key can make.

/// A key, ready for use; making codes with it allocates nothing.
public struct HMAC: Sendable {
  /// The digests that have taken the block of the key: of the text, and of what that gives.
  private let inner: SHA256
  private let outer: SHA256

  /// Takes a key of any length; one of less than 32 bytes is weaker than the digest.
  public init(key: [UInt8]) {
    var block = key
    if key.count > 64 {
      let digest = SHA256.digest(of: key.span).bytes
      block = digest.indices.map { digest[$0] }
    }
    block += [UInt8](repeating: 0, count: 64 - block.count)
    var (inner, outer) = (SHA256(), SHA256())
    inner.update(block.map { $0 ^ 0x36 })
    outer.update(block.map { $0 ^ 0x5C })
    self.inner = inner
    self.outer = outer
  }

  /// A key that nobody knows: 32 random bytes.
  public static var random: HMAC {
    var generator = SystemRandomNumberGenerator()
    return HMAC(key: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }

  /// The code of a text.
  public func code(of text: Span<UInt8>) -> SHA256Digest {
    var hash = inner
    hash.update(text)
    let bytes = hash.finish().bytes
    var last = outer
    last.update(bytes.span)
    return last.finish()
  }
}

extension SHA256Digest {
  /// Its 32 bytes.
  fileprivate var bytes: [32 of UInt8] {
    var bytes = [32 of UInt8](repeating: 0)
    for index in 0..<32 {
      bytes[index] = UInt8(truncatingIfNeeded: words[index / 4] >> UInt32(24 - 8 * (index % 4)))
    }
    return bytes
  }
}
