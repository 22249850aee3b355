/// What a daemon says of its reloads at `GET /v1/policies`, and waiting until it says so.
import Foundation
import PolicyEngine
import Testing

@testable import PolicyServer

/// The member `reload`.
struct ReloadReport {
  let last: String
  let loaded: Int
  let refused: Int
  let digest: String?
  let diagnostics: [String]

  init(_ tree: JSONTree?) throws {
    let tree = try #require(tree, "there is no member `reload`")
    last = tree["last"]?.word ?? ""
    loaded = tree["loaded"]?.count ?? -1
    refused = tree["refused"]?.count ?? -1
    digest = tree["digest"]?.word
    if case .array(let items) = tree["diagnostics"] {
      diagnostics = items.compactMap(\.word)
    } else {
      diagnostics = ["there is no member `diagnostics`"]
    }
  }

  var state: [String] { [last, String(loaded), String(refused)] }
}

extension JSONTree {
  /// The whole number that it is.
  var count: Int? {
    if case .number(let text) = self { return Int(text) }
    return nil
  }
}

/// Waits until something holds; fails after a long time.
func eventually(_ condition: () throws -> Bool) throws {
  let patience = SystemClock.milliseconds + 120_000
  while try !condition() {
    try #require(SystemClock.milliseconds < patience, "it never came about")
    sched_yield()
  }
}

/// Sets the permissions of a file.
func setMode(_ mode: Int, of file: URL) throws {
  try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
}

extension BuiltDaemon {
  /// The body of `GET /v1/policies`.
  func listing() throws -> JSONTree {
    let client = try client()
    try client.send("GET /v1/policies HTTP/1.1\r\nHost: x\r\n\r\n")
    let answer = try #require(try client.read(1).first)
    try #require(answer.status == 200)
    return answer.tree
  }

  func digest() throws -> String { try #require(try listing()["digest"]?.word) }

  func reloads() throws -> ReloadReport { try ReloadReport(try listing()["reload"]) }

  func awaitReloads(_ condition: (ReloadReport) -> Bool) throws {
    try eventually { condition(try reloads()) }
  }
}
