/// What wakes the loop from outside: the stop signals, and a switch that other threads may throw.
internal import CSystem
internal import Glibc

/// SIGTERM and SIGINT as something to read (`signalfd`); from its making on they no longer end the
/// process, and SIGPIPE does nothing.
public final class StopSignals {
  let descriptor: FileDescriptor

  /// Takes the signals over; done before other threads begin, so that none of them gets one.
  public init() throws(SocketProblem) {
    _ = csystem_ignore_sigpipe()
    do throws(Errno) {
      descriptor = try FileDescriptor(opened: csystem_stop_signals())
    } catch {
      throw .noSignals(error)
    }
  }
}

/// Asks a running server to drain and stop; may be thrown from any thread (`eventfd`).
public final class StopSwitch: Sendable {
  let descriptor: Int32

  /// Makes a switch.
  public init() throws(Errno) {
    let number = csystem_event()
    guard number >= 0 else { throw Errno.last }
    descriptor = number
  }

  deinit { _ = Glibc.close(descriptor) }

  /// Stops the server.
  public func stop() {
    var one: UInt64 = 1
    _ = unsafe Glibc.write(descriptor, &one, 8)
  }
}

/// What both have in common.
enum Wakeup {
  /// Takes the report, so that the descriptor is no longer ready (`read`).
  static func consume(_ descriptor: Int32) {
    var report = [UInt8](repeating: 0, count: 256)
    _ = unsafe report.withUnsafeMutableBytes { (room) -> Int in
      unsafe Glibc.read(descriptor, room.baseAddress, room.count)
    }
  }
}
