/// The results of cases as JUnit XML and as TAP, for build servers.
public import PolicySource

extension CaseReport {
  // MARK: JUnit

  /// The results as one JUnit XML document: a test suite for each policy, a test case for each case.
  public func junit(in catalog: Catalog) -> String {
    let count = "tests=\"\(results.count)\" failures=\"\(failed)\" errors=\"0\" skipped=\"0\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"writ\" \(count)>\n"
    for suite in suites {
      let failed = suite.count { !$0.failures.isEmpty }
      text += "  <testsuite name=\"\(Markup.escaped(suite[0].policy))\" tests=\"\(suite.count)\" "
      text += "failures=\"\(failed)\" errors=\"0\" skipped=\"0\">\n"
      for result in suite { text += Self.junit(result, catalog) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  /// The results of each policy, in the order of their first cases.
  var suites: [[Result]] {
    var order: [String] = []
    var suites: [String: [Result]] = [:]
    for result in results {
      if suites[result.policy] == nil { order.append(result.policy) }
      suites[result.policy, default: []].append(result)
    }
    return order.compactMap { suites[$0] }
  }

  private static func junit(_ result: Result, _ catalog: Catalog) -> String {
    let (file, line) = place(result.place)
    var text = "    <testcase classname=\"\(Markup.escaped(result.policy))\" "
    text += "name=\"\(Markup.escaped(result.name))\" file=\"\(Markup.escaped(file))\""
    if let line { text += " line=\"\(line)\"" }
    guard !result.failures.isEmpty else { return text + "/>\n" }
    text += ">\n"
    for failure in result.failures {
      let first = failure.differences.first.map { CaseMessages.difference($0).text(in: catalog) }
      text += "      <failure type=\"\(Markup.escaped(failure.differences.first?.part ?? "case"))\" "
      text += "message=\"\(Markup.escaped(first ?? ""))\">"
      text += Markup.escaped(words(failure, catalog)) + "</failure>\n"
    }
    return text + "    </testcase>\n"
  }

  /// `expense/travel.cases:12` as the file and the line.
  private static func place(_ words: String) -> (file: String, line: Int?) {
    guard let colon = words.lastIndex(of: ":"), let line = Int(words[words.index(after: colon)...])
    else { return (words, nil) }
    return (String(words[..<colon]), line)
  }

  /// What an expectation came to, line by line.
  static func words(_ failure: Failure, _ catalog: Catalog) -> String {
    var lines = ["\(failure.place): \(failure.expectation.text(in: catalog))"]
    for difference in failure.differences {
      lines.append("  " + CaseMessages.difference(difference).text(in: catalog))
      lines += difference.remarks.map { "    " + $0.text(in: catalog) }
    }
    return lines.joined(separator: "\n")
  }

  // MARK: TAP

  /// The results as TAP version 14: a test point for each case, what differs in a YAML block.
  public func tap(in catalog: Catalog) -> String {
    var text = "TAP version 14\n1..\(results.count)\n"
    for (number, result) in results.enumerated() {
      let isFine = result.failures.isEmpty
      text += "\(isFine ? "ok" : "not ok") \(number + 1) - "
      text += Self.plain("\(result.policy).\(result.name)")
      text += result.label.isEmpty ? "\n" : Self.plain(" \(result.label)") + "\n"
      if isFine { continue }
      text += "  ---\n  at: \(Self.quoted(result.place))\n  failures:\n"
      for failure in result.failures {
        text += "    - expect: \(Self.quoted(failure.expectation.text(in: catalog)))\n"
        text += "      at: \(Self.quoted(failure.place))\n      differences:\n"
        for difference in failure.differences {
          let words = CaseMessages.difference(difference).text(in: catalog)
          text += "        - \(Self.quoted(words))\n"
        }
      }
      text += "  ...\n"
    }
    return text
  }

  /// A description: what would end it or begin a directive is escaped.
  private static func plain(_ words: String) -> String {
    var text = ""
    for character in words {
      switch character {
      case "#", "\\": text += "\\\(character)"
      case "\n", "\r", "\r\n": text += " "
      default: text.append(character)
      }
    }
    return text
  }

  /// A scalar of YAML in quotation marks, which are those of JSON.
  private static func quoted(_ words: String) -> String { JSONTree.string(words).text }
}

/// Text in documents with tags.
enum Markup {
  /// A text as it may stand between tags and in an attribute; what XML does not allow becomes U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x22: result += "&quot;"
      case 0x27: result += "&#39;"
      case 0x09: result += "&#9;"
      case 0x0A: result += "&#10;"
      case 0x0D: result += "&#13;"
      case 0x00..<0x20, 0xFFFE, 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
