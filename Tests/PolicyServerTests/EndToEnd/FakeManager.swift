/// A service manager of the tests: takes what the daemon tells it, and passes sockets on.
import Foundation
import Testing

@testable import PolicyServer

/// A datagram socket as systemd has one at `NOTIFY_SOCKET`.
final class FakeManager {
  /// What `NOTIFY_SOCKET` says; `@` begins an abstract address.
  let address: String
  private let descriptor: FileDescriptor
  private(set) var messages: [String] = []

  init(_ address: String) throws {
    self.address = address
    descriptor = try FileDescriptor(opened: socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0))
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(address.utf8).map { $0 == UInt8(ascii: "@") ? 0 : $0 }
    unsafe withUnsafeMutableBytes(of: &name.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let size = socklen_t(2 + bytes.count)
    let number = descriptor.number
    let failed = unsafe withUnsafePointer(to: &name) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(number, $0, size)
      }
    }
    if failed != 0 { throw Errno.last }
  }

  /// The next message that has a line, waiting for it.
  func message(with line: String) throws -> String {
    var room = [UInt8](repeating: 0, count: 4096)
    while true {
      var waiting = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
      try #require(unsafe poll(&waiting, 1, 60_000) == 1, "no `\(line)` came: \(messages)")
      guard case .bytes(let count) = descriptor.read(into: &room) else { continue }
      let message = String(decoding: room[0..<count], as: UTF8.self)
      messages.append(message)
      if message.split(separator: "\n").contains(Substring(line)) { return message }
    }
  }
}

extension Process {
  /// Adds variables to the environment.
  func add(_ variables: [String: String]) {
    environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
  }

  /// Starts through a shell, which has the number that the program will have and passes its standard
  /// input on as descriptor 3, as a service manager does.
  func pass(_ socket: Int32, count: Int = 1) throws {
    let program = try #require(executableURL?.path)
    let words = [program] + (arguments ?? [])
    executableURL = URL(filePath: "/bin/sh")
    arguments =
      [
        "-c",
        "exec 3<&0 0</dev/null; LISTEN_PID=$$ LISTEN_FDS=\(count) LISTEN_FDNAMES=writd exec \"$@\"",
        "sh",
      ] + words
    standardInput = FileHandle(fileDescriptor: socket, closeOnDealloc: false)
  }
}
