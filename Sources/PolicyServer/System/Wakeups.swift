/// What wakes the loop from outside: the stop signals, and a switch that other threads may throw.
internal import CSystem
internal import Glibc

/// SIGTERM and SIGINT as something to read (`signalfd`); from its making on they no longer end the
/// process, and SIGPIPE does nothing.
public final class StopSignals {
  let descriptor: FileDescriptor

  /// Takes the signals over; done before other threads begin, so that none of them gets one.
  public init() throws(StartProblem) {
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

  deinit { Wakeup.close(descriptor) }

  /// Stops the server.
  public func stop() { Wakeup.signal(descriptor) }
}

/// What they have in common.
enum Wakeup {
  /// Makes an event readable (`write`).
  static func signal(_ descriptor: Int32) { _ = csystem_signal(descriptor) }

  /// Gives an event back (`close`).
  static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

  /// Takes the report, so that the descriptor is no longer ready (`read`).
  static func consume(_ descriptor: Int32) {
    var report = [UInt8](repeating: 0, count: 256)
    _ = unsafe report.withUnsafeMutableBytes { (room) -> Int in
      unsafe Glibc.read(descriptor, room.baseAddress, room.count)
    }
  }
}
