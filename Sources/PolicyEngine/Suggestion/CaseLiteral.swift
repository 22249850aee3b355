/// Facts of a case as a `.cases` file writes them.
import PolicyCompiler
import PolicyRuntime

/// Writes values, clearances and acts.
struct CaseLiteral {
  let types: TypedSet

  /// A value; nil for one that no literal says, such as an item of a list that is not known.
  func words(_ value: CaseValue) -> String? {
    switch value {
    case .constant(let constant): return words(constant)
    case .record(let fields):
      var parts: [String] = []
      for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
        // What is left out is not known; a line of its own says so where it matters.
        if case .unknown = value { continue }
        guard let words = words(value) else { return nil }
        parts.append("\(name): \(words)")
      }
      return "{ " + parts.joined(separator: ", ") + " }"
    case .list(let items):
      let parts = items.map(words)
      let known = parts.compactMap(\.self)
      return known.count == parts.count ? "[" + known.joined(separator: ", ") + "]" : nil
    case .unknown: return nil
    }
  }

  /// A literal.
  func words(_ constant: Constant) -> String {
    switch constant {
    case .bool(let value): return value ? "true" : "false"
    case .number(let value): return Self.grouped(value)
    case .money(let value, let currency):
      return Self.grouped(value) + (currency.map { " \($0)" } ?? "")
    case .percent(let value): return WireValue.percent(value)
    case .text(let text), .person(let text): return Self.quoted(text)
    case .date(let day): return day.text
    case .month(let month): return month.text
    case .time(let time): return time.text
    case .post(let index): return types.types.posts[index].name
    case .member(let id, let index): return types.types[id].members[index].name
    }
  }

  /// `12_000.50`.
  static func grouped(_ value: Decimal) -> String {
    let text = value.text()
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.dropFirst(sign.count).split(separator: ".")
    var whole = ""
    let digits = Array(parts.first ?? "0")
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { whole += "_" }
      whole.append(digit)
    }
    return sign + whole + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// A text in quotation marks.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "{": result += "{{"
      case "}": result += "}}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private func facts(_ facts: [(path: String, value: Constant)]?) -> String {
    guard let facts else { return "" }
    if facts.isEmpty { return " given { }" }
    return " given " + facts.map { "\($0.path) = \(words($0.value))" }.joined(separator: ", ")
  }

  private func name(of decision: Reference) -> String {
    types.policies[decision.policy].decisions[decision.index].name
  }

  /// The line of a clearance.
  func line(_ clearance: TypedClearance) -> String {
    var line = "clearance \(name(of: clearance.decision)).\(clearance.code)"
    if let item = clearance.item { line += "[\(item)]" }
    line += " by \(types.types.posts[clearance.post].name)"
    if let person = clearance.person { line += " person \(Self.quoted(person))" }
    line += " on \(clearance.on.text)"
    if let amount = clearance.amount { line += " amount \(words(amount))" }
    return line + facts(clearance.facts)
  }

  /// The line of an act.
  func line(_ act: TypedAct) -> String {
    var line = "act \(name(of: act.decision)).\(act.step) by \(Self.quoted(act.person))"
    if let post = act.post {
      line += act.isDelegate ? " as delegate of " : " as "
      line += types.types.posts[post].name
    }
    line += " \(act.result.rawValue) on \(act.on.text)"
    if let criteria = act.criteria, !criteria.isEmpty {
      line += " criteria " + criteria.map(String.init).joined(separator: ", ")
    }
    return line + facts(act.facts)
  }
}
