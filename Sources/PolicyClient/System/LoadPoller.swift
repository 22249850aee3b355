/// Which of many connections are ready, waited for to the nanosecond.
internal import CSystem
internal import Glibc

/// An epoll instance and the reports of its last wait.
final class LoadPoller {
  private let number: Int32
  private var reports: [csystem_event]

  /// Makes one (`epoll_create1`).
  init() throws(ClientProblem) {
    number = csystem_epoll_create()
    reports = Array(repeating: csystem_event(descriptor: -1, readiness: 0), count: 256)
    if number < 0 { throw .noPoller(reason: ClientSocket.reason(errno)) }
  }

  deinit { _ = close(number) }

  /// Watches a connection for answers, and for room to send where that is wanted (`epoll_ctl`).
  func watch(_ descriptor: Int32, toSend: Bool, isNew: Bool) {
    let interest = Int32(CSYSTEM_READABLE) | (toSend ? Int32(CSYSTEM_WRITABLE) : 0)
    if isNew {
      _ = csystem_epoll_add(number, descriptor, interest)
    } else {
      _ = csystem_epoll_change(number, descriptor, interest)
    }
  }

  /// Waits at most so many nanoseconds; gives the number of reports (`ppoll`, `epoll_wait`).
  ///
  /// `epoll_wait` counts in milliseconds, which is too coarse for requests that are due at a moment;
  /// `ppoll` on the epoll instance is not. It is called only when nothing is ready.
  func wait(nanoseconds: Int64) -> Int {
    let ready = collect()
    if ready > 0 || nanoseconds <= 0 { return ready }
    return csystem_wait_readable(number, nanoseconds) > 0 ? collect() : 0
  }

  private func collect() -> Int {
    let poller = number
    let count = unsafe reports.withUnsafeMutableBufferPointer { (room) -> Int32 in
      unsafe csystem_epoll_wait(poller, room.baseAddress, Int32(room.count), 0)
    }
    return max(0, Int(count))
  }

  /// The descriptor of a report.
  func descriptor(_ index: Int) -> Int32 { reports[index].descriptor }

  /// Sees to it that sleeping ends when it should: the system else adds up to 50 µs (`prctl`).
  static func sleepExactly() { _ = csystem_sleep_exactly() }
}
