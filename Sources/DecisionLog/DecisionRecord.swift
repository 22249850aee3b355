/// The members of a recorded decision, found in its line without copying anything.
internal import PolicySource

/// Where the members of a decision stand in its line.
public struct DecisionRecord: Sendable {
  /// The id of the request, between its quotes.
  public private(set) var requestID = 0..<0
  /// `policy.decision`, between its quotes.
  public private(set) var decision = 0..<0
  /// The digest of the policies, between its quotes.
  public private(set) var policies = 0..<0
  /// The HTTP status of the answer.
  public private(set) var status = 0
  /// The request; nil when only its length and hash were recorded.
  public private(set) var request: Range<Int>?
  /// The answer, or the problem document.
  public private(set) var answer = 0..<0
  /// Whether a secret stands masked in the request.
  public private(set) var hasMasked = false

  private static let requestIDName = Array("requestId".utf8)
  private static let decisionName = Array("decision".utf8)
  private static let policiesName = Array("policies".utf8)
  private static let statusName = Array("status".utf8)
  private static let requestName = Array("request".utf8)
  private static let answerName = Array("answer".utf8)
  /// What begins the hash that stands in place of a secret; in a text its quotes would be escaped.
  private static let maskedStart = Array("{\"masked\":\"hmac-sha256:".utf8)

  /// Finds the members of a decision; nil when something is wrong with them.
  public init?(_ line: Span<UInt8>, _ record: LogLine) {
    var at = record.members.lowerBound
    let end = record.members.upperBound
    while at < end {
      guard line[at] == UInt8(ascii: ","),
        let name = JSONText.string(line, at: at + 1, before: end),
        name.upperBound + 2 < end, line[name.upperBound + 1] == UInt8(ascii: ":")
      else { return nil }
      let start = name.upperBound + 2
      // The answer is the last member: it ends where the members do.
      if name.count == Self.answerName.count, line.has(Self.answerName, at: name.lowerBound) {
        guard start < end, line[end - 1] == UInt8(ascii: "}") else { return nil }
        answer = start..<end
        break
      }
      guard let valueEnd = JSONText.endOfValue(line, at: start, before: end),
        take(line, name, start..<valueEnd)
      else { return nil }
      at = valueEnd
      // A request stands as it came, and may have blanks around it.
      while at < end, line[at] == UInt8(ascii: " ") || line[at] == UInt8(ascii: "\t") { at += 1 }
    }
    if answer.isEmpty || status == 0 { return nil }
  }

  /// Takes a member; false when its value is not of its kind.
  private mutating func take(
    _ line: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>
  ) -> Bool {
    func isNamed(_ word: [UInt8]) -> Bool {
      name.count == word.count && line.has(word, at: name.lowerBound)
    }
    let isText = line[value.lowerBound] == UInt8(ascii: "\"")
    let inside = isText ? value.lowerBound + 1..<value.upperBound - 1 : value
    if isNamed(Self.requestIDName) {
      requestID = inside
      return isText
    }
    if isNamed(Self.decisionName) {
      decision = inside
      return isText
    }
    if isNamed(Self.policiesName) {
      policies = inside
      return isText
    }
    if isNamed(Self.statusName) {
      guard let number = line.number(value) else { return false }
      status = Int(number)
    } else if isNamed(Self.requestName) {
      request = value
      hasMasked = Self.hasMasked(line, value)
    }
    return true
  }

  /// Whether the hash of a secret stands in a value.
  private static func hasMasked(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let value = line.extracting(range)
    var at = 0
    while let brace = value.firstIndex(of: UInt8(ascii: "{"), from: at) {
      if value.has(maskedStart, at: brace) { return true }
      at = brace + 1
    }
    return false
  }
}
