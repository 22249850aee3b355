/// Requests of the bench that are allowed, damaged one fact at a time: none may slip through.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

@Suite(.timeLimit(.minutes(10))) struct DamagedFactsTests {
  static let policies = Products.root.appending(path: "Sources/Bench/Policies")

  /// The ten damages: a place in the request, and what stands there instead (nil: nothing).
  static let damages: [(path: [String], value: JSONTree?)] = [
    (["customer", "blocked"], nil),
    (["customer", "max_overdue_days"], nil),
    (["order", "lines", "0", "stock"], nil),
    (["order", "docs", "qc_passed"], nil),
    (["order", "docs"], nil),
    (["order", "terms"], .string("prepayed")),
    (["customer", "grade"], .string("AA")),
    (["order", "amount"], .string("half a million")),
    (["order", "paid"], .null),
    (["customer", "blocked"], .string("false")),
    (["order", "lines"], nil),
    (["order", "lines", "0", "qty"], .null),
    (["customer"], nil),
  ]

  @Test func noneOfTheDamagedRequestsIsPermitted() throws {
    let daemon = try BuiltDaemon(Self.policies)
    let requests = try Self.requests()
    #expect(requests.count == 5)
    for request in requests {
      #expect(try daemon.ask("w1.shipment", request.bytes).isPermitted)
      for (path, value) in Self.damages {
        let damaged = request.replacing(["input"] + path, by: value)
        let answer = try daemon.ask("w1.shipment", damaged.bytes)
        #expect(!answer.isPermitted, "\(damaged.text)")
        #expect(names(path, answer), "\(path): \(answer.body)")
      }
    }
  }

  /// Each fact left out in turn, items of lists too: the answer names it, unless no value of it can matter.
  @Test func aMissingFactIsPermittedOnlyWhenItCannotMatter() throws {
    let daemon = try BuiltDaemon(Self.policies)
    var harmless = 0
    var asked = 0
    for request in try Self.requests() {
      for (path, value) in request.leaves() {
        let answer = try daemon.ask(
          "w1.shipment", request.replacing(path, by: nil).bytes)
        #expect(answer.status == 200)
        asked += 1
        guard answer.isPermitted else {
          #expect(names(Array(path.dropFirst()), answer), "\(path): \(answer.body)")
          continue
        }
        harmless += 1
        for other in Self.others(than: value, at: path.last ?? "") {
          let changed = try daemon.ask("w1.shipment", request.replacing(path, by: other).bytes)
          #expect(changed.isPermitted, "\(path) was left out, and \(other.text) would matter")
        }
      }
    }
    #expect(asked > 100 && harmless < asked)
  }

  /// Every kind of nonsense in the place of every fact: refused, with the place.
  @Test func nonsenseInThePlaceOfAnyFactIsRefused() throws {
    let daemon = try BuiltDaemon(Self.policies)
    for request in try Self.requests() {
      for (path, value) in request.leaves() {
        for wrong in [JSONTree.null, .array([]), .object([]), .string("x y z"), .bool(true)] {
          if case .string = wrong, case .string = value { continue }
          if case .bool = wrong, case .bool = value { continue }
          let answer = try daemon.ask("w1.shipment", request.replacing(path, by: wrong).bytes)
          #expect(answer.status == 400 && !answer.isPermitted, "\(path): \(answer.body)")
          let pointer = "/" + path.joined(separator: "/")
          #expect(answer.tree["pointer"]?.word == pointer, "\(path): \(answer.body)")
        }
      }
    }
  }

  private static func requests() throws -> [JSONTree] {
    try Golden.files("damaged", endings: "json").map { file in
      try #require(JSONTree(parsing: try Golden.bytes(file)))
    }
  }

  /// Whether an answer names a place, or facts below it: as a pointer, or among the needs.
  private func names(_ path: [String], _ answer: Answer) -> Bool {
    if answer.status == 400 {
      return answer.tree["pointer"]?.word == "/input/" + path.joined(separator: "/")
    }
    var words = ""
    for part in path {
      if let item = Int(part) {
        words += "[\(item + 1)]"
      } else {
        words += words.isEmpty ? part : "." + part
      }
    }
    let needs = answer.tree["needs"]?.items.compactMap(\.word) ?? []
    return answer.status == 200
      && needs.contains { $0 == words || $0.hasPrefix(words + ".") || $0.hasPrefix(words + "[") }
  }

  /// Values that a fact might have had.
  private static func others(than value: JSONTree, at name: String) -> [JSONTree] {
    switch (value, name) {
    case (.bool, _): [.bool(true), .bool(false)]
    case (.number, _): [.number("0"), .number("0.01"), .number("99999999999999")]
    case (_, "terms"): [.string("prepaid"), .string("on_account")]
    case (_, "grade"): ["A", "B", "C", "D"].map { .string($0) }
    default: [.string(""), .string("other")]
    }
  }
}

extension JSONTree {
  /// The values that are not records or lists, with their paths.
  func leaves(below path: [String] = []) -> [(path: [String], value: JSONTree)] {
    switch self {
    case .object(let members):
      members.filter { !path.isEmpty || $0.name == "input" }
        .flatMap { $0.value.leaves(below: path + [$0.name]) }
    case .array(let items):
      items.enumerated().flatMap { $1.leaves(below: path + [String($0)]) }
    default: [(path, self)]
    }
  }

  /// The tree with another value at a path, or without it.
  func replacing(_ path: [String], by value: JSONTree?) -> JSONTree {
    guard let name = path.first else { return value ?? self }
    let rest = Array(path.dropFirst())
    switch self {
    case .object(let members):
      return .object(
        members.compactMap { member in
          if member.name != name { return member }
          if rest.isEmpty { return value.map { Member(name, $0) } }
          return Member(name, member.value.replacing(rest, by: value))
        })
    case .array(let items):
      return .array(
        items.enumerated().compactMap { index, item in
          if String(index) != name { return item }
          return rest.isEmpty ? value : item.replacing(rest, by: value)
        })
    default: return self
    }
  }
}
