/// The frame around the members of a record: how a line is written, and how it is read again.
internal import PolicySource

/// The words of a line that are the same in every record.
enum RecordWords {
  static let version: UInt64 = 1
  static let head = Array("{\"v\":".utf8)
  static let number = Array(",\"n\":".utf8)
  static let time = Array(",\"at\":\"".utf8)
  static let kind = Array("\",\"kind\":\"".utf8)
  /// The quote that opens the kind is the first byte of the members.
  static let beforeMembers = Array("\",\"kind\":".utf8)
  static let previous = Array(",\"prev\":\"".utf8)
  static let hash = Array("\",\"hash\":\"".utf8)
  /// The quote that ends `prev` is among the bytes that are hashed.
  static let beforeHash = Array(",\"hash\":\"".utf8)
  static let end = Array("\"}".utf8)

  /// How long the part behind the bytes that are hashed is: `,"hash":"…"}`.
  static let hashPart = hash.count - 1 + SHA256Digest.digits + end.count
  /// How long everything behind the members is: `,"prev":"…","hash":"…"}`.
  static let tail = previous.count + SHA256Digest.digits + 1 + hashPart
  /// How much longer than its members a line can be.
  static let frameRoom = 240
}

/// How far a log has come: the number and the hash of its last record.
struct LogHead: Hashable, Sendable {
  /// The number of the last record; 0 before the first.
  var number: UInt64 = 0
  /// Its hash; zeros before the first.
  var hash = SHA256Digest.zero

  /// Appends the next record as a line, and becomes its head.
  ///
  /// `members` begin with the value of `kind`.
  mutating func append(
    _ members: Span<UInt8>, at time: [UInt8], to out: inout [UInt8]
  ) {
    let start = out.count
    number += 1
    out.append(contentsOf: RecordWords.head)
    out.append(decimal: RecordWords.version)
    out.append(contentsOf: RecordWords.number)
    out.append(decimal: number)
    out.append(contentsOf: RecordWords.time)
    out.append(contentsOf: time)
    out.append(contentsOf: RecordWords.beforeMembers)
    out.append(bytesOf: members)
    out.append(contentsOf: RecordWords.previous)
    hash.appendHex(to: &out)
    out.append(UInt8(ascii: "\""))
    hash = LineHash.digest(of: out.span.extracting(start..<out.count))
    out.append(contentsOf: RecordWords.beforeHash)
    hash.appendHex(to: &out)
    out.append(contentsOf: RecordWords.end)
    out.append(UInt8(ascii: "\n"))
  }
}

/// The frame of a record as it was read; ranges are places in the line.
struct RecordFrame {
  let number: UInt64
  let time: LogTime
  /// The text between the quotes.
  let kind: Range<Int>
  /// What stands between the kind and `prev`, with its comma in front; empty when there is nothing.
  let members: Range<Int>
  let previous: SHA256Digest
  let hash: SHA256Digest
  /// Whether the hash is that of the bytes before it, if that was to be checked.
  let isIntact: Bool

  /// Why a line is no record.
  enum Damage: Error, Hashable {
    case notARecord
    case version(UInt64)
  }

  /// Reads a line without its break.
  init(_ line: Span<UInt8>, checksHash: Bool = true) throws(Damage) {
    guard line.has(RecordWords.head, at: 0) else { throw .notARecord }
    var at = RecordWords.head.count
    guard let version = Self.digits(line, &at) else { throw .notARecord }
    guard version == RecordWords.version else { throw .version(version) }
    guard line.has(RecordWords.number, at: at) else { throw .notARecord }
    at += RecordWords.number.count
    guard let number = Self.digits(line, &at), line.has(RecordWords.time, at: at) else {
      throw .notARecord
    }
    at += RecordWords.time.count
    guard line.count - at >= LogTime.length,
      let time = LogTime(line.extracting(at..<at + LogTime.length))
    else { throw .notARecord }
    at += LogTime.length
    let tail = line.count - RecordWords.tail
    guard line.has(RecordWords.kind, at: at), tail > at + RecordWords.kind.count else {
      throw .notARecord
    }
    let kindStart = at + RecordWords.kind.count
    at = kindStart
    while at < tail, line[at] != UInt8(ascii: "\"") { at += 1 }
    let hashAt = line.count - RecordWords.end.count - SHA256Digest.digits
    let previousAt = tail + RecordWords.previous.count
    guard at < tail, line.has(RecordWords.previous, at: tail),
      line.has(RecordWords.hash, at: previousAt + SHA256Digest.digits),
      line.has(RecordWords.end, at: line.count - RecordWords.end.count),
      let previous = SHA256Digest(
        hex: line.extracting(previousAt..<previousAt + SHA256Digest.digits)),
      let hash = SHA256Digest(hex: line.extracting(hashAt..<hashAt + SHA256Digest.digits))
    else { throw .notARecord }
    self.number = number
    self.time = time
    kind = kindStart..<at
    members = at + 1..<tail
    self.previous = previous
    self.hash = hash
    isIntact =
      !checksHash
      || LineHash.digest(of: line.extracting(0..<line.count - RecordWords.hashPart)) == hash
  }

  /// A number without leading zeros at the cursor, and the cursor behind it.
  private static func digits(_ line: Span<UInt8>, _ at: inout Int) -> UInt64? {
    let start = at
    while at < line.count, (0x30...0x39).contains(line[at]) { at += 1 }
    guard at - start == 1 || at > start && line[start] != UInt8(ascii: "0") else { return nil }
    return line.number(start..<at)
  }
}
