/// Phrases: templates out of literals, and the same words in another language.
import PolicySource
import Testing

@Suite struct PhraseTests {
  private let catalog = Catalog([
    [
      "cannot compare {1} with {2}": "{2} 与 {1} 不能比较", "the table": "表格",
      "there is no piece `{{1}}`": "没有 `{{1}}`", "cleared by {1}": "由 {1} 特批",
    ]
  ])

  @Test func literalKeepsItsTemplate() {
    let (a, b) = ("`Money`", 7)
    let phrase: Phrase = "cannot compare \(a) with \(b)"
    #expect(phrase.template == "cannot compare {1} with {2}")
    #expect(phrase.description == "cannot compare `Money` with 7")
    #expect(phrase.text(in: catalog) == "7 与 `Money` 不能比较")
  }

  @Test func partsAreTranslatedToo() {
    let table: Phrase = "the table"
    let user = "the table"
    let phrase: Phrase = "cannot compare \(table) with \(user)"
    #expect(phrase.text(in: catalog) == "the table 与 表格 不能比较")
    #expect(phrase.description == "cannot compare the table with the table")
  }

  @Test func bracesOfTheUserStay() {
    let piece = "{1}"
    let phrase: Phrase = "there is no piece `{\(piece)}`"
    #expect(phrase.description == "there is no piece `{{1}}`")
    #expect(phrase.text(in: catalog) == "没有 `{{1}}`")
    let plain: Phrase = "write `{{` for a brace, {0} and {x}"
    #expect(plain.description == "write `{{` for a brace, {0} and {x}")
  }

  @Test func indentationIsNotLanguage() {
    let who = "gm"
    let phrase: Phrase = "   cleared by \(who)"
    #expect(phrase.text(in: catalog) == "   由 gm 特批")
  }

  @Test func joinedPhrasesCountTheirPlacesOn() {
    let (a, b, c) = ("a", "b", "c")
    let first: Phrase = "one \(a) two \(b), "
    let second: Phrase = "three \(c)"
    let phrase = first + second
    #expect(phrase.template == "one {1} two {2}, three {3}")
    #expect(phrase.description == "one a two b, three c")
  }

  @Test func listsAreJoinedAsTheLanguageDoes() {
    let chinese = Catalog([SourceMessages.chinese])
    let names = SourceMessages.names(["a", "b", "c"])
    #expect(names.description == "`a`, `b` and `c`")
    #expect(names.text(in: chinese) == "`a`、`b` 和 `c`")
    #expect(SourceMessages.names([]).description == "nothing")
    let long = SourceMessages.names((1...14).map(String.init), limit: 12)
    #expect(long.description.hasSuffix("`11`, `12` and 2 more"))
    #expect(SourceMessages.count(1, "error").text(in: chinese) == "1 个错误")
    #expect(SourceMessages.count(2, "error").description == "2 errors")
  }
}
