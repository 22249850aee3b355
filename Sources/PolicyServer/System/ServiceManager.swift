/// What the service manager (systemd) and the daemon tell each other: passed sockets, states, signs of life.
internal import CSystem
internal import Glibc

/// The listening socket that the service manager made and passed on (`LISTEN_FDS`).
public struct PassedSocket: Sendable {
  /// The number of the first descriptor that is passed (sd_listen_fds(3)).
  static let first: Int32 = 3

  /// Its descriptor.
  let descriptor: Int32
  /// Where it listens; `@` begins an abstract address.
  public let path: String

  /// Takes what was passed to this process, so that no other process finds it in the environment; nil
  /// when nothing was.
  ///
  /// Exactly one listening Unix stream socket is taken. Anything else is a mistake of the unit, and
  /// throws: to listen elsewhere then would leave clients of the passed socket without an answer.
  public static func take() throws(StartProblem) -> PassedSocket? {
    let process = ProcessEnvironment.variable("LISTEN_PID")
    let count = ProcessEnvironment.variable("LISTEN_FDS")
    let names = ProcessEnvironment.variable("LISTEN_FDNAMES")
    ProcessEnvironment.forget("LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "LISTEN_PIDFDID")
    guard let process, Int32(process) == getpid(), let count else { return nil }
    guard let number = Int(count), number >= 0 else { throw .badPassedCount(count) }
    if number == 0 { return nil }
    guard number == 1 else { throw .severalPassed(number, names: names) }
    switch UInt32(bitPattern: csystem_socket_kind(first)) {
    case CSYSTEM_LISTENING_SOCKET.rawValue: break
    case CSYSTEM_NOT_LISTENING.rawValue: throw .passedDoesNotListen
    default: throw .passedIsNotUnix
    }
    if csystem_adopt(first) < 0 { throw .cannotAdopt(Errno.last) }
    return PassedSocket(descriptor: first, path: address)
  }

  private static var address: String {
    var room = [CChar](repeating: 0, count: 256)
    let count = unsafe csystem_socket_path(first, &room, room.count)
    return String(
      decoding: room.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// Tells the service manager how the daemon is (sd_notify(3)); without one, nothing is told.
public final class ServiceManager {
  private let address: String?
  /// How often a sign of life is sent, in milliseconds: at half of the time that is granted.
  let lifeSignInterval: Int64?
  /// What could not be sent because the manager was behind.
  private(set) var unsent: String?

  /// Takes `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` out of the environment.
  public init() {
    let address = ProcessEnvironment.variable("NOTIFY_SOCKET")
    let patience = ProcessEnvironment.variable("WATCHDOG_USEC").flatMap { Int64($0) }
    let process = ProcessEnvironment.variable("WATCHDOG_PID")
    ProcessEnvironment.forget("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")
    self.address = address.flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
    let isMeant = process.map { Int32($0) == getpid() } ?? true
    lifeSignInterval =
      if let patience, patience > 0, isMeant, self.address != nil {
        max(1, patience / 2000)
      } else { nil }
  }

  /// It answers, and what it serves.
  func tellReady(_ status: String) { tell("READY=1\nSTATUS=\(status)") }

  /// It loads another set.
  func tellReloading() {
    tell("RELOADING=1\nMONOTONIC_USEC=\(SystemClock.monotonicMicroseconds)\nSTATUS=reloading")
  }

  /// It finishes what it has accepted.
  func tellStopping() { tell("STOPPING=1\nSTATUS=finishing what was accepted") }

  /// It lives.
  func tellAlive() { if unsent == nil { _ = send("WATCHDOG=1") } }

  /// Sends again what could not be sent.
  func sendAgain() {
    guard let message = unsent else { return }
    unsent = nil
    tell(message)
  }

  /// A state that came later says all that the manager needs to know of the one before.
  private func tell(_ message: String) { unsent = send(message) ? nil : message }

  /// Whether there is nothing to be sent again.
  private func send(_ message: String) -> Bool {
    guard let address else { return true }
    let bytes = Array(message.utf8)
    let sent = unsafe bytes.withUnsafeBytes { (all) in
      unsafe csystem_notify(address, all.baseAddress, all.count)
    }
    return sent >= 0 || Errno.last != .wouldBlock
  }
}

extension SystemClock {
  /// Microseconds on the clock by which the service manager orders messages (`clock_gettime`).
  static var monotonicMicroseconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}

extension ProcessEnvironment {
  /// Removes variables, so that no child finds them (`unsetenv`).
  static func forget(_ names: String...) {
    for name in names { _ = unsafe unsetenv(name) }
  }
}
