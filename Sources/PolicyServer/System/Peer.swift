/// Who is at the other end of a connection, and the names of users and groups.
internal import CSystem
internal import Glibc

/// The process that connected, as the system knows it; it cannot be forged.
struct Peer: Hashable, Sendable {
  /// The user.
  let uid: UInt32
  /// The group of its process.
  let gid: UInt32
  /// The process; it may have ended since.
  let pid: Int32

  init(uid: UInt32, gid: UInt32, pid: Int32) {
    self.uid = uid
    self.gid = gid
    self.pid = pid
  }

  /// Asks the system (`getsockopt` with SO_PEERCRED); nil when it does not say.
  init?(of connection: borrowing FileDescriptor) {
    var peer = csystem_peer()
    guard unsafe csystem_peer(connection.number, &peer) == 0 else { return nil }
    self.init(uid: peer.uid, gid: peer.gid, pid: peer.pid)
  }

  /// The further groups of the process when it connected (`getsockopt` with SO_PEERGROUPS).
  static func groups(of connection: borrowing FileDescriptor) -> [UInt32] {
    var room = [UInt32](repeating: 0, count: 64)
    while room.count <= 1 << 16 {
      let count = unsafe csystem_peer_groups(connection.number, &room, room.count)
      if count >= 0 { return Array(room.prefix(count)) }
      if Errno.last != .resultTooLarge { return [] }
      room = Array(repeating: 0, count: room.count * 4)
    }
    return []
  }
}

/// The users and groups of the machine.
public enum Accounts {
  /// The number of a user by its name (`getpwnam`).
  static func user(_ name: String) -> UInt32? {
    guard let entry = unsafe getpwnam(name) else { return nil }
    return unsafe entry.pointee.pw_uid
  }

  /// The number of a group by its name (`getgrnam`).
  static func group(_ name: String) -> UInt32? {
    guard let entry = unsafe getgrnam(name) else { return nil }
    return unsafe entry.pointee.gr_gid
  }

  /// The number that a text is, or that the group of this name has.
  public static func group(named text: String) -> UInt32? { UInt32(text) ?? group(text) }

  /// Names are listed up to here, to find the nearest.
  private static let most = 10_000

  /// The names of users (`getpwent`).
  static var userNames: [String] {
    setpwent()
    defer { endpwent() }
    var names: [String] = []
    while names.count < most, let entry = unsafe getpwent() {
      names.append(unsafe String(cString: entry.pointee.pw_name))
    }
    return names
  }

  /// The names of groups (`getgrent`).
  public static var groupNames: [String] {
    setgrent()
    defer { endgrent() }
    var names: [String] = []
    while names.count < most, let entry = unsafe getgrent() {
      names.append(unsafe String(cString: entry.pointee.gr_name))
    }
    return names
  }

  /// Whether a group is the private one of a user: its primary group, in which there is nobody else.
  ///
  /// Where every user has such a group, files are usually writable by it (umask 002). A user without an
  /// entry, as in a container, has the group of this process when it is the user of this process.
  static func isPrivate(_ group: UInt32, of owner: UInt32) -> Bool {
    var name: String?
    if let entry = unsafe getpwuid(owner) {
      guard unsafe entry.pointee.pw_gid == group else { return false }
      name = unsafe String(cString: entry.pointee.pw_name)
    } else if owner != geteuid() || group != getegid() {
      return false
    }
    return members(of: group).allSatisfy { $0 == name } && !isShared(group, beside: owner)
  }

  /// The users that a group lists (`getgrgid`).
  private static func members(of group: UInt32) -> [String] {
    guard let entry = unsafe getgrgid(group), var next = unsafe entry.pointee.gr_mem else {
      return []
    }
    var names: [String] = []
    while let name = unsafe next.pointee {
      names.append(unsafe String(cString: name))
      unsafe next += 1
    }
    return names
  }

  /// Whether another user has the group as primary one.
  private static func isShared(_ group: UInt32, beside owner: UInt32) -> Bool {
    setpwent()
    defer { endpwent() }
    for _ in 0..<most {
      guard let entry = unsafe getpwent() else { return false }
      if unsafe entry.pointee.pw_gid == group && entry.pointee.pw_uid != owner { return true }
    }
    return true
  }
}

extension Accounts {
  /// The user of this process (`geteuid`).
  static var own: UInt32 { geteuid() }
}
