/// Which descriptors are ready: epoll, level-triggered.
internal import CSystem

/// What a descriptor is watched for.
struct Interest: OptionSet {
  let rawValue: Int32
  static let reading = Interest(rawValue: Int32(CSYSTEM_READABLE))
  static let writing = Interest(rawValue: Int32(CSYSTEM_WRITABLE))
}

/// An epoll instance and the reports of its last wait.
struct Poller: ~Copyable {
  private let descriptor: FileDescriptor
  private var reports: [csystem_event]

  /// Makes one (`epoll_create1`).
  init() throws(Errno) {
    descriptor = try FileDescriptor(opened: csystem_epoll_create())
    reports = Array(repeating: csystem_event(descriptor: -1, readiness: 0), count: 256)
  }

  /// Begins to watch a descriptor (`epoll_ctl`).
  func add(_ number: Int32, _ interest: Interest) throws(Errno) {
    if csystem_epoll_add(descriptor.number, number, interest.rawValue) < 0 { throw Errno.last }
  }

  /// Watches a descriptor for something else (`epoll_ctl`).
  func change(_ number: Int32, _ interest: Interest) throws(Errno) {
    if csystem_epoll_change(descriptor.number, number, interest.rawValue) < 0 { throw Errno.last }
  }

  /// Watches a descriptor no longer (`epoll_ctl`).
  func remove(_ number: Int32) { _ = csystem_epoll_remove(descriptor.number, number) }

  /// Waits until something is ready, at most so many milliseconds (negative: for ever); gives the
  /// number of reports (`epoll_wait`).
  mutating func wait(milliseconds: Int32) throws(Errno) -> Int {
    let poller = descriptor.number
    let count = unsafe reports.withUnsafeMutableBufferPointer { (room) -> Int32 in
      unsafe csystem_epoll_wait(poller, room.baseAddress, Int32(room.count), milliseconds)
    }
    if count >= 0 { return Int(count) }
    let reason = Errno.last
    if reason == .interrupted { return 0 }
    throw reason
  }

  /// The descriptor and readiness of one report.
  func report(_ index: Int) -> (descriptor: Int32, ready: Interest) {
    let report = reports[index]
    return (report.descriptor, Interest(rawValue: report.readiness))
  }
}
