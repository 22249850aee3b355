/// The end of an answer, which has the same form and length in all answers to one request.
internal import PolicyRuntime

/// `"asOf":"2026-11-22","policies":"sha256:…","requestId":"…","decisionId":"…"}`, as `AnswerWriter` writes it.
enum AnswerEnd {
  private static let asOf = Array("\"asOf\":\"".utf8)
  private static let policies = Array("\",\"policies\":\"sha256:".utf8)
  private static let requestID = Array("\",\"requestId\":\"".utf8)
  private static let decisionID = Array("\",\"decisionId\":\"".utf8)
  private static let digits = 64
  private static let idLength = 32
  private static let dayLength = 10

  /// Where the digest of the policies begins; nil for an answer with a trace, and for a problem document.
  static func placeOfDigest(_ answer: Span<UInt8>, _ request: Range<Int>) -> Int? {
    let decision = answer.count - 2 - idLength - decisionID.count
    let request = decision - request.count - requestID.count
    let digest = request - digits
    let start = digest - policies.count - dayLength - asOf.count
    guard start >= 0, answer.spells(decisionID, decision..<decision + decisionID.count),
      answer.spells(requestID, request..<request + requestID.count),
      answer.spells(policies, digest - policies.count..<digest),
      answer.spells(asOf, start..<start + asOf.count)
    else { return nil }
    return digest
  }

  /// The day that counted.
  static func day(_ answer: Span<UInt8>, placeOfDigest: Int) -> Day? {
    let end = placeOfDigest - policies.count
    var text: [UInt8] = []
    text.append(answer, end - dayLength..<end)
    return Day(text: text)
  }

  /// Whether two answers say the same byte for byte, but for the digest and the number of the decision.
  static func isSame(_ old: Span<UInt8>, _ new: Span<UInt8>, placeOfDigest: Int) -> Bool {
    guard old.count == new.count else { return false }
    for index in 0..<placeOfDigest where old[index] != new[index] { return false }
    for index in placeOfDigest + digits..<old.count - 2 - idLength where old[index] != new[index] {
      return false
    }
    return true
  }
}
