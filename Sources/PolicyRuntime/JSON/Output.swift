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
    guard count <= Self.room &- filled else { return appendMany(bytes) }
    var all = near.mutableSpan
    var free = all._mutatingExtracting(filled..<filled &+ count)
    filled &+= count
    if count >= 32 {
      for index in 0..<count & ~31 { free[index] = bytes[index] }
      Self.copyWord(bytes, count &- 32, to: &free)
      Self.copyWord(bytes, count &- 24, to: &free)
    } else if count >= 16 {
      Self.copyWord(bytes, 0, to: &free)
      Self.copyWord(bytes, 8, to: &free)
    } else if count >= 8 {
      Self.copyWord(bytes, 0, to: &free)
    } else {
      for index in 0..<count { free[index] = bytes[index] }
      return
    }
    // The last words end with the bytes and may lie over those before.
    if count >= 16 { Self.copyWord(bytes, count &- 16, to: &free) }
    Self.copyWord(bytes, count &- 8, to: &free)
  }

  /// Copies eight bytes to the same place; the bounds are looked at once, so that they are one word.
  @inline(__always)
  private static func copyWord(_ from: Span<UInt8>, _ at: Int, to: inout MutableSpan<UInt8>) {
    guard at >= 0, at <= from.count &- 8, at <= to.count &- 8 else { return }
    let word = JSONScanner.word(from, at)
    to[at] = UInt8(truncatingIfNeeded: word)
    to[at &+ 1] = UInt8(truncatingIfNeeded: word &>> 8)
    to[at &+ 2] = UInt8(truncatingIfNeeded: word &>> 16)
    to[at &+ 3] = UInt8(truncatingIfNeeded: word &>> 24)
    to[at &+ 4] = UInt8(truncatingIfNeeded: word &>> 32)
    to[at &+ 5] = UInt8(truncatingIfNeeded: word &>> 40)
    to[at &+ 6] = UInt8(truncatingIfNeeded: word &>> 48)
    to[at &+ 7] = UInt8(truncatingIfNeeded: word &>> 56)
  }

  /// Appends bytes for which there is no room in place.
  @inline(never)
  private mutating func appendMany(_ bytes: Span<UInt8>) {
    flush()
    if bytes.count <= Self.room { append(bytes) } else { Self.append(bytes, to: &sent) }
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
