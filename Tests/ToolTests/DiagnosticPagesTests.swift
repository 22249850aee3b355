/// The examples of the pages about diagnostics that are lines for a shell, as somebody would type them.
import Foundation
import TestSupport
import Testing

@Suite struct DiagnosticShellTests {
  static let examples = (try? DiagnosticExample.all())?.filter { $0.wrong.shell != nil } ?? []

  @Test func thereAreExamples() { #expect(Self.examples.count > 10) }

  @Test(arguments: examples) func exampleGetsItsCode(example: DiagnosticExample) throws {
    let wrong = try Self.output(example.wrong)
    #expect(Self.codes(wrong) == [example.code], "\(example.page): \(wrong)")
    let right = try Self.output(example.right)
    #expect(Self.codes(right) == [], "\(example.page): \(right)")
    #expect(right.hasSuffix("[exit 0]\n"), "\(example.page): \(right)")
  }

  /// What the lines of a side print, in a folder of their own with the frame of the page in `policies`.
  private static func output(_ side: DiagnosticExample.Side) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let shell = side.shell ?? ""
    let policies = folder.appendingPathComponent("policies")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if !shell.contains("mkdir policies") {
      try FileManager.default.createDirectory(at: policies, withIntermediateDirectories: true)
      for (name, text) in side.files {
        try text.write(
          to: policies.appendingPathComponent(name), atomically: false, encoding: .utf8)
      }
    }
    return try BuiltTool.run(shell, in: folder)
  }

  /// The codes in a text of diagnostics or a problem document.
  private static func codes(_ text: String) -> Set<String> {
    let printed = text.matches(of: /(?m)^(?:error|warning)\[([a-z0-9-]+)\]/).map { String($0.1) }
    guard let refused = text.firstMatch(of: /"status":4\d\d.*?"code":"([a-z0-9_]+)"/) else {
      return Set(printed)
    }
    return Set(printed + [String(refused.1)])
  }
}
