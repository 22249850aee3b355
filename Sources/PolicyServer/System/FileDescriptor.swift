/// A file descriptor that is owned once and closed when its owner goes.
internal import CSystem
internal import Glibc

/// An open descriptor.
struct FileDescriptor: ~Copyable {
  /// Its number.
  let number: Int32

  /// Takes over the result of a call that opens a descriptor; a negative number throws `errno`.
  init(opened number: Int32) throws(Errno) {
    guard number >= 0 else { throw Errno.last }
    self.number = number
  }

  deinit { _ = Glibc.close(number) }

  /// What reading gave.
  enum Reading {
    case bytes(Int)
    case nothingYet
    case end
    case failed
  }

  /// Fills the front of a buffer (`read`).
  func read(into buffer: inout [UInt8]) -> Reading {
    let number = self.number
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { (room) -> Int in
        unsafe Glibc.read(number, room.baseAddress, room.count)
      }
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      let reason = Errno.last
      if reason == .wouldBlock { return .nothingYet }
      if reason != .interrupted { return .failed }
    }
  }

  /// Sends what the socket takes of some bytes: how many, 0 when it must wait, nil when the peer is
  /// gone (`send` with MSG_NOSIGNAL).
  func send(_ bytes: ArraySlice<UInt8>) -> Int? {
    while true {
      let count = unsafe bytes.withUnsafeBytes { (all) -> Int in
        unsafe csystem_send(number, all.baseAddress, all.count)
      }
      if count >= 0 { return count }
      let reason = Errno.last
      if reason == .wouldBlock { return 0 }
      if reason != .interrupted { return nil }
    }
  }

  /// Ends receiving; what was received stays readable (`shutdown` with SHUT_RD).
  func shutdownReceiving() { _ = shutdown(number, Int32(SHUT_RD)) }

  /// Ends sending (`shutdown` with SHUT_WR).
  func shutdownSending() { _ = shutdown(number, Int32(SHUT_WR)) }
}
