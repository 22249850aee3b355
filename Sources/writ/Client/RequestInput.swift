/// The request that a command is given: read from a file or standard input, with what the options say put in.
import CommandTable
import Foundation
import PolicyEngine
import PolicyRuntime
import PolicySource

enum RequestInput {
  static let input = Option(
    name: "--input", value: .file("FILE"),
    help: "the request as JSON, `{\"input\": …}`; `-` is standard input")
  static let bare = Option(
    name: "--bare", value: nil, help: "the file holds the inputs alone, without envelope")
  /// What a request is that is decided by a folder of policies, without a daemon.
  static let ofASet = [
    Option(
      name: "--set", value: .folder("FOLDER"), default: "policies",
      help: "the folder of the policies"),
    input, bare,
    Option(
      name: "--as-of", value: "DATE",
      help: "the day that counts, instead of the request's own (default: today)"),
    Option(
      name: "--timezone", value: "ZONE", default: "Asia/Shanghai",
      help: "where today is looked up"),
  ]
  static let explain = Option(
    name: "--explain", value: .choice(["none", "reasons", "trace"]),
    help: "how much the answer says; `trace` tells of every clause")
  static let format = Option(
    name: "--format", value: .choice(["json", "text"]),
    help: "one line of JSON (default), or text for people")

  /// The largest request that is read.
  static let largest = 16 * 1024 * 1024

  /// The bytes of `--input`.
  static func read(_ arguments: Arguments, _ console: Console) throws(UsageError) -> [UInt8] {
    let path = try path(arguments)
    guard let read = console.read(path, limit: largest) else {
      throw unreadable(path)
    }
    if path == "-", read.isEmpty {
      throw UsageError(
        "standard input is empty", help: "give the request there, or name its file: `--input FILE`")
    }
    guard read.count <= largest else {
      throw UsageError("the request is larger than \(largest / 1_048_576) MiB")
    }
    return read
  }

  /// A file that cannot be read, and why.
  static func unreadable(_ path: String) -> UsageError {
    let isThere = FileManager.default.fileExists(atPath: path)
    let help: Phrase =
      !isThere
      ? "there is no such file"
      : FileKind.isFolder(path) ? "it is a folder: name a file in it" : "look at its permissions"
    return UsageError("the file `\(path)` cannot be read", help: help)
  }

  /// What `--input` says.
  static func path(_ arguments: Arguments) throws(UsageError) -> String {
    guard let path = arguments.value("--input") else {
      throw UsageError("`--input` is missing", help: "`--input FILE`, or `--input -`")
    }
    return path
  }

  /// The day of `--as-of`, if it is given.
  static func day(_ arguments: Arguments) throws(UsageError) -> Day? {
    guard let text = arguments.value("--as-of") else { return nil }
    guard let day = Day(text: Array(text.utf8)) else {
      throw UsageError("`\(text)` is not a date", help: "write it as `2026-11-21`")
    }
    return day
  }

  /// The request with what the command line says put into it.
  ///
  /// What is not a JSON object is passed on as it is, so that the reader of requests refuses it at its place.
  static func envelope(_ read: [UInt8], _ arguments: Arguments) -> [UInt8] {
    if arguments.has("--bare"), JSONTree(parsing: read) == nil { return read }
    var given = arguments.has("--bare") ? Array("{\"input\":".utf8) + read + [0x7D] : read
    for (name, option) in [("asOf", "--as-of"), ("explain", "--explain")] {
      guard let value = arguments.value(option),
        case .object(let members)? = JSONTree(parsing: given)
      else { continue }
      let rest = members.filter { $0.name != name }
      given = JSONTree.object(rest + [.init(name, .string(value))]).bytes
    }
    return given
  }
}
