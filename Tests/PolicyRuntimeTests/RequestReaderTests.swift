/// The reader: what goes into which slot, what is unknown or absent, and what is refused with which words.
import Foundation
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

struct RequestReaderTests {
  private static let program = SampleSchema.order
  private static let day = Day(number: 20_000)

  /// A frame after a request was read.
  private final class Read {
    private var frame: Frame
    let options: RequestOptions
    let program: Program
    var incomplete: Bool { frame.incomplete }
    var slots: [Slot] { frame.slots }
    var texts: [UInt8] { frame.texts }
    var currencies: [UInt16] { frame.currencies }
    var foreignCurrencies: [String] { frame.foreignCurrencies }
    var asOf: Day { frame.asOf }
    var today: Day { frame.today }

    init(_ body: String, _ program: Program = RequestReaderTests.program) throws {
      self.program = program
      frame = Frame(program)
      options = try RequestReader.read(
        Array(body.utf8).span, program, into: &frame, asOf: RequestReaderTests.day)
    }

    /// The slot of a field outside lists.
    func slot(_ path: String) throws -> Slot {
      let schema = program.schema
      let node = try #require(schema.nodes.indices.first { schema.path(of: $0) == path })
      return frame.slots[Int(schema.nodes[node].slot)]
    }

    /// The paths that a slot needs.
    func needs(_ slot: Slot) -> [String] {
      slot.isUnknown ? frame.paths(of: slot.need, program) : []
    }
  }

  private static let whole = """
    { "input" : {"order": {"id": "SO-1", "amount": 12000.50, "paid": "9000.00 CNY",
      "terms": "on_account", "blocked": false, "grade": "b", "share": "6.5%", "by": "sales",
      "who": "wang", "due": "2026-11-21", "lines": [
        {"sku": "A", "qty": 3, "note": null, "lots": [{"size": 1}, {"size": 2}]},
        {"sku": "B\\u4e2d\\ud83d\\ude00", "qty": "4.25", "note": "n", "lots": []}]},
      "tags": ["x", "预付"], "ship": {"city": "温州", "zip": 325000}}, "asOf": "2026-11-20" }
    """

  @Test func readsEveryForm() throws {
    let read = try Read(Self.whole)
    #expect(!read.incomplete)
    #expect(try read.slot("order.amount").decimal.text() == "12000.5")
    #expect(try read.slot("order.paid").decimal.text() == "9000")
    #expect(try read.slot("order.terms").literal == 1)
    #expect(try read.slot("order.id").literal == 0)
    #expect(try read.slot("order.blocked").isFalse)
    #expect(try read.slot("order.grade").index == 1)
    #expect(try read.slot("order.share").decimal.text() == "0.065")
    #expect(try read.slot("order.by").index == 1)
    #expect(try read.slot("order.due").day.text == "2026-11-21")
    #expect(try read.slot("ship").isTrue)
    #expect(try read.slot("ship.zip").decimal.text() == "325000")
    #expect(read.asOf.text == "2026-11-20")
    #expect(read.today.text == "2026-11-20")
    let lines = try read.slot("order.lines")
    #expect(lines.count == 2)
    let second = lines.first + 4
    #expect(read.slots[second + 1].decimal.text() == "4.25")
    let sku = read.slots[second]
    #expect(sku.home == .frame)
    let bytes = Array(read.texts[sku.textRange])
    #expect(String(decoding: bytes, as: UTF8.self) == "B中😀")
    let lots = read.slots[lines.first + 3]
    #expect(lots.count == 2)
    #expect(read.slots[lots.first + 1].decimal == Decimal(2))
  }

  @Test func theOrderOfNamesDoesNotMatter() throws {
    let read = try Read(
      #"{"asOf":"2026-11-20","input":{"ship":{"zip":1,"city":"x"},"order":{"paid":"1 CNY","id":"a"}}}"#
    )
    #expect(try read.slot("order.paid").decimal == Decimal(1))
    #expect(try read.slot("ship.zip").decimal == Decimal(1))
    #expect(read.incomplete)
  }

  @Test func whatIsLeftOutIsUnknownOrAbsent() throws {
    let read = try Read(#"{"input":{"order":{"lines":[{"sku":"A","qty":1},{"lots":[{}]}]}}}"#)
    #expect(read.incomplete)
    #expect(try read.needs(read.slot("order.paid")) == ["order.paid"])
    #expect(try read.slot("order.due").isAbsent)
    #expect(try read.slot("tags").isAbsent)
    #expect(try read.slot("ship").isAbsent)
    #expect(try read.slot("ship.city").isAbsent)
    let lines = try read.slot("order.lines")
    #expect(read.needs(read.slots[lines.first + 3]) == ["order.lines[1].lots"])
    #expect(read.slots[lines.first + 2].isAbsent)
    #expect(read.needs(read.slots[lines.first + 4]) == ["order.lines[2].sku"])
    let lots = read.slots[lines.first + 7]
    #expect(read.needs(read.slots[lots.first]) == ["order.lines[2].lots[1].size"])
  }

  @Test(arguments: ["{}", #"{"input":{}}"#, " { } ", #"{"input":{"order":{}}}"#])
  func withoutFactsAllAreUnknown(_ body: String) throws {
    let read = try Read(body)
    #expect(read.incomplete)
    #expect(read.asOf == Self.day)
    #expect(try read.needs(read.slot("order.lines")) == ["order.lines"])
  }

  @Test func listedFactsAreUnknown() throws {
    let body = Self.whole.replacing(
      "\"asOf\"", with: "\"unknown\": [\"order.paid\", \"order.lines[2].qty\", \"ship\"], \"asOf\"")
    let read = try Read(body)
    #expect(read.incomplete)
    #expect(try read.needs(read.slot("order.paid")) == ["order.paid"])
    #expect(try read.slot("ship.city").isUnknown)
    let lines = try read.slot("order.lines")
    #expect(read.needs(read.slots[lines.first + 5]) == ["order.lines[2].qty"])
    #expect(!read.slots[lines.first + 1].isUnknown)
  }

  @Test func anotherCurrencyIsKept() throws {
    let read = try Read(
      #"{"input":{"order":{"amount":"1 USD","paid":"2.5 EUR"}},"explain":"none"}"#)
    let program = Self.program
    let paid = try #require(
      program.schema.nodes.indices.first { program.schema.path(of: $0) == "order.paid" })
    let slot = Int(program.schema.nodes[paid].slot)
    #expect(read.foreignCurrencies == ["USD", "EUR"])
    #expect(read.currencies[slot] == 3)
    #expect(read.options.explain == .none)
  }

  @Test func aFrameIsReadAgainWithoutTraces() throws {
    var frame = Frame(Self.program)
    let full = Array(Self.whole.utf8)
    for _ in 0..<3 {
      _ = try RequestReader.read(
        Array(#"{"input":{"order":{"amount":"1 USD","lines":[{}]}}}"#.utf8).span, Self.program,
        into: &frame, asOf: Self.day)
      let before = frame.incomplete
      #expect(before)
      _ = try RequestReader.read(full.span, Self.program, into: &frame, asOf: Self.day)
      let (after, currencies, needs) = (frame.incomplete, frame.currencies, frame.needs.count)
      #expect(!after)
      #expect(currencies.isEmpty)
      #expect(needs == Self.program.needNodes.count)
    }
  }

  @Test func manyFieldsAreReadToo() throws {
    let fields = (0..<70).map { SampleSchema.Field("f\($0)", .scalar(.number)) }
    let program = SampleSchema([.init("r", .record(fields))]).program
    let members = (1..<70).reversed().map { "\"f\($0)\": \($0)" }.joined(separator: ",")
    let read = try Read("{\"input\":{\"r\":{\(members)}}}", program)
    #expect(try read.slot("r.f69").decimal == Decimal(69))
    #expect(try read.needs(read.slot("r.f0")) == ["r.f0"])
    #expect(throws: RequestProblem.self) {
      _ = try Read("{\"input\":{\"r\":{\(members),\"f66\":1}}}", program)
    }
  }

  @Test(arguments: Golden.files("json", endings: "json"))
  func refusesWithTheExpectedWords(_ file: URL) throws {
    try Golden.check(
      Self.refusal(try Golden.bytes(file)),
      against: file.deletingPathExtension().appendingPathExtension("problem"))
  }

  @Test func refusesTheVeryDeepAndTheVeryLong() throws {
    let brackets = String(repeating: "[", count: 10_000)
    for body in [
      brackets, "{\"input\":{\"order\":{\"lines\":\(brackets)", "{\"unknown\":\(brackets)",
      "{\"input\":{\"order\":{\"id\":\(brackets)",
    ] {
      #expect(Self.refusal(Array(body.utf8)).hasPrefix("too_deep"))
    }
    let digits = String(repeating: "7", count: 400)
    #expect(
      Self.refusal(Array("{\"input\":{\"order\":{\"amount\":\(digits)}}}".utf8))
        .hasPrefix("number_too_large /input/order/amount"))
  }

  /// No damage to a good request makes the reader crash; it reads or refuses.
  @Test func survivesEveryDamagedByte() throws {
    let whole = Array(Self.whole.utf8)
    var frame = Frame(Self.program)
    for index in whole.indices {
      for byte: UInt8 in [0, 0x22, 0x2C, 0x5B, 0x5C, 0x7D, 0xC3, 0xFF] {
        var body = whole
        body[index] = byte
        _ = try? RequestReader.read(body.span, Self.program, into: &frame, asOf: Self.day)
      }
      _ = try? RequestReader.read(
        Array(whole[..<index]).span, Self.program, into: &frame, asOf: Self.day)
    }
    _ = try RequestReader.read(whole.span, Self.program, into: &frame, asOf: Self.day)
    let incomplete = frame.incomplete
    #expect(!incomplete)
  }

  /// A problem on three lines: code and pointer, words, help.
  static func refusal(_ bytes: [UInt8]) -> String {
    var frame = Frame(program)
    do throws(RequestProblem) {
      _ = try RequestReader.read(bytes.span, program, into: &frame, asOf: day)
      return "read without a problem\n"
    } catch {
      let (detail, help) = RequestMessages.words(error)
      return "\(error.code.rawValue) \(error.pointer)\n\(detail)\n\(help ?? "-")\n"
    }
  }
}
