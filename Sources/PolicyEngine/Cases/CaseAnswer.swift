/// The answer of the engine to a sample case, read from the same JSON that a client gets.

/// The parts of an answer that a case can expect something of.
struct CaseAnswer {
  /// A reason, problem or violation.
  struct Reason: Equatable {
    /// `short[2]`: the code with its item, from 1.
    var code: String
    /// `shipment/reseller.writ:31`.
    var place: String
    /// The words for people.
    var text: String
  }

  /// `allow`, `chain`, `needs`, … ; `error` for a problem document.
  var outcome = ""
  /// The code of the error, and what is wrong.
  var error: (code: String, detail: String, place: String)?
  var reasons: [Reason] = []
  var needs: [String] = []
  var duties: [String] = []
  var copies: [String] = []
  /// The steps of a chain by name, with their places.
  var steps: [Reason] = []
  /// The limit, the figure of a value, or the class.
  var figure: String?

  /// Reads an answer or a problem document.
  init(status: Int, body: [UInt8]) {
    guard let tree = JSONTree(parsing: body) else {
      outcome = "error"
      error = ("unreadable_answer", "the answer is not JSON", "")
      return
    }
    guard status == 200 else {
      outcome = "error"
      let detail = tree["detail"]?.word ?? tree["title"]?.word ?? "status \(status)"
      let pointer = tree["pointer"]?.word.map { " at `\($0)`" } ?? ""
      error = (
        tree["code"]?.word ?? String(status), detail + pointer, tree["at"]?.word ?? ""
      )
      return
    }
    outcome = tree["outcome"]?.word ?? ""
    reasons = ["reasons", "violations", "problems"].flatMap { name in
      (tree[name]?.items ?? []).map { Self.reason($0, named: "code") }
    }
    needs = (tree["needs"]?.items ?? []).compactMap { $0.word ?? $0["path"]?.word }
    duties = (tree["duties"]?.items ?? []).compactMap { $0.word ?? $0["code"]?.word }
    copies = (tree["copies"]?.items ?? []).compactMap { $0.word ?? $0["to"]?.word }
    steps = (tree["steps"]?.items ?? []).map { Self.reason($0, named: "step") }
    figure = tree["limit"]?.word ?? tree["grade"]?.word ?? tree["value"]?.word
  }

  private static func reason(_ tree: JSONTree, named key: String) -> Reason {
    let item = tree["item"]?.word.map { "[\($0)]" } ?? ""
    return Reason(
      code: (tree[key]?.word ?? "") + item, place: tree["at"]?.word ?? "",
      text: tree["text"]?.word ?? tree["because"]?.word ?? "")
  }
}
