/// One client: what it has sent and not been answered, what it has not taken, how long it may take.

/// The state of a connection; only the event loop's thread touches it.
final class Connection {
  /// What the connection waits for; each kind has its time limit.
  enum Waiting { case request, header, body, output, discard }

  /// How a connection ends: it closes once its output is taken; after a refusal, what still comes
  /// is thrown away first.
  enum Ending { case none, afterOutput, afterDiscard, discarding }

  let descriptor: FileDescriptor
  /// Who asks; nil when the system does not say.
  let peer: Peer?
  /// What the peer may ask for, once it is known.
  var grants: Grants?
  var parser: RequestParser
  /// Received bytes from the first one that was not answered; empty on the common way.
  var input: [UInt8] = []
  /// Answers that the socket has not taken yet, from `pendingStart` on.
  var pending: [UInt8] = []
  var pendingStart = 0
  var interest = Interest.reading
  var waiting = Waiting.request
  var deadline: Int64 = 0
  var ending = Ending.none
  /// The client sends no more.
  var hasEnded = false
  /// Whole requests may be left in `input`, because the batch had reached its limit.
  var isStalled = false
  var isQueued = false
  var discarded = 0

  init(_ descriptor: consuming FileDescriptor, _ limits: Limits) {
    peer = Peer(of: descriptor)
    self.descriptor = descriptor
    parser = RequestParser(limits)
  }

  var pendingCount: Int { pending.count - pendingStart }

  /// Whether requests are still taken from it.
  var isOpen: Bool { ending == .none }

  /// Takes note of answers; they are sent by `flush`.
  func queue(_ bytes: [UInt8], from offset: Int) {
    pending.append(contentsOf: bytes[offset...])
  }

  /// Sends what is pending; gives how many bytes the socket took, nil when the client is gone.
  func flush() -> Int? {
    guard pendingCount > 0 else { return 0 }
    guard let sent = descriptor.send(pending, from: pendingStart) else { return nil }
    pendingStart += sent
    if pendingCount == 0 {
      pending.removeAll(keepingCapacity: pending.capacity <= 1 << 16)
      pendingStart = 0
    } else if pendingStart > 1 << 18 {
      pending.removeFirst(pendingStart)
      pendingStart = 0
    }
    return sent
  }

  /// Keeps what follows the answered requests; bytes of a batch that was read into the shared buffer.
  func keep(_ rest: ArraySlice<UInt8>) { input.append(contentsOf: rest) }

  /// Drops answered requests from `input`.
  func drop(_ count: Int) {
    if count == input.count {
      input.removeAll(keepingCapacity: input.capacity <= 1 << 16)
    } else {
      input.removeFirst(count)
    }
  }
}
