/// A clause of a policy as the report says it: one statement, what belongs to it, and where it comes from.
import PolicyCompiler
import PolicySource

/// What a clause says.
struct Rule {
  /// What it does, for its colour.
  enum Effect: String {
    case deny, hold, require, cap, band, duty, copy, step, scope
  }

  /// What is said, and of what.
  struct Statement {
    /// How words and condition are joined.
    enum Form {
      /// The words, when the condition holds.
      case when(Prose)
      /// That the condition must hold.
      case must
    }

    /// For which items, and in which case at all.
    var lead: [Prose] = []
    var form: Form
    /// Nil holds always.
    var condition: Condition?
  }

  var effect: Effect
  var statement: Statement
  /// What the person who asked is told.
  var message: Prose?
  /// Clearances, refusals, days.
  var notes: [Prose] = []
  var because: Prose?
  var source: SourceNote?
  /// The code, the name of the step or of the class; empty when the clause has none.
  var code = ""
  var range: SourceRange
}

extension Rule.Statement {
  /// In one sentence, without the mark at its end.
  var inline: Prose {
    var words: Prose
    switch (form, condition) {
    case (.when(let main), nil): words = main
    case (.when(let main), let condition?): words = RuleMessages.when(main, condition.inline)
    case (.must, let condition):
      words = RuleMessages.must(condition?.inline ?? ProseMessages.always)
    }
    for lead in lead.reversed() { words = ProseMessages.titled(lead, words) }
    return words
  }

  /// The sentence; a long condition as a list below it.
  func markup(in catalog: Catalog) -> Markup {
    guard let condition, condition.isLong, let (all, parts) = condition.parts else {
      return
        "<p class=\"says\">\(RuleMessages.sentence(inline).markup(in: catalog, capital: true))</p>"
    }
    var words: Prose
    switch form {
    case .when(let main):
      words = all ? RuleMessages.whenAll(main) : RuleMessages.whenAny(main)
    case .must: words = all ? RuleMessages.mustAll : RuleMessages.mustAny
    }
    for lead in lead.reversed() { words = ProseMessages.titled(lead, words) }
    let list = Condition.list(parts, in: catalog)
    return "<p class=\"says\">\(words.markup(in: catalog, capital: true))</p>\(list)"
  }
}

extension Condition {
  /// The parts of a connection, and whether all must hold.
  var parts: (all: Bool, [Condition])? {
    switch self {
    case .all(let parts): (true, parts)
    case .any(let parts): (false, parts)
    case .line, .rule, .each: nil
    }
  }

  /// Parts as a list; long parts have lists of their own.
  static func list(_ parts: [Condition], in catalog: Catalog) -> Markup {
    let items = parts.map { part -> Markup in
      guard part.isLong, let (all, inner) = part.parts else {
        return "<li>\(part.inline.markup(in: catalog))</li>"
      }
      let head = all ? RuleMessages.all : RuleMessages.any
      return "<li>\(head.markup(in: catalog))\(list(inner, in: catalog))</li>"
    }
    return "<ul class=\"conditions\">\(items.joined())</ul>"
  }
}
