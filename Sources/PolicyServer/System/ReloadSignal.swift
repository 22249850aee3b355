/// What asks for a reload, and what tells the loop that work done elsewhere is ready.
internal import CSystem
internal import Glibc

/// SIGHUP as something to read (`signalfd`); from its making on it no longer ends the process.
public final class ReloadSignal: Sendable {
  let descriptor: Int32

  /// Takes the signal over; done before other threads begin, so that none of them gets it.
  public init() throws(StartProblem) {
    descriptor = csystem_reload_signal()
    guard descriptor >= 0 else { throw .noSignals(Errno.last) }
  }

  deinit { _ = Glibc.close(descriptor) }
}

/// A descriptor that another thread makes readable (`eventfd`).
final class Bell: Sendable {
  let descriptor: Int32

  /// Makes one.
  init() throws(Errno) {
    descriptor = csystem_event()
    guard descriptor >= 0 else { throw Errno.last }
  }

  deinit { _ = Glibc.close(descriptor) }

  /// Makes it readable (`write`).
  func ring() {
    var one: UInt64 = 1
    _ = unsafe Glibc.write(descriptor, &one, 8)
  }
}

/// Work on a thread of its own.
enum BackgroundThread {
  /// The work on its way to its thread.
  private final class Parcel: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }

  /// Begins some work (`pthread_create`, `pthread_detach`); false when the system grants no thread.
  static func begin(_ work: @escaping @Sendable () -> Void) -> Bool {
    let parcel = unsafe Unmanaged.passRetained(Parcel(work))
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<Parcel>.fromOpaque(argument).takeRetainedValue().work()
        }
        return nil
      }, parcel.toOpaque())
    if failure != 0 {
      unsafe parcel.release()
      return false
    }
    _ = pthread_detach(thread)
    return true
  }
}
