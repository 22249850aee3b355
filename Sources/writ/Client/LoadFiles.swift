/// The requests of a load: single files named after what they ask, and files with one request per line.
import CommandTable
import PolicyClient
import PolicyEngine
import PolicySource

enum LoadFiles {
  /// All requests of the files that the command line names.
  static func requests(
    _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> [ClientRequest] {
    let decision = arguments.value("--decision")
    var requests: [ClientRequest] = []
    for path in arguments.words("REQUESTS") {
      guard let bytes = console.read(path, limit: RequestInput.largest) else {
        throw RequestInput.unreadable(path)
      }
      guard bytes.count <= RequestInput.largest else {
        throw UsageError(
          "the file `\(path)` is larger than \(RequestInput.largest / 1_048_576) MiB")
      }
      if path.hasSuffix(".jsonl") || path == "-" {
        try add(lines: bytes, of: path, decision, to: &requests)
      } else {
        guard let named = decision ?? self.decision(of: path) else {
          throw UsageError(
            "the name of `\(path)` does not say what it asks",
            help: "name it as `full_payment.may_ship.first.json`, or give `--decision`")
        }
        add(bytes, named, to: &requests)
      }
    }
    guard !requests.isEmpty else { throw UsageError("the files hold no request") }
    return requests
  }

  private static func add(_ body: [UInt8], _ decision: String, to requests: inout [ClientRequest]) {
    requests.append(
      ClientRequest(decision: decision, body: body, id: "bench-\(requests.count + 1)"))
  }

  private static func add(
    lines bytes: [UInt8], of path: String, _ decision: String?, to requests: inout [ClientRequest]
  ) throws(UsageError) {
    for (index, line) in bytes.split(separator: 0x0A).enumerated() {
      guard case .object(let members)? = JSONTree(parsing: Array(line)) else {
        throw UsageError("line \(index + 1) of `\(path)` is no JSON object")
      }
      let named = members.first { $0.name == "decision" }?.value.word
      guard let asked = decision ?? named else {
        throw UsageError(
          "line \(index + 1) of `\(path)` has no `decision`", help: "or give `--decision`")
      }
      let rest = members.filter { $0.name != "decision" }
      add(JSONTree.object(rest).bytes, asked, to: &requests)
    }
  }

  /// `full_payment.may_ship` of `samples/shipment/full_payment.may_ship.allow.json`.
  private static func decision(of path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count >= 3 && parts.last == "json" ? "\(parts[0]).\(parts[1])" : nil
  }
}
