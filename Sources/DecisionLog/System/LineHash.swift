/// SHA-256 of a line with what the processor has for it, else with the code in Swift.
internal import CSystem
internal import PolicySource

/// Digests of lines.
enum LineHash {
  /// What a processor has for SHA-256.
  enum Kind: UInt32, CaseIterable {
    /// Nothing: the code in Swift.
    case none
    /// BMI2: rotations into another register.
    case rotations
    /// The SHA extensions.
    case instructions
  }

  /// The best that this processor has (`cpuid`), if it gives what the code in Swift gives: a log must not hang on
  /// instructions that a machine or an emulator gets wrong.
  static let best: Kind = {
    let found = Kind(rawValue: UInt32(bitPattern: csystem_sha256_best())) ?? .none
    let text = (0..<200).map { UInt8($0) }
    return digest(of: text.span, with: found) == SHA256.digest(of: text.span) ? found : .none
  }()

  /// The digest of some bytes.
  static func digest(of bytes: Span<UInt8>) -> SHA256Digest { digest(of: bytes, with: best) }

  /// The digest of some bytes with a kind that the processor has.
  static func digest(of bytes: Span<UInt8>, with kind: Kind) -> SHA256Digest {
    if kind == .none { return SHA256.digest(of: bytes) }
    var words = [8 of UInt32](repeating: 0)
    var room = words.mutableSpan
    unsafe bytes.withUnsafeBytes { (message) in
      unsafe room.withUnsafeMutableBufferPointer { (words) in
        unsafe csystem_sha256(
          Int32(kind.rawValue), message.baseAddress, message.count, words.baseAddress)
      }
    }
    return SHA256Digest(words: words)
  }
}
