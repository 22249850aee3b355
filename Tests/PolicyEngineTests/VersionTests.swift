/// Versions of a policy: the day picks, holes answer with a problem, and the listing shows them all.
import Foundation
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct VersionTests {
  private func load(_ name: String) -> PolicySet.LoadResult {
    PolicySet.load(folder: Golden.corpus.appendingPathComponent("sets/\(name)").path)
  }

  private func decide(
    _ set: PolicySet, _ decision: String, _ body: String, today: String = "2026-11-21"
  ) -> (status: Int, text: String) {
    var out: [UInt8] = []
    let status = Evaluator(set).decide(
      decision: Array(decision.utf8).span, body: Array(body.utf8).span,
      requestID: Array("r".utf8).span,
      today: Day(text: today.utf8) ?? Day(number: 0), into: &out)
    return (status, String(decoding: out, as: UTF8.self))
  }

  @Test func theDayPicksTheVersion() throws {
    let set = try #require(load("versions").set)
    #expect(
      set.decisionNames == ["payment.may_pay", "reimbursement.chain", "reimbursement.gm_signs"])
    let old = #"{"input":{"claim":{"amount":"6000 CNY","pre_approved":true}}"#
    let new = #"{"input":{"claim":{"amount":"6000 CNY","application":"A1"}}"#
    let before = decide(set, "reimbursement.gm_signs", old + #","asOf":"2026-12-31"}"#)
    #expect(before.status == 200 && before.text.contains(#""value":true"#), "\(before.text)")
    let after = decide(set, "reimbursement.gm_signs", new + #","asOf":"2027-01-01"}"#)
    #expect(after.status == 200 && after.text.contains(#""value":false"#), "\(after.text)")
    // Without a day of its own the request is of today.
    let today = decide(set, "reimbursement.gm_signs", new + "}", today: "2027-03-01")
    #expect(today.status == 200, "\(today.text)")
    // The facts of one version are not those of the other.
    let mixed = decide(set, "reimbursement.gm_signs", new + #","asOf":"2026-12-31"}"#)
    #expect(mixed.status == 400 && mixed.text.contains("unknown_field"), "\(mixed.text)")
  }

  @Test func noVersionInForceIsAProblem() throws {
    let set = try #require(load("versions").set)
    let answer = decide(
      set, "reimbursement.chain", #"{"asOf":"2025-12-31","input":{}}"#)
    #expect(answer.status == 422 && answer.text.contains("no_version_in_force"), "\(answer.text)")
    #expect(answer.text.contains("from 2026-01-01 until 2026-12-31, and from 2027-01-01"))
  }

  @Test func aHoleIsAWarningAndReachesWhoeverNeedsThePolicy() throws {
    let loaded = load("versions-hole")
    let set = try #require(loaded.set)
    let text = DiagnosticText(files: loaded.files, colour: false)
      .render(loaded.diagnostics.sorted)
    try Golden.check(text, against: Golden.corpus.appendingPathComponent("sets/versions-hole.txt"))
    let body = #"{"input":{"claim":"6000 CNY","signed":false},"asOf":"#
    for (day, expected) in [
      ("2026-06-30", "hold"), ("2026-07-01", "no_version_in_force"),
      ("2026-12-31", "no_version_in_force"), ("2027-01-01", "allow"),
    ] {
      let answer = decide(set, "payment.may_pay", body + "\"\(day)\"}")
      #expect(answer.text.contains(expected), "\(day): \(answer.text)")
      #expect(answer.status == (expected == "no_version_in_force" ? 422 : 200))
    }
    let hole = decide(set, "payment.may_pay", body + #""2026-08-01"}"#)
    #expect(hole.text.contains("the policy `reimbursement` is not in force on 2026-08-01"))
  }

  @Test func versionsAreBounded() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-versions-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for year in 2000..<2070 {
      let text = "policy p \"P\"\n  effective \(year)-01-01 until \(year)-12-31\n\ninput n Number\n"
      try text.write(
        to: folder.appendingPathComponent("\(year).writ"), atomically: false, encoding: .utf8)
    }
    let loaded = PolicySet.load(folder: folder.path)
    #expect(loaded.set == nil)
    #expect(loaded.diagnostics.all.map(\.code.slug) == ["too-many-versions"])
  }

  @Test func listingShowsEveryVersion() throws {
    let set = try #require(load("versions").set)
    try Golden.check(
      String(decoding: set.listing(), as: UTF8.self) + "\n",
      against: Golden.corpus.appendingPathComponent("sets/versions.listing.json"))
    #expect(set.versions.map(\.policy) == ["reimbursement"])
    #expect(set.versions.first?.ranges.count == 2)
    #expect(set.size.policies == 3 && set.size.decisions == 3)
  }

  @Test func theBoundaryIsExactOnBothSides() throws {
    for (day, amount) in [("2026-12-31", "5000.01 CNY"), ("2027-01-01", "8000 CNY")] {
      let set = try #require(load("versions").set)
      let day = try #require(Day(text: day.utf8))
      let program = try #require(set.program(named: "reimbursement.gm_signs", on: day))
      #expect(program.requirements.map(\.policy) == ["reimbursement"])
      let body = "{\"input\":{\"claim\":{\"amount\":\"\(amount)\"}},\"asOf\":\"\(day.text)\"}"
      let answer = decide(set, "reimbursement.gm_signs", body)
      #expect(answer.text.contains(day.text == "2026-12-31" ? "true" : "false"), "\(answer.text)")
    }
  }
}
