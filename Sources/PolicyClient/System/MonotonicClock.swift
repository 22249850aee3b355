/// The clock that only goes forward, deadlines on it, and pauses.
internal import Glibc

/// Readings of the clock.
public enum MonotonicClock {
  /// Nanoseconds since some fixed moment (`clock_gettime`).
  public static var nanoseconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Waits for a while (`nanosleep`).
  static func pause(nanoseconds: Int64) {
    var time = timespec()
    time.tv_sec = Int(nanoseconds / 1_000_000_000)
    time.tv_nsec = Int(nanoseconds % 1_000_000_000)
    unsafe nanosleep(&time, nil)
  }
}

/// A moment until which something is waited for.
public struct Deadline: Sendable {
  /// How long was to be waited in all.
  public let milliseconds: Int
  private let end: Int64

  /// So many milliseconds from now.
  public init(milliseconds: Int) {
    self.milliseconds = milliseconds
    end = MonotonicClock.nanoseconds + Int64(milliseconds) * 1_000_000
  }

  /// Whether it has passed.
  public var isOver: Bool { MonotonicClock.nanoseconds >= end }

  /// What is left, rounded up, as `poll` takes it.
  var millisecondsLeft: Int32 {
    Int32(clamping: max(0, (end - MonotonicClock.nanoseconds + 999_999) / 1_000_000))
  }
}
