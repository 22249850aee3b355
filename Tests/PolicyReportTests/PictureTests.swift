/// Pictures of the report: texts stay inside their boxes, boxes stay apart.
import PolicySource
import Testing

@testable import PolicyReport

@Suite struct PictureTests {
  @Test func textsAreBrokenIntoLines() {
    #expect(Drawing.wrap("one two three", columns: 8) == ["one two", "three"])
    #expect(Drawing.wrap("财务部审核报销单", columns: 8) == ["财务部审", "核报销单"])
    #expect(Drawing.wrap("报销金额超过 5,000.00 CNY。", columns: 14) == ["报销金额超过", "5,000.00 CNY。"])
    #expect(Drawing.wrap("a b c d e f", columns: 3, most: 2) == ["a b", "c …"])
    #expect(Drawing.wrap("", columns: 8) == [])
    for line in Drawing.wrap(String(repeating: "x", count: 100), columns: 40) {
      #expect(DisplayWidth.of(line) <= 40)
    }
  }

  /// Every line of a text fits its box.
  @Test func wrappedLinesFit() {
    let words = "the expense is real, 费用属实，the cost is not exaggerated (有无夸大) 且金额合理"
    for columns in 12..<50 {
      for line in Drawing.wrap(words, columns: columns, most: 3) {
        #expect(DisplayWidth.of(line) <= columns + 2, "\(line)")
      }
    }
  }

  private func chain(_ steps: Int) -> ChainModel {
    var model = ChainModel(start: "requested by buyer", end: "approved", ends: "ends")
    for number in 1...steps {
      model.steps.append(
        .init(
          number: number, title: "Step \(number)", act: "a post with a long name reviews",
          condition: number > 1 ? "if amount is more than \(number)" : nil,
          refusal: number == 2 ? .ends : number == 3 ? .step(0) : .requester, through: nil))
      model.rows.append(.step(number - 1))
    }
    return model
  }

  @Test func boxesOfAChainStayApart() {
    var model = chain(8)
    model.rows = [.step(0), .group([1, 2, 3, 4, 5], words: "side by side"), .step(6), .step(7)]
    let html = ChainPicture.svg(model, id: "x", title: "t", description: "d").html
    let boxes = html.matches(
      of: /<rect class="(?:step|end[^"]*)" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/
    ).compactMap { match -> (Int, Int, Int, Int)? in
      guard let x = Int(match.1), let y = Int(match.2), let width = Int(match.3),
        let height = Int(match.4)
      else { return nil }
      return (x, y, x + width, y + height)
    }
    #expect(boxes.count == 10)
    for (index, first) in boxes.enumerated() {
      for second in boxes.dropFirst(index + 1) {
        let isApart =
          first.2 <= second.0 || second.2 <= first.0 || first.3 <= second.1 || second.3 <= first.1
        #expect(isApart, "\(first) \(second)")
      }
    }
    let size = html.firstMatch(of: /viewBox="0 0 (\d+) (\d+)"/)
    let (width, height) = (size.flatMap { Int($0.1) } ?? 0, size.flatMap { Int($0.2) } ?? 0)
    #expect(boxes.allSatisfy { $0.2 <= width && $0.3 <= height })
  }

  @Test func refusalsLeadBack() {
    let html = ChainPicture.svg(chain(4), id: "x", title: "t", description: "d").html
    // Two ways back with their heads, one end.
    #expect(html.ranges(of: "marker-end=\"url(#x-b)\"").count == 3)
    #expect(html.contains(">ends</text>"))
    #expect(html.contains("<title id=\"x-t\">t</title><desc id=\"x-d\">d</desc>"))
  }

  @Test func aTimelineKeepsSizesThatCannotBeMultiplied() {
    let great = Int128(1) << 100
    let model = TimelineModel(values: [
      .init(from: "2026-01-01", words: "1", size: great),
      .init(from: "2027-01-01", words: "2", size: great * 2),
      .init(from: "2028-01-01", words: "nothing", size: 0), .init(from: "x", words: "y", size: nil),
    ])
    let html = Timeline.svg(model, id: "x", title: "t", description: "d").html
    let heights = html.matches(of: /class="bar"[^>]* height="(\d+)"/).compactMap { Int($0.1) }
    #expect(heights == [30, 60, 2, 30])
  }
}
