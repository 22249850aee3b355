/// Bytes on their way out: the newest lie in place, so that most appending touches no other memory, asks for none
/// and counts no references.

/// What bytes can be appended to.
public protocol ByteSink: ~Copyable {
  /// Appends a byte.
  mutating func append(_ byte: UInt8)
}

extension [UInt8]: ByteSink {}

/// The bytes of an answer while it is written.
struct Output: ~Copyable, ByteSink {
  /// How many bytes lie in place.
  private static let room = 1024

  private var near = InlineArray<1024, UInt8>(repeating: 0)
  private var filled = 0
  /// The bytes before those in place.
  private var sent: [UInt8] = []

  init() {}

  /// How many bytes were appended.
  var count: Int { sent.count + filled }

  /// Appends a byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if filled >= Self.room { flush() }
    near[filled] = byte
    filled &+= 1
  }

  /// Appends bytes as they stand.
  @inline(never)
  mutating func append(_ bytes: Span<UInt8>) {
    let count = bytes.count
    if count > Self.room &- filled {
      flush()
      guard count <= Self.room else { return Self.append(bytes, to: &sent) }
    }
    // The bounds are looked at once, so that many bytes are copied at a time.
    var all = near.mutableSpan
    var free = all._mutatingExtracting(filled..<filled &+ count)
    for index in 0..<count { free[index] = bytes[index] }
    filled &+= count
  }

  /// Puts all bytes into an array and takes what that held: so writing begins behind it, and ends.
  mutating func exchange(_ bytes: inout [UInt8]) {
    flush()
    swap(&sent, &bytes)
  }

  @inline(never)
  private mutating func flush() {
    Self.append(near.span.extracting(..<filled), to: &sent)
    filled = 0
  }

  private static func append(_ bytes: Span<UInt8>, to out: inout [UInt8]) {
    out.append(addingCapacity: bytes.count) { (room: inout OutputSpan<UInt8>) in
      room.append(repeating: 0, count: bytes.count)
      var copy = room.mutableSpan
      precondition(copy.count == bytes.count)
      for index in 0..<bytes.count { copy[index] = bytes[index] }
    }
  }
}
