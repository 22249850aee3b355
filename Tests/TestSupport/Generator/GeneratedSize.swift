/// How large a generated program is: most are small, because a fault shows as well in a small one and sooner.
import PolicySource

/// How much there is of everything.
struct GeneratedSize {
  /// Decisions, clauses of a release, steps or rows of an approval.
  var decisions = 2...6
  var clauses = 1...5
  /// Fields of the main record, further inputs, tables and definitions.
  var fields = 5...9
  var inputs = 1...4
  var tables = 0...3
  var defines = 0...4
  /// Per cent of the types of which there is a parameter.
  var parameters = 60
  /// How deep conditions go.
  var depth = 2
  /// Requests; nil for one of every mood.
  var requests: Int?

  static let small = GeneratedSize(
    decisions: 1...2, clauses: 1...3, fields: 3...6, inputs: 1...2, tables: 0...1,
    defines: 0...2, parameters: 20, depth: 1, requests: 4)
  static let medium = GeneratedSize(
    decisions: 1...4, clauses: 1...4, fields: 4...8, tables: 0...2, defines: 0...3,
    parameters: 35, requests: 6)
  static let large = GeneratedSize()

  /// One of the three.
  static func pick(_ random: inout SplitMix64) -> GeneratedSize {
    switch random.pick(1...50) {
    case 1: large
    case 2...7: medium
    default: small
    }
  }
}
