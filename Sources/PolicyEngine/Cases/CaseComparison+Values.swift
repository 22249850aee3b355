/// Comparing records and lists with what a case expects, and writing both on one line.
import PolicyCompiler
import PolicyRuntime

extension CaseComparison {
  /// Whether a value on the wire is as expected; a field that the case leaves out is not compared.
  func agrees(_ expected: CaseValue, _ got: JSONTree) -> Bool {
    switch (expected, got) {
    case (.record(let fields), .object):
      fields.allSatisfy { name, value in agrees(value, got[name] ?? .null) }
    case (.list(let items), .array(let found)):
      items.count == found.count && zip(items, found).allSatisfy { agrees($0, $1) }
    case (.constant(let constant), _):
      got.word.map { found in
        Self.same(WireValue.tree(of: constant, in: types).word ?? "", found)
      } ?? false
    default: false
    }
  }

  /// What a case expects, on one line.
  func words(_ value: CaseValue) -> String {
    switch value {
    case .constant(let constant): Self.words(WireValue.tree(of: constant, in: types))
    case .record(let fields):
      Self.braced(fields.sorted { $0.key < $1.key }.map { "\($0.key): \(words($0.value))" })
    case .list(let items): "[" + items.map(words).joined(separator: ", ") + "]"
    case .unknown: "unknown"
    }
  }

  /// What an answer says, on one line.
  static func words(_ value: JSONTree) -> String {
    switch value {
    case .object(let members):
      braced(members.map { "\($0.name): \(words($0.value))" })
    case .array(let items): "[" + items.map(words).joined(separator: ", ") + "]"
    case .null: "absent"
    default: value.word ?? ""
    }
  }

  private static func braced(_ words: [String]) -> String {
    words.isEmpty ? "{ }" : "{ " + words.joined(separator: ", ") + " }"
  }
}
