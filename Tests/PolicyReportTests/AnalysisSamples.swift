/// Made-up matrices, guarantees and changes, until they are worked out.
import PolicySource

@testable import PolicyReport

enum AnalysisSamples {
  static let matrix = MatrixModel(
    decision: "reimbursement.reimbursement", axis: "amount claimed",
    columns: [.init("Supervising leader (主管领导)"), .init("General manager (总经理)")],
    groups: [
      .init(
        rows: [
          .init(
            "up to 5,000.00 CNY",
            band: .init(from: nil, to: .init("5,000.00 CNY", isIncluded: true)),
            cells: ["reviews", nil]),
          .init(
            "above 5,000.00 CNY",
            band: .init(from: .init("5,000.00 CNY", isIncluded: false), to: nil),
            cells: ["reviews", "approves <at last>"]),
        ])
    ])

  static let analysis: PolicyReport.Analysis = {
    var analysis = PolicyReport.Analysis()
    var open = matrix
    open.groups[0].heading = "hotel"
    open.notAnalysed = ["`a * b` is a product of two inputs"]
    analysis.matrices = [matrix, open]
    func guarantee(_ name: String, _ verdict: GuaranteeModel.Verdict) -> GuaranteeModel {
      GuaranteeModel(
        policy: "full_payment", name: name, label: "what is unpaid never ships (未付清不发货)",
        text: "for all requests: order.paid < order.amount implies not (may_ship is allow)",
        place: "shipment/full_payment.writ:160", verdict: verdict)
    }
    analysis.guarantees = [
      guarantee("never_unpaid", .proved),
      guarantee(
        "refuted",
        .refuted(
          words: "it ships although <b>unpaid</b>", sample: "case found {\n  order.paid = 1\n}")),
      guarantee("open", .notAnalysed(reason: "a product of two inputs")),
    ]
    analysis.changes = ChangeModel(
      baseline: "../last-year",
      decisions: [
        .init(
          name: "full_payment.may_ship", label: "May this order ship? (可否发货)",
          state: .changed(
            [
              .init(
                "amount above 50,000.00 up to 80,000.00", before: "deny", after: "allow",
                witness: "case w { order.amount = 60_000 CNY }",
                price: "12 of 1,000, 840,000.00 CNY")
            ], notAnalysed: ["`rounding`"])),
        .init(name: "full_payment.gone", label: "Gone (已删)", state: .removed),
        .init(name: "grades.credit_line", label: "Credit limit (信用额度)", state: .unchanged),
        .init(name: "expense.fresh", label: "Fresh", state: .added),
      ])
    return analysis
  }()
}
