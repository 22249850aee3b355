/// How diagnostics are shown to people and to programs.
import PolicySource
import Testing

@Suite struct DiagnosticTests {
  private func sample(_ text: String, _ lower: Int, _ upper: Int) -> (SourceFiles, Diagnostic) {
    var files = SourceFiles()
    let id = files.add(SourceFile(name: "a.writ", bytes: Array(text.utf8)))
    let range = SourceRange(file: id, lower: lower, upper: upper)
    return (files, Diagnostic("code", .error, "a `message`", at: range, help: "do \"this\""))
  }

  @Test func underlineStandsBelowWideLetters() {
    let (files, diagnostic) = sample("财务 dney x", 7, 11)
    let text = DiagnosticText(files: files, colour: false).render([diagnostic])
    #expect(
      text == """
        error[code]: a `message`
         --> a.writ:1:4
          |
        1 | 财务 dney x
          |      ^^^^
          = help: do "this"

        1 error

        """)
  }

  @Test func wideLettersAreUnderlinedWhole() {
    let (files, diagnostic) = sample("财务", 0, 6)
    let text = DiagnosticText(files: files, colour: false).render(diagnostic)
    #expect(text.contains("| ^^^^\n"))
  }

  @Test func controlsDoNotReachTheTerminal() {
    let (files, diagnostic) = sample("a\u{1B}[31m\u{202E}b", 0, 1)
    let text = DiagnosticText(files: files, colour: false).render(diagnostic)
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(!text.unicodeScalars.contains("\u{202E}"))
  }

  @Test func jsonIsOneObjectALine() {
    let (files, diagnostic) = sample("财务 dney x", 7, 11)
    let json = DiagnosticJSON(files: files).render([diagnostic])
    #expect(
      json == #"{"code":"code","severity":"error","file":"a.writ","line":1,"column":4,"endLine":1,"#
        + #""endColumn":8,"message":"a `message`","help":"do \"this\"","notes":[]}"# + "\n")
  }
}
