/// SHA-256 as FIPS 180-4 defines it: what names a policy set, and what chains the records of the decision log.
///
/// Bytes may come in pieces. A block of 64 bytes is stretched to 64 words and mixed into eight words of state;
/// the end is padded with a one bit, zeros and the length in bits. Nothing is allocated.
public struct SHA256: Sendable {
  private var state = SHA256Digest.start
  private var pending = [64 of UInt8](repeating: 0)
  private var filled = 0
  private var length: UInt64 = 0

  /// Begins a digest.
  public init() {}

  /// Takes more bytes.
  public mutating func update(_ bytes: [UInt8]) { update(bytes.span) }

  /// Takes more bytes.
  public mutating func update(_ bytes: Span<UInt8>) {
    length &+= UInt64(bytes.count)
    var at = 0
    if filled > 0 {
      while at < bytes.count, filled < 64 {
        pending[filled] = bytes[at]
        filled += 1
        at += 1
      }
      guard filled == 64 else { return }
      state.mix(pending.span)
      filled = 0
    }
    while bytes.count - at >= 64 {
      state.mix(bytes.extracting(at..<at + 64))
      at += 64
    }
    while at < bytes.count {
      pending[filled] = bytes[at]
      filled += 1
      at += 1
    }
  }

  /// The digest of everything that was taken.
  public consuming func finish() -> SHA256Digest {
    let bits = length &* 8
    var tail = [128 of UInt8](repeating: 0)
    tail[0] = 0x80
    let zeros = filled < 56 ? 56 - filled : 120 - filled
    for place in 0..<8 {
      tail[zeros + place] = UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * place))
    }
    update(tail.span.extracting(0..<zeros + 8))
    return state
  }

  /// The digest of some bytes.
  public static func digest(of bytes: Span<UInt8>) -> SHA256Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// The digest of some bytes as 64 hexadecimal digits.
  public static func hex(of bytes: [UInt8]) -> String { digest(of: bytes.span).description }
}
