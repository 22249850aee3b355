/// What must hold for any bytes that a client may send: where a request ends does not depend on how they arrive.
#if !FUZZING
  @testable import PolicyServer
#endif

/// Takes bytes as what a connection receives.
enum AnyRequest {
  /// How reading a request ended, as far as the rest of the server sees it.
  private struct Outcome: Equatable {
    var end = 0
    var code = ""
    var path = 0..<0
    var body: [UInt8] = []
  }

  /// The limits are small, so that short inputs reach them.
  private static var limits: Limits {
    var limits = Limits()
    limits.headerBytes = 300
    limits.headerFields = 12
    limits.bodyBytes = 64
    return limits
  }

  /// What is wrong with the parser; nil when everything holds.
  static func fault(in bytes: [UInt8]) -> String? {
    var rest = bytes[...]
    var random = bytes.reduce(UInt64(bytes.count)) { ($0 &* 31) &+ UInt64($1) }
    for _ in 0..<8 {
      let request = Array(rest)
      let whole = outcome(of: request, pieces: [request.count])
      var pieces: [Int] = []
      while let last = Optional(pieces.last ?? 0), last < request.count {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        pieces.append(min(request.count, last + 1 + Int(random >> 33) % 17))
      }
      guard outcome(of: request, pieces: pieces) == whole else {
        return "the request ends elsewhere when it arrives in pieces"
      }
      guard outcome(of: request, pieces: Array(1...max(1, request.count))) == whole else {
        return "the request ends elsewhere when it arrives byte by byte"
      }
      guard whole.end > 0, whole.end <= request.count else {
        return whole.end > request.count ? "the request ends behind its bytes" : nil
      }
      guard whole.path.upperBound <= whole.end else { return "the path ends behind the request" }
      rest = rest.dropFirst(whole.end)
    }
    return nil
  }

  private static func outcome(of request: [UInt8], pieces: [Int]) -> Outcome {
    var parser = RequestParser(limits)
    for count in pieces where count <= request.count {
      switch parser.advance(over: request.span.extracting(0..<count)) {
      case .needsMore: continue
      case .refused(let problem): return Outcome(code: problem.code)
      case .lines(let end): return Outcome(end: end, code: "lines", path: parser.head.path)
      case .complete(let end):
        let body =
          parser.head.framing == .chunked
          ? parser.chunks.body : Array(request[parser.head.length..<end])
        return Outcome(end: end, path: parser.head.path, body: body)
      }
    }
    return Outcome(code: "unfinished")
  }
}
