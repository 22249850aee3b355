/// `POST /v1/decide/{policy}.{decision}`: one decision.
internal import PolicyEngine

/// Where the endpoint is.
enum DecideRoute {
  static let prefix = "/v1/decide/"

  static func matches(_ path: Span<UInt8>) -> Bool {
    path.count > 11 && path.hasPrefix("/v1/decide/")
  }
}

extension Responder {
  /// Decides, or says why the request cannot be put to the engine.
  mutating func decide(
    _ head: RequestHead, _ path: Span<UInt8>, _ request: Span<UInt8>,
    _ envelope: inout ResponseParts.Envelope
  ) -> Problem? {
    guard head.method == .post else { return .methodNotAllowed(allow: "POST") }
    if head.hasQuery { return .queryNotSupported }
    guard head.bodyType == .json else { return .notJSON }
    let name = path.extracting(11..<path.count)
    if name.firstIndex(of: 0x25, from: 0) == nil {
      envelope.status = decideOne(decision: name, body: request, endpoint: .decide).status
      return nil
    }
    guard let decoded = decoded(name) else { return .malformedPath }
    envelope.status = decideOne(decision: decoded.span, body: request, endpoint: .decide).status
    return nil
  }

  /// Percent-decodes; nil when a percent sign is not followed by two hexadecimal digits.
  func decoded(_ name: Span<UInt8>) -> [UInt8]? {
    var decoded: [UInt8] = []
    var index = 0
    while index < name.count {
      if name[index] != 0x25 {
        decoded.append(name[index])
        index += 1
        continue
      }
      guard index + 2 < name.count, let high = ChunkedDecoder.hexDigit(name[index + 1]),
        let low = ChunkedDecoder.hexDigit(name[index + 2])
      else { return nil }
      decoded.append(UInt8(truncatingIfNeeded: high << 4 | low))
      index += 3
    }
    return decoded
  }
}
