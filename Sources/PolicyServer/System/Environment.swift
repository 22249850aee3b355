/// The clock, the calendar day, the environment, randomness and the standard streams.
internal import CSystem
internal import Glibc
public import PolicyRuntime

/// Readings of the clocks.
enum SystemClock {
  /// Milliseconds since some fixed moment (`clock_gettime`, monotonic and coarse: 4 ms steps).
  static var milliseconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Nanoseconds since some fixed moment (`clock_gettime`, monotonic).
  static var nanoseconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Seconds since 1970-01-01 UTC (`clock_gettime`, coarse).
  static var unixSeconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME_COARSE, &time)
    return Int64(time.tv_sec)
  }
}

/// The timezone in which "today" is told.
public struct Timezone: Sendable {
  /// Its name in the time zone database, such as `Asia/Shanghai`.
  public let name: String

  /// Sets the process to a zone (`setenv` TZ, `tzset`); nil when the machine does not know it.
  ///
  /// The C library takes an unknown name for UTC in silence, so the database is asked first.
  /// Asia/Shanghai is known without a database: eight hours before UTC, no summer time since 1991.
  public init?(_ name: String) {
    let sane = name.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2F, 0x5F: true
      default: false
      }
    }
    guard sane, !name.isEmpty, !name.hasPrefix("/") else { return nil }
    self.name = name
    var rule = ":" + name
    if !Self.isFile("/usr/share/zoneinfo/" + name) {
      switch name {
      case "UTC": rule = "UTC0"
      case "Asia/Shanghai": rule = "CST-8"
      default: return nil
      }
    }
    guard unsafe csystem_set_timezone(rule) == 0 else { return nil }
  }

  private static func isFile(_ path: String) -> Bool {
    var file = csystem_file()
    guard unsafe csystem_lstat(path, &file) == 0 else { return false }
    let kind = UInt32(bitPattern: file.kind)
    return kind == CSYSTEM_OTHER.rawValue || kind == CSYSTEM_SYMLINK.rawValue
  }

  /// The day there at a moment (`localtime_r`), in seconds since 1970-01-01 UTC.
  public func day(atUnixSeconds seconds: Int64) -> Day {
    var (year, month, day): (Int32, Int32, Int32) = (0, 0, 0)
    guard unsafe csystem_local_date(seconds, &year, &month, &day) == 0 else {
      return Day(number: Int(seconds / 86_400))
    }
    return Day(year: Int(year), month: Int(month), day: Int(day)) ?? Day.first
  }

  /// The day there now.
  public var today: Day { day(atUnixSeconds: SystemClock.unixSeconds) }
}

/// What the process was started with.
public enum ProcessEnvironment {
  /// A variable that is set and not empty (`getenv`).
  public static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// Raises the number of files the process may open; gives what was granted (`setrlimit`).
  public static func raiseOpenFiles(to wanted: Int) throws(Errno) -> Int {
    var granted: UInt64 = 0
    if unsafe csystem_raise_open_files(UInt64(max(0, wanted)), &granted) < 0 { throw Errno.last }
    return Int(clamping: granted)
  }

  /// Ends the process with a code, once nothing is left to do (`exit`).
  public static func exit(_ code: Int32) -> Never { Glibc.exit(code) }
}

/// Standard output and standard error, written at once and whole.
public enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  /// Writes a line (`write`); a reader that is gone is no error.
  public func line(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { (all) -> Int in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: all[sent...])
        return unsafe Glibc.write(rawValue, rest.baseAddress, rest.count)
      }
      if count < 0 {
        if Errno.last == .interrupted { continue }
        return
      }
      sent += count
    }
  }
}
