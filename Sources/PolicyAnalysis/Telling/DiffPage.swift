/// A difference of two sets as one page for a browser or a printer: nothing outside it is needed, nothing runs in it.
internal import PolicyEngine
public import PolicySource

extension DiffTelling {
  /// The page.
  public func page(in catalog: Catalog) -> String {
    DiffPage(telling: self, catalog: catalog).text
  }
}

/// Writes the page of a difference.
private struct DiffPage {
  let telling: DiffTelling
  let catalog: Catalog

  var text: String {
    let title = say(DiffMessages.title(telling.old.name, telling.new.name))
    let language = catalog.language == .chinese ? "zh-CN" : "en"
    return """
      <!DOCTYPE html>
      <html lang="\(language)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>
      \(DiffStyle.sheet)
      </style>
      </head>
      <body>
      <main>
      <h1>\(say(DiffMessages.heading))</h1>
      <table>
      \(side(DiffMessages.before, telling.old))
      \(side(DiffMessages.after, telling.new))
      </table>
      <ul class="summary">
      \(joined(summary.map { "<li>\(say($0))</li>" }))
      </ul>
      \(joined(telling.policies.map(policy)))
      \(same)
      <footer>
      \(joined(telling.assumptions.map { "<p>\(say($0))</p>" }))
      </footer>
      </main>
      </body>
      </html>

      """
  }

  private var summary: [Phrase] {
    guard let prices = telling.prices else { return telling.summary }
    let rest = prices.notDecided == 0 ? [] : [DiffMessages.notDecided(prices.notDecided)]
    return telling.summary + [DiffMessages.replayed(prices.log, prices.decisions)] + rest
  }

  private func side(_ title: Phrase, _ side: DiffTelling.Side) -> String {
    """
    <tr><th scope="row">\(say(title))</th><td>\(escaped(side.name))<br>\
    <code>\(escaped(side.set.digest))</code></td></tr>
    """
  }

  // MARK: Decisions

  private func policy(_ policy: DiffTelling.Policy) -> String {
    """
    <section>
    <h2>\(headed(policy.name, policy.label))</h2>
    \(joined(policy.decisions.map(decision)))
    </section>
    """
  }

  private func decision(_ decision: DiffTelling.Decision) -> String {
    var parts = ["<h3>\(headed(decision.name, decision.label))</h3>"]
    switch decision.diff.verdict {
    case .added: parts.append("<p class=\"came\">\(say(DiffMessages.isAdded))</p>")
    case .removed: parts.append("<p class=\"went\">\(say(DiffMessages.isRemoved))</p>")
    case .same, .changed, .open: break
    }
    if !decision.requests.isEmpty {
      let lines = decision.requests.map { "<li>\(say($0))</li>" }
      parts.append("<ul class=\"open\">\n\(joined(lines))\n</ul>")
    }
    let ordinary = decision.kinds.filter(\.isOrdinary)
    let others = decision.kinds.filter { !$0.isOrdinary }
    parts += ordinary.map(kind)
    if !others.isEmpty { parts.append("<p>\(say(DiffMessages.besides))</p>") }
    parts += others.map(kind)
    for entry in decision.others {
      let words = DiffMessages.otherwise(entry.change.words(in: catalog.language))
      parts.append(
        "<p>\(say(words))<br>\(say(DiffMessages.priced(entry.count, entry.amounts)))</p>")
    }
    for open in DiffTelling.open(of: decision.diff) {
      let excerpt = OpenExcerpt(telling: telling).text(of: open, colour: false)
      parts.append("<p class=\"open\">\(say(DiffMessages.notKnown(open.part)))</p>")
      parts.append("<pre>\(escaped(excerpt))</pre>")
    }
    if !decision.diff.isWhole, decision.diff.open.isEmpty {
      parts.append("<p class=\"open\">\(say(DiffMessages.moreChanges))</p>")
    }
    return "<article>\n\(joined(parts))\n</article>"
  }

  private func kind(_ kind: DiffTelling.Kind) -> String {
    var parts = ["<h4>\(say(kind.change.words(in: catalog.language)))</h4>"]
    if let price = kind.price {
      parts.append(
        "<p class=\"price\">\(say(DiffMessages.priced(price.count, price.amounts)))</p>")
    }
    for change in kind.changes {
      let regions = DiffTelling.regions(of: change).map { "<li>\(say($0))</li>" }
      parts.append("<ul>\n\(joined(regions))\n</ul>")
      let line = WitnessWords(change: change, language: catalog.language).line
      let bodies: [(Phrase, JSONTree)] = [
        (DiffMessages.request, change.witness.request),
        (DiffMessages.answerBefore, change.witness.before ?? .null),
        (DiffMessages.answerAfter, change.witness.answer),
      ]
      let shown = bodies.map { title, tree in
        "<h5>\(say(title))</h5>\n<pre>\(escaped(Self.laidOut(tree)))</pre>"
      }
      parts.append(
        "<details><summary>\(say(line))</summary>\n\(joined(shown))\n</details>")
    }
    return "<div class=\"kind\">\n\(joined(parts))\n</div>"
  }

  /// The decisions that stay as they are, folded.
  private var same: String {
    let names = telling.diff.decisions.filter(telling.isSame)
    if names.isEmpty { return "" }
    let items = names.map { "<li><code>\(escaped($0.decision))</code></li>" }
    return """
      <details><summary>\(say(DiffMessages.unchanged)) (\(names.count))</summary>
      <ul class="columns">
      \(joined(items))
      </ul>
      </details>
      """
  }

  private func headed(_ name: String, _ label: String) -> String {
    let code = "<code>\(escaped(name))</code>"
    return label.isEmpty || label == name ? code : "\(escaped(label)) \(code)"
  }

  // MARK: Text

  private func say(_ phrase: Phrase) -> String { escaped(phrase.text(in: catalog)) }

  private func joined(_ lines: [String]) -> String { lines.joined(separator: "\n") }

  private func escaped(_ text: String) -> String {
    var result = ""
    for letter in text.unicodeScalars {
      switch letter {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(letter)
      // Controls, and marks that turn the direction of writing, are not passed on.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}",
        "\u{2066}"..."\u{2069}":
        result += "·"
      default: result.unicodeScalars.append(letter)
      }
    }
    return result
  }

  /// A document with a member a line.
  private static func laidOut(_ tree: JSONTree, _ indent: String = "") -> String {
    let inner = indent + "  "
    switch tree {
    case .object(let members) where !members.isEmpty:
      let lines = members.map { member in
        inner + JSONTree.string(member.name).text + ": " + laidOut(member.value, inner)
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    case .array(let items) where !items.isEmpty:
      let lines = items.map { inner + laidOut($0, inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
    default: return tree.text
    }
  }
}

/// How the page looks: light and dark, on a phone, on paper.
private enum DiffStyle {
  static let sheet = """
    :root{--ink:#1c2430;--soft:#566173;--paper:#fff;--shade:#f4f6f9;--line:#cfd6e0;
    --went:#a61b29;--hold:#8a5300;--came:#1c6b3a}
    @media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#a4afbf;--paper:#14181e;
    --shade:#1d232c;--line:#3b4554;--went:#ff9aa2;--hold:#f2c26b;--came:#86d9a5}}
    body{margin:0;background:var(--paper);color:var(--ink);
    font:16px/1.55 system-ui,-apple-system,Roboto,Arial,"PingFang SC","Microsoft YaHei",
    "Noto Sans CJK SC",sans-serif}
    main{max-width:60rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;overflow-wrap:anywhere}
    h2{border-top:3px solid var(--line);padding-top:1rem;margin-top:2.5rem}
    h4{margin:0 0 .3rem;color:var(--hold)}h5{margin:.6rem 0 .2rem}
    code,pre{font:.86em/1.45 ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
    code{color:var(--soft)}
    pre{white-space:pre-wrap;background:var(--shade);border:1px solid var(--line);padding:.5rem .7rem}
    table{border-collapse:collapse}th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:left}
    .kind{border-left:4px solid var(--hold);background:var(--shade);margin:.7rem 0;padding:.6rem .9rem}
    .kind pre{background:var(--paper)}.price{font-weight:600}
    .came{color:var(--came)}.went{color:var(--went)}.open{color:var(--hold)}
    .columns{columns:18rem 2}summary{cursor:pointer}
    footer{border-top:1px solid var(--line);margin-top:2.5rem;color:var(--soft);font-size:.9rem}
    @media print{:root{--ink:#000;--soft:#444;--paper:#fff;--shade:#f3f3f3;--line:#999;
    --went:#8d1420;--hold:#6f4300;--came:#14522c}
    @page{margin:16mm 14mm}body{font-size:10.5pt}main{max-width:none;padding:0}
    h2,h3,h4{break-after:avoid}.kind{break-inside:avoid}}
    """
}
