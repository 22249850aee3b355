/// Sets that tests of the report are made of: written on the spot, and the project's own.
import Foundation
import PolicyCompiler
import PolicyEngine
import PolicySource
import TestSupport
import Testing

@testable import PolicyReport

/// Sets for tests.
enum ReportSamples {
  /// The project's policies with their cases.
  static let project: (set: PolicySet, cases: PolicyReport.Cases)? = {
    let loaded = PolicySet.load(folder: Pages.root.appendingPathComponent("policies").path)
    return loaded.set.map { set in
      let samples = Pages.root.appendingPathComponent("samples").path
      return (set, PolicyReport.Cases(CaseSuite(folder: samples, for: set)))
    }
  }()

  /// The page of the project's policies with all that it can show.
  static func page(in language: Language) throws -> String {
    let (set, cases) = try #require(project)
    var report = PolicyReport(set)
    report.cases = cases
    report.analysis = AnalysisSamples.analysis
    report.baseline = (set, "policies")
    return report.html(in: language)
  }

  static let english = Result { try page(in: .english) }
  static let chinese = Result { try page(in: .chinese) }

  /// Loads policies that a test writes.
  static func load(_ text: String) throws -> PolicySet {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try text.write(
      to: folder.appendingPathComponent("shop.writ"), atomically: false, encoding: .utf8)
    let loaded = PolicySet.load(folder: folder.path)
    let words = DiagnosticText(files: loaded.files, colour: false)
      .render(loaded.diagnostics.sorted)
    return try #require(loaded.set, "\(words)")
  }

  /// The head of a policy that tests add decisions to.
  static let head = """
    policy shop "Orders (订单)"
      owner "Finance (财务部)"
      effective 2026-01-01
      currency CNY
      source "rules.txt" "part 1"

    posts {
      clerk "Clerk (文员)"
      head "Head of finance (财务负责人)"
    }

    type Kind "Kind (类别)" = one of {
      goods "goods (货物)", service "service (服务)"
    }

    type Class "Class (等级)" = best first one of {
      A "A", B "B", C "C, cash only (现款)"
    }

    type Line "Line (明细)" {
      amount Money "amount (金额)"
      kind Kind "kind (类别)"
      checked Bool "checked (已核对)"
    }

    type Order "Order (订单)" {
      amount Money "amount (总额)"
      paid Money "paid (已付)"
      placed Date "day of the order (下单日)"
      approved Bool "approved (已批准)"
      note Text? "note (备注)"
      buyer Person "buyer (购买人)"
      lines List of Line "lines (明细)"
    }

    input order Order

    param scope Money "scope of the clerk (文员权限)" illustrative {
      from 2026-01-01: 5_000 CNY
      from 2027-01-01: 8_000 CNY
    }


    """

  /// The typed policy of a text, and its wording.
  static func wording(_ text: String, _ language: Language) throws -> Wording {
    let set = try load(head + text)
    return Wording(
      set.types, PolicyReport.catalog(of: language), shown: [0], policy: 0)
  }
}
