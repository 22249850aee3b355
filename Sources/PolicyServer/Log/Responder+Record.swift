/// The record of a decision: who asked what, by which policies, and what was answered.
internal import DecisionLog
internal import PolicyEngine
internal import PolicyRuntime
internal import PolicySource

extension Responder {
  /// Notes the record of a decision; its answer stands in `body` from `start` on.
  ///
  /// What was asked is noted only where it was understood: of a request that was refused (400, 403, 404) nobody knows
  /// which of its facts are secret, so its length and SHA-256 stand for it.
  mutating func record(
    _ endpoint: Endpoint, decision: Span<UInt8>, request: Span<UInt8>, status: Int,
    answerFrom start: Int, nanoseconds: Int64
  ) {
    isRecorded = true
    put("\"decision\",\"requestId\":\"")
    records.bytes += requestID
    put("\",\"peer\":")
    records.bytes += peer
    put(",\"endpoint\":\"")
    put(endpoint.word)
    put("\",\"decision\":")
    let isKnown = status == 200 || status == 422
    if isKnown {
      put("\"")
      records.bytes.append(bytesOf: decision)
      put("\"")
    } else {
      records.bytes += JSONTree.string(String(decoding: bytes(of: decision), as: UTF8.self)).bytes
    }
    put(",\"policies\":\"")
    records.bytes += digest
    put("\",\"status\":")
    put(decimal: status)
    put(",\"micros\":")
    put(decimal: Int((nanoseconds + 500) / 1000))
    let before = records.bytes.count
    put(",\"request\":")
    let isMasked =
      isKnown
      && point.mask(
        decision: decision, body: request, today: today, key: maskKey, into: &records.bytes)
    if !isMasked {
      records.bytes.removeLast(records.bytes.count - before)
      put(",")
      SecretMask.describe(request, into: &records.bytes)
    }
    put(",\"answer\":")
    records.bytes += body[start...]
    records.endRecord()
  }

  private func bytes(of span: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bytesOf: span)
    return bytes
  }

  private mutating func put(_ text: String) { records.bytes.append(contentsOf: text.utf8) }

  private mutating func put(decimal value: Int) {
    if value >= 10 { put(decimal: value / 10) }
    records.bytes.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
  }
}
