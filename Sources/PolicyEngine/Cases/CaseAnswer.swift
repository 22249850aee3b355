/// The answer of the engine to a sample case, read from the same JSON that a client gets.
import PolicySource

/// The parts of an answer that a case can expect something of.
struct CaseAnswer {
  /// A reason or problem.
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
  var error: (code: String, detail: Phrase, place: String)?
  /// The reasons that are known to hold; those that only may hold stand behind `needs`.
  var reasons: [Reason] = []
  /// A step or duty: its name, whose it is, and the day of a duty.
  struct Task: Equatable {
    var name: String
    var by: String?
    var due: String?

    init(_ tree: JSONTree, named key: String) {
      name = tree[key]?.word ?? ""
      by = tree["by"]?.word
      due = tree["due"]?.word
    }
  }

  /// The duties that are known to arise.
  var duties: [Task] = []
  var needs: [String] = []
  var copies: [String] = []
  var notices: [String] = []
  var files: [String] = []
  /// The steps of a chain by name, with their places.
  var steps: [Reason] = []
  /// The same, with whose they are.
  var tasks: [Task] = []
  /// Whether a limit warns.
  var warns = false
  /// How far an approval has come: `open`, `approved`, `refused`.
  var status: String?
  /// The steps of those who may act.
  var next: [String] = []
  /// Where a refusal has sent the case.
  var returnedTo: String?
  /// The acts that do not fit, `out_of_order[3]`.
  var violations: [Reason] = []
  /// The limit, the figure of a value, or the class.
  var figure: String?
  /// The figure of a value as it stands on the wire.
  var value: JSONTree?

  /// Reads an answer or a problem document.
  init(status: Int, body: [UInt8]) {
    guard let tree = JSONTree(parsing: body) else {
      outcome = "error"
      error = ("unreadable_answer", "the answer is not JSON", "")
      return
    }
    guard status == 200 else {
      outcome = "error"
      let detail = tree["detail"]?.word ?? tree["title"]?.word ?? String(status)
      let pointer = tree["pointer"]?.word ?? ""
      error = (
        tree["code"]?.word ?? String(status),
        pointer.isEmpty ? .verbatim(detail) : "\(detail) at `\(pointer)`", tree["at"]?.word ?? ""
      )
      return
    }
    outcome = tree["outcome"]?.word ?? ""
    reasons = ["reasons", "problems"].flatMap { name in
      Self.known(tree[name]).map { Self.reason($0, named: "code") }
    }
    needs = (tree["needs"]?.items ?? []).compactMap(\.word)
    duties = Self.known(tree["duties"]).map { Task($0, named: "code") }
    copies = (tree["copies"]?.items ?? []).compactMap(\.word)
    notices = (tree["notices"]?.items ?? []).compactMap(\.word)
    files = (tree["files"]?.items ?? []).compactMap(\.word)
    steps = (tree["steps"]?.items ?? []).map { Self.reason($0, named: "step") }
    tasks = (tree["steps"]?.items ?? []).map { Task($0, named: "step") }
    warns = tree["warning"] == .bool(true)
    value = tree["value"]
    self.status = tree["status"]?.word
    next = (tree["next"]?.items ?? []).compactMap { $0["step"]?.word }
    returnedTo = tree["returnedTo"]?.word
    violations = (tree["violations"]?.items ?? []).map { Self.reason($0, named: "code", "act") }
    figure = tree["limit"]?.word ?? tree["grade"]?.word ?? tree["value"]?.word
  }

  /// The items that do not hang on a fact that is missing.
  private static func known(_ list: JSONTree?) -> [JSONTree] {
    (list?.items ?? []).filter { $0["unknown"] != .bool(true) }
  }

  private static func reason(
    _ tree: JSONTree, named key: String, _ number: String = "item"
  ) -> Reason {
    let item = tree[number]?.word.map { "[\($0)]" } ?? ""
    return Reason(
      code: (tree[key]?.word ?? "") + item, place: tree["at"]?.word ?? "",
      text: tree["text"]?.word ?? tree["because"]?.word ?? "")
  }
}
