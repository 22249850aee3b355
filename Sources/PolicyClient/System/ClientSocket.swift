/// The calls on the client's end of a Unix stream socket: connect, send, receive, wait.
internal import CSystem
internal import Glibc

/// A connected socket that is owned once, and closed when its owner goes.
struct ClientSocket: ~Copyable {
  /// The descriptor.
  let number: Int32

  private init(number: Int32) { self.number = number }

  deinit { _ = close(number) }

  /// The longest path in bytes that an address holds.
  static var longestPath: Int { csystem_unix_path_room() }

  /// Connects (`socket`, `connect`); waits while the daemon has no room for another connection.
  static func connect(to path: String, until deadline: Deadline) throws(ClientProblem)
    -> ClientSocket
  {
    if path.utf8.count > longestPath { throw .pathTooLong(path, room: longestPath) }
    if path.utf8.isEmpty || path.utf8.contains(0) { throw .noSocket(path) }
    let opened = csystem_unix_socket()
    guard opened >= 0 else { throw .cannotConnect(path, reason: reason(errno)) }
    let socket = ClientSocket(number: opened)
    while true {
      if unsafe csystem_unix_connect(socket.number, path) == 0 { return socket }
      let code = errno
      switch code {
      case EINTR: continue
      case EAGAIN:
        // The queue of the listening socket is full, and nothing tells when it no longer is.
        if deadline.isOver { throw .timedOut(milliseconds: deadline.milliseconds) }
        MonotonicClock.pause(nanoseconds: 1_000_000)
      case ENOENT, ENOTDIR: throw .noSocket(path)
      case ECONNREFUSED: throw .nobodyListens(path)
      case EACCES, EPERM: throw .notAllowed(path)
      default: throw .cannotConnect(path, reason: reason(code))
      }
    }
  }

  /// Sends what the socket takes of `bytes` from an offset on: how many, 0 when it must wait, nil
  /// when the daemon is gone (`send` with MSG_NOSIGNAL).
  func send(_ bytes: [UInt8], from offset: Int) -> Int? {
    while true {
      let count = unsafe bytes.withUnsafeBytes { (all) -> Int in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: all[offset...])
        return unsafe csystem_send(number, rest.baseAddress, rest.count)
      }
      if count >= 0 { return count }
      if errno == EAGAIN { return 0 }
      if errno != EINTR { return nil }
    }
  }

  /// What receiving gave.
  enum Receipt {
    case bytes(Int)
    case nothingYet
    case end
    case lost(String)
  }

  /// Receives into the room of a buffer behind `offset` (`read`).
  func receive(into buffer: inout [UInt8], from offset: Int) -> Receipt {
    let number = self.number
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { (all) -> Int in
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: all[offset...])
        return unsafe read(number, room.baseAddress, room.count)
      }
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      if errno == EAGAIN { return .nothingYet }
      if errno != EINTR { return .lost(Self.reason(errno)) }
    }
  }

  /// Waits until there is something to receive, or room to send where that is wanted; false when the
  /// time is over first (`poll`).
  func wait(toSend: Bool, until deadline: Deadline) -> Bool {
    while true {
      let events = Int16(POLLIN) | (toSend ? Int16(POLLOUT) : 0)
      var watched = pollfd(fd: number, events: events, revents: 0)
      let found = unsafe poll(&watched, 1, deadline.millisecondsLeft)
      if found > 0 { return true }
      if found == 0, deadline.isOver { return false }
      if found < 0, errno != EINTR { return true }
    }
  }

  /// The system's words for a number (`strerror_r`).
  static func reason(_ code: Int32) -> String {
    var words = [CChar](repeating: 0, count: 256)
    let failed = unsafe strerror_r(code, &words, words.count - 1)
    guard failed == 0 else { return "error \(code)" }
    return String(
      decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
