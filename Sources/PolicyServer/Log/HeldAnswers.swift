/// Answers that wait until the records of their decisions are durable.
///
/// The answers of one turn of the loop are held together, as one generation; a generation is made durable, or not, as
/// a whole, and generations leave in the order in which they were made. So answers keep their order on every
/// connection, and one fdatasync serves everybody who asked in the same turn.
internal import PolicySource

/// What is kept of an answer, so that a refusal can be sent in its place.
struct AnswerMark {
  /// Where its bytes end, within the bytes that are held together.
  var end: Int
  /// Where its request id ends, within the ids that are held together.
  var idEnd: Int
  /// Whether it may leave only once its record is durable.
  var isRecorded: Bool
  /// Whether it is a part of an answer whose beginning has left: nothing can be sent in its place.
  var isPiece = false
  /// What it tells of the connection and the language.
  var envelope: ResponseParts.Envelope
}

/// The answers of one batch: their bytes, and a mark for each.
struct MarkedAnswers {
  var bytes: [UInt8] = []
  var ids: [UInt8] = []
  var marks: [AnswerMark] = []
  /// Whether one of them waits for its record.
  var isRecorded = false

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ids.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    isRecorded = false
  }
}

/// Answers held together.
final class HeldGeneration {
  /// The answers to one connection that were made at once.
  struct Entry {
    let connection: Connection
    let start: Int
    let end: Int
    let marks: Range<Int>
  }

  /// Its number, counted from 1.
  var number: UInt64 = 0
  /// When it was handed to the log, in nanoseconds of the monotonic clock.
  var since: Int64 = 0
  /// Its records, and their bytes.
  var records = 0
  var recordBytes = 0
  private(set) var answers = MarkedAnswers()
  private(set) var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  /// Takes over the answers to a connection.
  func hold(_ made: borrowing MarkedAnswers, for connection: Connection) {
    let (start, ids, first) = (answers.bytes.count, answers.ids.count, answers.marks.count)
    answers.bytes += made.bytes
    answers.ids += made.ids
    for mark in made.marks {
      answers.marks.append(mark)
      answers.marks[answers.marks.count - 1].end += start
      answers.marks[answers.marks.count - 1].idEnd += ids
    }
    entries.append(
      Entry(
        connection: connection, start: start, end: answers.bytes.count,
        marks: first..<answers.marks.count))
  }

  /// The same answers to a connection, with a refusal in place of each that waits for its record.
  ///
  /// `isCut` when a part of an answer cannot be sent: the connection must end there, so that nobody takes what has
  /// left for whole.
  func refused(
    _ entry: Entry, _ problem: Problem, with parts: borrowing ResponseParts
  ) -> (bytes: [UInt8], isCut: Bool) {
    var out: [UInt8] = []
    var start = entry.start
    for index in entry.marks {
      let mark = answers.marks[index]
      if mark.isRecorded, mark.isPiece { return (out, true) }
      if mark.isRecorded {
        let first = index > 0 ? answers.marks[index - 1].idEnd : 0
        let id = Array(answers.ids[first..<mark.idEnd])
        var envelope = mark.envelope
        envelope.status = problem.status
        var body: [UInt8] = []
        problem.write(requestID: id, in: envelope.language, to: &body)
        parts.append(envelope, requestID: id, body: body, to: &out)
      } else {
        out += answers.bytes[start..<mark.end]
      }
      start = mark.end
    }
    return (out, false)
  }

  /// Forgets everything, to be used again.
  func removeAll() {
    answers.removeAll()
    entries.removeAll(keepingCapacity: true)
  }
}
