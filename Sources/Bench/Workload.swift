/// The workloads: requests with expected answers, and the policies that answer them.
import PolicyEngine

/// Requests with the answers that the reference gives.
struct Workload {
  /// The name of its data: `w1`, `w4a_10`.
  let name: String
  /// The requests, as JSON texts.
  let requests: [String]
  /// The answer expected for each.
  let expected: [JSONTree]

  /// A workload made here.
  init(name: String, requests: [String], expected: [JSONTree]) {
    self.name = name
    self.requests = requests
    self.expected = expected
  }

  /// Reads `NAME.lines`: request and expected answer on alternating lines.
  init(_ name: String, folder: String) throws(Bench.Failure) {
    let path = "\(folder)/data/\(name).lines"
    guard let text = Files.text(path) else {
      throw Bench.Failure(text: "cannot read \(path)")
    }
    let lines = text.split(separator: "\n").map(String.init)
    self.name = name
    requests = stride(from: 0, to: lines.count - 1, by: 2).map { lines[$0] }
    expected = stride(from: 1, to: lines.count, by: 2).compactMap {
      JSONTree(parsing: Array(lines[$0].utf8))
    }
    guard !requests.isEmpty, requests.count == expected.count else {
      throw Bench.Failure(text: "\(path) does not hold pairs of request and answer")
    }
  }

  /// The requests in their envelopes.
  func bodies(_ explain: Explain) -> [[UInt8]] {
    requests.map { request in
      switch explain {
      case .none: Array("{\"input\":\(request),\"explain\":\"none\"}".utf8)
      case .reasons: Array("{\"input\":\(request)}".utf8)
      }
    }
  }

  /// How much the answers explain.
  enum Explain: String, CaseIterable { case none, reasons }
}

/// A decision asked with the requests of a workload.
struct Question: Sendable {
  /// What the table calls it.
  let name: String
  /// `policy.decision`.
  let decision: String
  /// The name of the workload.
  let data: String
  /// The workload of the floor that does the same; nil when the floor has none.
  let floor: String?
  /// The part of an answer that the reference also gives.
  let answer: @Sendable (JSONTree) -> JSONTree?
  /// That part of the expected answer.
  let expected: @Sendable (JSONTree) -> JSONTree?

  /// What is wrong with an answer; nil when it is as expected.
  func fault(_ body: [UInt8], _ wanted: JSONTree) -> String? {
    guard let tree = JSONTree(parsing: body) else { return "the answer is not JSON" }
    let got = answer(tree)
    let wanted = expected(wanted)
    guard let got, let wanted, got == wanted else {
      let whole = String(decoding: body, as: UTF8.self)
      return "expected \(wanted?.text ?? "-"), got \(got?.text ?? "-")\n  in \(whole)"
    }
    return nil
  }
}

extension Question {
  /// The questions on hand-written policies.
  static let fixed = [
    Question(
      name: "w1", decision: "w1.shipment", data: "w1", floor: "w1",
      answer: { answer in
        guard let permitted = answer["permitted"] else { return nil }
        return .object([.init("release", permitted), .init("holds", codes(answer, "reasons"))])
      }, expected: { $0 }),
    Question(
      name: "w2", decision: "w2.expense", data: "w2", floor: "w2",
      answer: { .object([.init("steps", codes($0, "steps", "step"))]) }, expected: { $0 }),
    Question(
      name: "w3", decision: "w3.credit", data: "w3", floor: "w3",
      answer: {
        .object([.init("score", number($0["points"])), .init("grade", $0["grade"] ?? .null)])
      },
      expected: {
        .object([.init("score", $0["score"] ?? .null), .init("grade", $0["grade"] ?? .null)])
      }),
    Question(
      name: "w3 limit", decision: "w3.limit", data: "w3", floor: nil,
      answer: { number($0["value"]) }, expected: { $0["limit"] }),
    Question(
      name: "w3 days", decision: "w3.days", data: "w3", floor: nil,
      answer: { number($0["value"]) }, expected: { $0["days"] }),
  ]

  /// The question on a generated policy.
  static func generated(_ rules: Int) -> Question {
    Question(
      name: "w4a \(rules)", decision: "w4a.match", data: "w4a_\(rules)", floor: nil,
      answer: { .array(sorted(codes($0, "reasons"))) }, expected: { .array(sorted($0)) })
  }

  private static func codes(_ answer: JSONTree, _ list: String, _ name: String = "code") -> JSONTree
  {
    .array((answer[list]?.items ?? []).map { $0[name] ?? .null })
  }

  private static func sorted(_ list: JSONTree) -> [JSONTree] {
    list.items.sorted { ($0.word ?? "") < ($1.word ?? "") }
  }

  /// `"200000.00 CNY"` as the number 200000.
  private static func number(_ value: JSONTree?) -> JSONTree {
    let digits = value?.word?.split(separator: " ").first ?? ""
    let whole = digits.split(separator: ".")
    guard let first = whole.first, whole.dropFirst().allSatisfy({ $0.allSatisfy { $0 == "0" } })
    else { return .null }
    return .number(String(first))
  }
}
