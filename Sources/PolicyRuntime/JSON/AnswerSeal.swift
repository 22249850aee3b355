/// The day of an answer and the set that gave it, as they stand in the answer: written anew only for another day.

/// `2026-11-21","policies":"sha256:…","requestId":"` for one set and the day that was asked for last.
public struct AnswerSeal: Sendable {
  private let digest: [UInt8]
  private var day: Day?
  /// The bytes.
  private(set) var bytes: [UInt8] = []

  /// Makes the seal of a set by its digest, `sha256:…`.
  public init(digest: String) {
    self.digest = Array("\",\"policies\":\"\(digest)\",\"requestId\":\"".utf8)
  }

  /// Puts a day on it.
  @inline(__always)
  mutating func date(_ day: Day) {
    if self.day != day { redate(day) }
  }

  @inline(never)
  private mutating func redate(_ day: Day) {
    bytes.removeAll(keepingCapacity: true)
    day.write(to: &bytes)
    bytes.append(contentsOf: digest)
    self.day = day
  }
}
