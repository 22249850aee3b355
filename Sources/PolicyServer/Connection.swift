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
  /// Who connected, as JSON for the log.
  private(set) lazy var peerDocument: [UInt8] = {
    guard let peer else { return Array("null".utf8) }
    return Array("{\"uid\":\(peer.uid),\"gid\":\(peer.gid),\"pid\":\(peer.pid)}".utf8)
  }()
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
  /// The request of lines that is being answered.
  var lines: LineStream?
  var discarded = 0

  init(_ descriptor: consuming FileDescriptor, _ limits: Limits) {
    peer = Peer(of: descriptor)
    self.descriptor = descriptor
    parser = RequestParser(limits)
  }

  var pendingCount: Int { pending.count - pendingStart }

  /// Bytes of answers that wait for their records to be durable.
  var heldCount = 0

  /// Bytes of answers that wait for the end of the turn.
  var turnCount = 0

  /// Bytes of answers that the client has not been sent.
  var outstanding: Int { pendingCount + heldCount + turnCount }

  /// Whether requests are still taken from it.
  var isOpen: Bool { ending == .none }

  /// Takes note of answers; they are sent by `flush`.
  func queue(_ bytes: ArraySlice<UInt8>) { pending.append(contentsOf: bytes) }

  /// Sends what is pending; gives how many bytes the socket took, nil when the client is gone.
  func flush() -> Int? {
    guard pendingCount > 0 else { return 0 }
    guard let sent = descriptor.send(pending[pendingStart...]) else { return nil }
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

  /// Takes nothing more from the client and closes once it has what was sent.
  func cut() {
    lines = nil
    input.removeAll()
    ending = hasEnded ? .afterOutput : .afterDiscard
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
