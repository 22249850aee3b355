/// What belongs to no policy alone: the posts of the set, who holds them, who stands in for whom.
import PolicyCompiler
import PolicyRuntime
import PolicySource

/// Writes the registers.
struct Registers {
  let page: Page

  private var set: TypedSet { page.set }

  private func say(_ prose: Prose) -> Markup { page.say(prose) }

  private func words() -> Wording? {
    set.policies.isEmpty ? nil : Wording(set, page.catalog, shown: page.shown, policy: 0)
  }

  private var parts: [(anchor: Markup, title: Prose, body: (Wording) -> Markup)] {
    var parts: [(anchor: Markup, title: Prose, body: (Wording) -> Markup)] = []
    if !set.types.posts.isEmpty { parts.append(("posts", ReportMessages.posts, posts)) }
    if !set.holders.isEmpty { parts.append(("holders", ReportMessages.holders, holders)) }
    if !set.delegations.isEmpty {
      parts.append(("delegations", ReportMessages.delegations, delegations))
    }
    return parts
  }

  /// The lines of the contents.
  var contents: Markup {
    if parts.isEmpty { return "" }
    let items = parts.map { "<li><a href=\"#\($0.anchor)\">\(say($0.title))</a></li>" as Markup }
    return "<h3>\(say(ReportMessages.registers))</h3><ul>\(items.joined())</ul>"
  }

  var markup: Markup {
    guard let words = words() else { return "" }
    return parts.map { part in
      """
      <section class="policy" aria-labelledby="\(part.anchor)"><h2 id="\(part.anchor)">\
      \(say(part.title))</h2>\(part.body(words))</section>

      """
    }.joined()
  }

  private func posts(_ words: Wording) -> Markup {
    let rows = set.types.posts.indices.map { index -> [Markup] in
      [Markup(text: words.post(index)), "<code>\(set.types.posts[index].name)</code>"]
    }
    return PlainTable.markup([say(ReportMessages.post), say(ReportMessages.name)], rows)
  }

  private func days(_ from: Day?, _ until: Day?) -> Markup { say(PolicySection.days(from, until)) }

  private func amount(_ bound: Constant?, _ words: Wording) -> Markup {
    (bound.map(words.constant) ?? ReportMessages.any).markup(in: page.catalog)
  }

  private func holders(_ words: Wording) -> Markup {
    let rows = set.holders.map { holder -> [Markup] in
      [
        Markup(text: words.post(holder.post)), Markup(text: holder.person),
        days(holder.from, holder.until), amount(holder.upTo, words),
      ]
    }
    return PlainTable.markup(
      [ReportMessages.post, ReportMessages.person, ReportMessages.days, ReportMessages.upTo]
        .map(say), rows)
  }

  private func delegations(_ words: Wording) -> Markup {
    let rows = set.delegations.map { delegation -> [Markup] in
      [
        Markup(text: words.post(delegation.post)), Markup(text: delegation.person),
        days(delegation.from, delegation.until), amount(delegation.upTo, words),
        delegation.decision.map { words.decision($0).markup(in: page.catalog) }
          ?? say(ReportMessages.all),
      ]
    }
    return PlainTable.markup(
      [
        ReportMessages.post, ReportMessages.delegate, ReportMessages.days, ReportMessages.upTo,
        ReportMessages.approvals,
      ].map(say), rows)
  }
}
