/// Lines for standard error that the loop does not wait for.
import Synchronization

/// Lines in their order, written by whichever thread comes to it.
final class Journal: Sendable {
  private let waiting = Mutex<[String]>([])
  /// Held while lines are written, which may take long; never by the loop.
  private let writing = Mutex(())

  /// Adds some lines; returns at once.
  func append(_ lines: [String]) { waiting.withLock { $0 += lines } }

  /// Writes what waits.
  func write() {
    writing.withLock { _ in
      let lines = waiting.withLock { waiting in
        let taken = waiting
        waiting = []
        return taken
      }
      if !lines.isEmpty { StandardStream.error.line(lines.joined(separator: "\n")) }
    }
  }
}
