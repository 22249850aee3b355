/// The words around every diagnostic, and turns of phrase that all stages share.

/// The wording of this module.
public enum SourceMessages {
  /// `key` once, `keys` otherwise; the noun is one of the tables', with `s` for several.
  public static func count(_ count: Int, _ noun: String) -> Phrase {
    count == 1
      ? Phrase(template: "1 \(noun)", parts: [])
      : Phrase(template: "{1} \(noun)s", parts: [.text(String(count))])
  }

  /// `a`, `b` and `c` of phrases; long lists are cut.
  public static func list(_ items: [Phrase], last: Joint = .and, limit: Int = .max) -> Phrase {
    guard let first = items.first else { return "nothing" }
    let shown = items.prefix(limit)
    var joined = first
    for (index, item) in shown.enumerated().dropFirst() {
      let closes = index == items.count - 1
      joined = closes || last == .semicolon ? last.join(joined, item) : "\(joined), \(item)"
    }
    return items.count > shown.count ? "\(joined) and \(items.count - shown.count) more" : joined
  }

  /// The same of names of the user, each in backticks.
  public static func names(_ names: [String], last: Joint = .and, limit: Int = .max) -> Phrase {
    list(names.map { .verbatim("`\($0)`") }, last: last, limit: limit)
  }

  /// What stands before the last item of a list.
  public enum Joint: Sendable {
    case and, andApart, comma, or, semicolon

    func join(_ first: Phrase, _ second: Phrase) -> Phrase {
      switch self {
      case .and: "\(first) and \(second)"
      case .andApart: "\(first), and \(second)"
      case .comma: "\(first), \(second)"
      case .or: "\(first) or \(second)"
      case .semicolon: "\(first); \(second)"
      }
    }
  }

  static func severity(_ severity: Diagnostic.Severity) -> Phrase {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    }
  }

  /// How many there were.
  static func summary(errors: Int, warnings: Int) -> Phrase {
    if errors == 0 { return count(warnings, "warning") }
    if warnings == 0 { return count(errors, "error") }
    return "\(count(errors, "error")), \(count(warnings, "warning"))"
  }

  /// `note: …`.
  public static func titled(_ title: Phrase, _ words: Phrase) -> Phrase { "\(title): \(words)" }
}

extension SourceMessages {
  /// The words of this module in Chinese.
  public static let chinese: Catalog.Table = [
    "1 error": "1 个错误",
    "1 warning": "1 个警告",
    "error": "错误",
    "help": "提示",
    "note": "说明",
    "nothing": "无",
    "warning": "警告",
    "{1} and {2}": "{1}和{2}",
    "{1} and {2} more": "{1}，另有 {2} 项",
    "{1} errors": "{1} 个错误",
    "{1} or {2}": "{1}或{2}",
    "{1} warnings": "{1} 个警告",
    "{1}, and {2}": "{1}，以及 {2}",
    "{1}, {2}": "{1}、{2}",
    "{1}: {2}": "{1}：{2}",
    "{1}; {2}": "{1}；{2}",
  ]
}
