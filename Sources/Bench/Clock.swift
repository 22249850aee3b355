/// Time: the processor time of this thread, and the median of batches; memory, and how often it is asked for.
import CAllocations
import Glibc

/// Readings of the clocks, in nanoseconds.
enum Clock {
  /// The processor time that this thread has used.
  static var thread: Int { read(CLOCK_THREAD_CPUTIME_ID) }
  /// The processor time that all threads of this process have used.
  static var process: Int { read(CLOCK_PROCESS_CPUTIME_ID) }
  /// The time since some fixed moment.
  static var wall: Int { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Int {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}

/// How long a batch takes and how many there are, as in the floor: the median of the batches counts.
struct Stopwatch {
  var batches = 31
  var nanoseconds = 20_000_000

  init(quick: Bool) {
    if quick {
      batches = 9
      nanoseconds = 5_000_000
    }
  }

  /// The median processor time per decision of a pass that makes `count` decisions.
  func median(of count: Int, _ pass: () -> Void) -> Double {
    var passes = 1
    while true {
      let start = Clock.thread
      for _ in 0..<passes { pass() }
      if Clock.thread - start > nanoseconds / 2 { break }
      passes *= 2
    }
    var times: [Double] = []
    for _ in 0..<batches {
      let start = Clock.thread
      for _ in 0..<passes { pass() }
      times.append(Double(Clock.thread - start) / Double(passes * count))
    }
    times.sort()
    return times[times.count / 2]
  }

  /// How often a decision asks for memory, in a pass that makes `count` decisions and was made before.
  func allocations(of count: Int, _ pass: () -> Void) -> Double {
    let passes = 100
    let before = allocations_of_thread()
    for _ in 0..<passes { pass() }
    return Double(allocations_of_thread() - before) / Double(passes * count)
  }
}

/// How long something takes that other threads may do, in milliseconds: by the clock on the wall, and of processor time.
struct Timing {
  let wall: Double
  let processor: Double

  /// Does something and times it.
  static func of<T>(_ work: () throws -> T) rethrows -> (result: T, timing: Timing) {
    let (wall, processor) = (Clock.wall, Clock.process)
    let result = try work()
    return (
      result,
      Timing(
        wall: Double(Clock.wall - wall) / 1_000_000,
        processor: Double(Clock.process - processor) / 1_000_000)
    )
  }

  /// The one in the midst, by the clock on the wall.
  static func median(_ timings: [Timing]) -> Timing {
    timings.sorted { $0.wall < $1.wall }[timings.count / 2]
  }

  var text: String { "\(Table.figure(wall)) ms (\(Table.figure(processor)) ms of processor time)" }
}
