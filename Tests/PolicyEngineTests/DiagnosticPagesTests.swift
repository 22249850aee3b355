/// The examples of the pages about diagnostics: the wrong one gets its code and no other, the right one none.
import Foundation
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct DiagnosticPagesTests {
  /// Examples that are files or requests; those for a shell are run where the tool is tested, and those of the
  /// analysis beside it.
  static let examples =
    (try? DiagnosticExample.all())?.filter {
      $0.wrong.shell == nil && $0.page != "DiagnosticsFindings.md"
    } ?? []

  /// Codes that are explained without an example, with the reason.
  static let notShown: Set<String> = [
    // The checker refuses every policy that could come to these; the machine asks all the same.
    "absent_value", "several_rows",
    // It takes a text of more than ten thousand bytes.
    "text_too_long",
  ]

  @Test func thereAreExamples() throws {
    #expect(Self.examples.count > 200)
    for example in try DiagnosticExample.all() where !Self.notShown.contains(example.code) {
      #expect(example.isShown, "\(example.page): no example of \(example.code)")
    }
  }

  @Test(arguments: examples.filter(\.isShown)) func exampleGetsItsCode(
    example: DiagnosticExample
  ) throws {
    let wrong = try Self.codes(example.wrong, of: example.code)
    #expect(wrong.codes == [example.code], "\(example.page): \(wrong.text)")
    let right = try Self.codes(example.right, of: example.code)
    #expect(right.codes == [], "\(example.page): \(right.text)")
  }

  @Test(arguments: DiagnosticExample.pages) func codesAreSorted(page: String) throws {
    let codes = try DiagnosticExample.examples(of: page).map(\.code)
    #expect(codes == codes.sorted(), "\(page)")
    #expect(Set(codes).count == codes.count, "\(page)")
  }

  /// Every code with which a request can be refused or an answer fail has its place on the page.
  @Test func everyCodeOfRequestsIsExplained() throws {
    let page = try #require(DiagnosticExample.pages.first { $0.contains("DiagnosticsRequests") })
    let codes = Set(try DiagnosticExample.examples(of: page).map(\.code))
    let made =
      RequestProblem.Code.allCases.map(\.rawValue) + Trap.Kind.allCases.map(\.code)
      + ["no_such_decision", "no_version_in_force"]
    #expect(codes.subtracting(made).sorted() == [])
    #expect(Set(made).subtracting(codes).sorted() == [])
  }

  /// The codes that a side gets, of the set, its cases and its request, and the messages.
  private static func codes(
    _ side: DiagnosticExample.Side, of code: String
  ) throws -> (codes: Set<String>, text: String) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in side.files {
      let place = folder.appendingPathComponent(name.contains(".cases") ? "samples" : "policies")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try text.write(to: place.appendingPathComponent(name), atomically: false, encoding: .utf8)
    }
    let loaded = PolicySet.load(folder: folder.path + "/policies")
    var found = loaded.diagnostics.sorted
    var text = DiagnosticText(files: loaded.files, colour: false).render(found)
    if let set = loaded.set, side.files.contains(where: { $0.name.contains(".cases") }) {
      let suite = CaseSuite(folder: folder.path + "/samples", for: set)
      found += suite.diagnostics.sorted
      text += DiagnosticText(files: suite.files, colour: false).render(suite.diagnostics.sorted)
    }
    var codes = Set(found.map(\.code.slug))
    if code != "unused" { codes.remove("unused") }
    if let request = side.request, let set = loaded.set {
      // What `check` warned of is what the request runs into.
      codes.remove("table-not-complete")
      let (status, body) = ask(set, request)
      text += body
      if status != 200 { codes.insert(JSONTree(parsing: Array(body.utf8))?["code"]?.word ?? body) }
    }
    return (codes, text)
  }

  /// Asks for a decision of the shop: the one named, else the last one that the set has.
  private static func ask(
    _ set: PolicySet, _ request: (decision: String?, body: String)
  ) -> (status: Int, body: String) {
    let policy = set.types.policies.last { !$0.decisions.isEmpty }
    let last = policy.map { policy in
      "\(policy.name).\(policy.decisions.last.map(\.name) ?? "")"
    }
    let asked = request.decision ?? (last == "shop.review" ? "shop.ship" : last ?? "")
    let today = Day(text: Array("2026-11-21".utf8)) ?? .first
    var out: [UInt8] = []
    let status = Evaluator(set).decide(
      decision: Array(asked.utf8).span, body: Array(request.body.utf8).span,
      requestID: Array("page".utf8).span, today: today, into: &out)
    return (status, String(decoding: out, as: UTF8.self))
  }
}
