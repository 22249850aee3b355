/// What can be wrong with a log that is verified, in words.
internal import PolicySource

/// One function per finding.
enum VerifyMessages {
  static func anchorMissing(_ number: UInt64) -> Phrase {
    "record \(number) of the anchor is not in the log"
  }

  static func beginning(_ first: UInt64) -> Phrase {
    "the log begins with record \(first): the records before it are not here; if they were archived, the anchor of the last of them vouches for them"
  }

  static func broken(_ number: UInt64) -> Phrase {
    "record \(number) does not go on from the record before it: one of the two was changed together with its hash"
  }

  static func changed(_ number: UInt64) -> Phrase {
    "record \(number) was changed: its hash differs"
  }

  static func checkpoint(_ number: UInt64) -> Phrase {
    "the checkpoint, record \(number), says what is not so"
  }

  static func cutOff(_ number: UInt64, _ last: UInt64) -> Phrase {
    "the log ends with record \(last), and the anchor is of record \(number): the end was cut off"
  }

  static func inserted(_ first: UInt64, _ last: UInt64) -> Phrase {
    first == last
      ? "this record, number \(first), does not belong to the chain: it was inserted"
      : "these records, numbers \(first) to \(last), do not belong to the chain: they were inserted"
  }

  static func missing(_ first: UInt64, _ last: UInt64) -> Phrase {
    first == last
      ? "record \(first) is missing in front of this one"
      : "records \(first) to \(last) are missing in front of this one"
  }

  static func missingFile(_ file: String, _ first: UInt64, _ last: UInt64) -> Phrase {
    "the file `\(file)` is missing in front of this one: records \(first) to \(last)"
  }

  static func more(_ pieces: Int) -> Phrase {
    "the chain is broken at more than \(pieces) places; not all of them were looked at"
  }

  static func noStart() -> Phrase { "the file does not begin with its `start` record" }

  static func notARecord() -> Phrase { "this is not a record" }

  static func otherFileBefore(_ file: String?) -> Phrase {
    if let file { return "the `start` record says that `\(file)` is the file before this one" }
    return "the `start` record says that this is the first file of a log"
  }

  static func otherName(_ file: String) -> Phrase {
    "this file says that its name is `\(file)`"
  }

  static func otherThanAnchor(_ number: UInt64) -> Phrase {
    "record \(number) is not the one that the anchor was taken of"
  }

  static func startInside() -> Phrase { "a `start` record in the middle of a file" }

  static func torn(_ bytes: Int64) -> Phrase {
    "a torn tail: \(bytes) bytes behind the last whole record, as a crash leaves them; the daemon cuts them when it starts"
  }

  static func version(_ version: UInt64) -> Phrase {
    "the record has version \(version), and this program knows 1"
  }

  static func wrongPlace(_ first: UInt64, _ last: UInt64) -> Phrase {
    first == last
      ? "record \(first) stands in the wrong place"
      : "records \(first) to \(last) stand in the wrong place"
  }

  static func wrongStart() -> Phrase {
    "the `start` record does not fit the file's name or the chain"
  }
}
