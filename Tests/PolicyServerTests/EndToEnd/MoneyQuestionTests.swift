/// Fifteen questions about money that binary floating point gets wrong, asked of the real daemon as JSON.
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyServer

/// A line of `Corpus/money/questions.tsv`.
private struct MoneyQuestion {
  let decision: String
  let question: String
  let facts: [(name: String, text: String)]
  let expected: String

  static func all() throws -> [MoneyQuestion] {
    let file = Golden.corpus.appending(path: "money/questions.tsv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let columns = line.split(separator: "\t").map(String.init)
      guard columns.count == 4, !line.hasPrefix("#") else { return nil }
      let facts = columns[2].split(separator: " ").map { fact in
        let halves = fact.split(separator: "=", maxSplits: 1).map(String.init)
        return (name: halves[0], text: halves[1])
      }
      return MoneyQuestion(
        decision: columns[0], question: columns[1], facts: facts, expected: columns[3])
    }
  }

  /// The request, with figures as JSON numbers or as texts.
  func body(asTexts: Bool) -> String {
    func figure(_ text: some StringProtocol) -> String {
      asTexts || text.hasSuffix("%") ? "\"\(text)\"" : "\(text)"
    }
    let members = facts.map { name, text in
      if name != "items" { return "\"\(name)\":\(figure(text))" }
      let items = text.split(separator: ",").map { "{\"amount\":\(figure($0))}" }
      return "\"items\":[\(items.joined(separator: ","))]"
    }
    return "{\"input\":{\(members.joined(separator: ","))},\"asOf\":\"2026-11-21\"}"
  }
}

@Suite(.timeLimit(.minutes(10))) struct MoneyQuestionTests {
  @Test func noneOfTheFifteenIsWrong() throws {
    let questions = try MoneyQuestion.all()
    #expect(questions.count == 15)
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    for question in questions {
      for asTexts in [false, true] {
        let body = question.body(asTexts: asTexts)
        let answer = try daemon.ask("money.\(question.decision)", body)
        let said = answer.tree["value"]?.word ?? "error:\(answer.tree["code"]?.word ?? "none")"
        #expect(said == question.expected, "\(question.question): \(body) gave \(answer.body)")
        #expect(answer.status == (question.expected.hasPrefix("error:") ? 422 : 200))
      }
    }
  }

  /// What cannot be held exactly is refused, and never rounded on the way in.
  @Test(arguments: [
    ("0.123456789", "too_many_places"), ("1e-9", "too_many_places"),
    ("1000000000000000000000000000000", "number_too_large"), ("1e30", "number_too_large"),
    ("1e400", "number_too_large"),
  ])
  func whatCannotBeHeldIsRefused(figure: String, code: String) throws {
    let daemon = try BuiltDaemon(BuiltDaemon.corpus)
    for text in [figure, "\"\(figure)\""] {
      let answer = try daemon.ask("money.sum", "{\"input\":{\"a\":\(text),\"b\":1}}")
      #expect(answer.status == 400)
      #expect(answer.tree["code"]?.word == code, "\(answer.body)")
      #expect(answer.tree["pointer"]?.word == "/input/a")
    }
  }
}
