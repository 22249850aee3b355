/// Cells of CSV files: what each spelling of a spreadsheet program is read as, in the language's own spelling.
import PolicySource
import PolicySyntax
import Testing

@Suite struct SheetCellTests {
  private static let place = SourceRange(file: FileID(0), lower: 0, upper: 1)

  private static func read(
    _ text: String, _ form: CellForm, isKey: Bool
  ) -> (String, DiagnosticList) {
    var found = DiagnosticList()
    let cell = SheetTree.Cell(text: text, range: place)
    let shown: String
    if isKey {
      shown = CellReader.key(cell, form, &found).map { TreeDump.text($0) } ?? "refused"
    } else {
      shown = CellReader.value(cell, form, &found).map { TreeDump.text($0) } ?? "refused"
    }
    return (shown, found)
  }

  @Test(arguments: [
    ("1234", CellForm.number, "1234"), ("1,234.50", .number, "1234.50"),
    ("1,234,567", .number, "1234567"), ("-1,234", .number, "(- 1234)"),
    ("１，２３４．５", .number, "1234.5"), ("12,34", .number, "bad-cell"),
    ("1234,567", .number, "bad-cell"), ("1,2345", .number, "bad-cell"),
    ("1 234", .number, "bad-cell"), ("(1,234)", .number, "bad-cell"), ("（5）", .number, "bad-cell"),
    ("-(5)", .number, "bad-cell"), ("(5)", .money(mark: "CNY"), "bad-cell"),
    ("1+1", .number, "bad-cell"),
    ("¥5", .number, "bad-cell"), ("1.2E+15", .number, "damaged-cell"),
    ("12e5", .number, "damaged-cell"), ("#VALUE!", .number, "damaged-cell"),
    ("¥1,234.00", .money(mark: "CNY"), "(money 1234.00 CNY)"),
    ("￥5", .money(mark: "JPY"), "(money 5 JPY)"),
    ("¥-5", .money(mark: "CNY"), "(- (money 5 CNY))"),
    ("-¥5", .money(mark: "CNY"), "(- (money 5 CNY))"),
    ("¥5 CNY", .money(mark: "CNY"), "(money 5 CNY)"),
    ("1,234.00 USD", .money(mark: "CNY"), "(money 1234.00 USD)"),
    ("¥", .money(mark: "CNY"), "bad-cell"), ("¥¥5", .money(mark: "CNY"), "bad-cell"),
    ("5%", .percent, "5%"), ("５％", .percent, "5%"), ("0.5 %", .percent, "0.5%"),
    ("0.05", .percent, "bad-cell"), ("-5", .percent, "bad-cell"),
    ("2026/1/2", .date, "(date 2026-01-02)"), ("2026.12.31", .date, "(date 2026-12-31)"),
    ("2026年1月2日", .date, "(date 2026-01-02)"), ("2026-01-02 0:00", .date, "(date 2026-01-02)"),
    ("2026-01-02 00:00:00", .date, "(date 2026-01-02)"), ("2026-01-02 8:00", .date, "bad-cell"),
    ("2026/1", .date, "bad-cell"), ("1/2/2026", .date, "bad-cell"),
    ("46024", .date, "damaged-cell"), ("1月2日", .date, "damaged-cell"),
    ("Jan-26", .date, "damaged-cell"), ("TRUE", .bool, "true"), ("False", .bool, "false"),
    ("Ａ", .word, "A"), ("'A", .word, "A"), ("一级", .word, "一级"), ("A B", .word, "bad-cell"),
    ("a, b", .text, "\"a, b\""), ("'001", .text, "\"001\""), ("{x}", .text, "\"{x}\""),
    ("\"1.2E+15\"", .text, "\"1.2E+15\""), ("1.2E+15", .text, "damaged-cell"),
    ("12E5", .text, "\"12E5\""), ("110101199001011000", .text, "damaged-cell"),
    ("110101199001011234", .text, "\"110101199001011234\""), ("2-Jan", .text, "damaged-cell"),
    ("#1", .text, "\"#1\""), ("##", .text, "damaged-cell"), ("", .text, "empty-cell"),
  ]) func valueIsRead(text: String, form: CellForm, expected: String) {
    let (shown, found) = Self.read(text, form, isKey: false)
    #expect((found.all.first?.code.slug ?? shown) == expected)
  }

  @Test(arguments: [
    ("-", CellForm.number, "-"), ("—", .date, "-"), ("< 1,000", .number, "(< 1000)"),
    ("1,000..<5,000", .number, "(..< 1000 5000)"), ("≥ 85", .number, "(>= 85)"),
    ("1,234", .number, "ambiguous-number"), ("1, 234", .number, "1, 234"),
    ("1、2", .number, "1, 2"), ("12,34", .number, "12, 34"), ("1,234.5", .number, "1234.5"),
    ("1,2,3", .number, "1, 2, 3"),
    ("¥1,000..¥5,000", .money(mark: "CNY"), "(.. (money 1000 CNY) (money 5000 CNY))"),
    ("not A, B", .word, "not A, B"), ("A，B", .word, "A, B"),
    ("2026/1/1..2026/12/31", .date, "(.. (date 2026-01-01) (date 2026-12-31))"),
    ("< 2026年7月1日", .date, "(< (date 2026-07-01))"),
    ("not \"a\", \"b\"", .text, "not \"a\", \"b\""),
    ("not a", .text, "\"not a\""), ("-", .text, "-"), ("", .word, "empty-cell"),
    ("A |", .word, "bad-cell"), ("1..", .number, "bad-cell"),
    ("< (5)", .number, "bad-cell"),
  ]) func keyIsRead(text: String, form: CellForm, expected: String) {
    let (shown, found) = Self.read(text, form, isKey: true)
    #expect((found.all.first?.code.slug ?? shown) == expected)
  }

  @Test(arguments: [
    ("a.csv", "b/p.writ", "b/a.csv"), ("../a.csv", "b/p.writ", "a.csv"),
    ("./x//a.csv", "p.writ", "x/a.csv"), ("../a.csv", "p.writ", nil), ("/a.csv", "p.writ", nil),
    ("..\\a.csv", "b/p.writ", nil), ("../../a.csv", "b/p.writ", nil),
  ]) func pathStaysInTheSet(path: String, policy: String, expected: String?) {
    #expect(SheetClause.resolve(path, beside: policy) == expected)
  }

  /// Whatever the bytes, the reader ends and gives cells that lie in the file.
  @Test func anyBytesAreRead() {
    var state: UInt64 = 0x9E37
    let letters = Array("a,\"\r\n-1.,%¥E+ \u{FEFF}#/年".utf8)
    for _ in 0..<4_000 {
      var bytes: [UInt8] = []
      for _ in 0..<24 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(letters[Int(state >> 33) % letters.count])
      }
      let (sheet, _) = SheetReader.read(SourceFile(name: "x.csv", bytes: bytes), id: FileID(0))
      for cell in ([sheet.header] + sheet.rows).flatMap(\.cells) {
        #expect(Int(cell.range.upper) <= bytes.count)
        for form in [CellForm.number, .text, .money(mark: "CNY"), .date, .percent, .bool, .word] {
          var found = DiagnosticList()
          _ = CellReader.key(cell, form, &found)
          _ = CellReader.value(cell, form, &found)
        }
      }
    }
  }
}
