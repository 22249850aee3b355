/// `POST /v1/decide` with `application/x-ndjson`: one request a line, one answer a line, in order.

extension Responder {
  /// Begins to answer a request of lines: the header of an answer whose length nobody knows yet.
  mutating func beginLines(_ head: RequestHead, _ bytes: Span<UInt8>, closes: Bool) -> LineStream {
    takeID(head, bytes)
    let lines = LineStream(head, requestID: requestID, closes: closes)
    var envelope = ResponseParts.Envelope()
    envelope.closes = lines.closes
    envelope.language = head.languages.best
    parts.appendLines(envelope, requestID: requestID, isChunked: lines.isChunked, to: &answers.bytes)
    return lines
  }

  /// Makes ready for further lines of a request.
  mutating func resumeLines(_ lines: LineStream) {
    requestID = lines.requestID
    body.removeAll(keepingCapacity: true)
    let language = lines.head.languages.best
    if point.language != language { point.language = language }
  }

  /// Answers one line.
  mutating func answerLine(_ lines: LineStream, _ line: Range<Int>) {
    let number = lines.number
    lines.withLine(line) { decideItem($0, number: number, endpoint: .lines) }
    body.append(0x0A)
  }

  /// Answers a line that is not even read.
  mutating func refuseLine(_ lines: LineStream, _ problem: Problem) {
    refuseItem(problem, number: lines.number)
    body.append(0x0A)
  }

  /// Moves the answers of some lines to the output; `isLast` ends the answer.
  mutating func sendLines(_ lines: LineStream, isLast: Bool) {
    if lines.isChunked {
      if !body.isEmpty {
        answers.bytes.append(contentsOf: String(body.count, radix: 16).utf8)
        answers.bytes.append(contentsOf: [0x0D, 0x0A])
        answers.bytes.append(contentsOf: body)
        answers.bytes.append(contentsOf: [0x0D, 0x0A])
      }
      if isLast { answers.bytes.append(contentsOf: "0\r\n\r\n".utf8) }
    } else {
      answers.bytes.append(contentsOf: body)
    }
    body.removeAll(keepingCapacity: true)
    markPiece()
  }
}
