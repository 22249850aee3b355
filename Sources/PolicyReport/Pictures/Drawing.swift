/// Drawing as SVG inside the page: texts that are broken into lines, boxes, arrows, a title and a description.
import PolicySource

/// A picture while it is drawn; lengths are pixels.
struct Drawing {
  /// The width that a column of text takes at most, in bold and in wide fonts; a Chinese character has two.
  static let column = 8
  /// From one line of text to the next.
  static let line = 17

  private var body = Markup()
  private let id: String

  /// A picture with an identifier of its own on the page.
  init(id: String) { self.id = id }

  /// The picture as it stands in the page.
  func svg(width: Int, height: Int, title: String, description: String) -> Markup {
    """
    <svg role="img" aria-labelledby="\(id)-t \(id)-d" viewBox="0 0 \(width) \(height)" \
    width="\(width)" height="\(height)">\
    <title id="\(id)-t">\(title)</title><desc id="\(id)-d">\(description)</desc>\
    <defs><marker id="\(id)-a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" \
    markerHeight="8" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker>\
    <marker id="\(id)-b" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" \
    markerHeight="8" orient="auto"><path class="head back" d="M0 0L8 4L0 8z"/></marker></defs>\
    \(body)</svg>
    """
  }

  // MARK: Forms

  /// Where a text stands against its place.
  enum Anchor: String { case start, middle, end }

  mutating func rect(
    _ place: Markup, x: Int, y: Int, width: Int, height: Int, radius: Int = 4
  ) {
    body += """
      <rect class="\(place)" x="\(x)" y="\(y)" width="\(width)" height="\(height)" rx="\(radius)"/>
      """
  }

  mutating func text(
    _ words: String, x: Int, y: Int, _ place: Markup = "", anchor: Anchor = .start
  ) {
    body += """
      <text class="\(place)" x="\(x)" y="\(y)" text-anchor="\(anchor.rawValue)">\(words)</text>
      """
  }

  /// Lines of text, the first at `y`; gives the place below them.
  @discardableResult mutating func lines(
    _ lines: [String], x: Int, y: Int, _ place: Markup = "", anchor: Anchor = .start
  ) -> Int {
    for (index, line) in lines.enumerated() {
      text(line, x: x, y: y + index * Self.line, place, anchor: anchor)
    }
    return y + lines.count * Self.line
  }

  mutating func line(_ place: Markup, _ points: [(x: Int, y: Int)], head: Head = .none) {
    let path = points.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L")\(point.x) \(point.y)"
    }.joined()
    let marker: Markup =
      switch head {
      case .none: ""
      case .onward: " marker-end=\"url(#\(id)-a)\""
      case .back: " marker-end=\"url(#\(id)-b)\""
      }
    body += "<path class=\"\(place)\" d=\"\(path)\"\(marker)/>"
  }

  mutating func circle(_ place: Markup, x: Int, y: Int, radius: Int) {
    body += "<circle class=\"\(place)\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(radius)\"/>"
  }

  /// What a line ends with.
  enum Head { case none, onward, back }

  // MARK: Text

  /// A text in lines of so many columns; of more lines than `most` the last one ends with an ellipsis.
  static func wrap(_ text: String, columns: Int, most: Int = .max) -> [String] {
    var lines: [String] = []
    var line = ""
    var width = 0
    for word in words(of: text) {
      let wide = DisplayWidth.of(word)
      if width + wide > columns, !line.isEmpty {
        lines.append(trimmed(line))
        line = ""
        width = 0
        if word == " " { continue }
      }
      line += word
      width += wide
    }
    if !trimmed(line).isEmpty { lines.append(trimmed(line)) }
    guard lines.count > most, most > 0 else { return lines }
    lines.removeSubrange(most...)
    var last = lines[most - 1]
    while DisplayWidth.of(last) + 2 > columns, !last.isEmpty { last.removeLast() }
    lines[most - 1] = trimmed(last) + " …"
    return lines
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    while text.first == " " { text.removeFirst() }
    return String(text)
  }

  /// What is not broken: words with their marks, single Chinese characters with the marks behind them.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    func isMark(_ character: Character) -> Bool { "，。；：、）”！？,.;:)".contains(character) }
    for character in text {
      let isWide = BilingualLabel.isHan(character)
      if character == " " || isWide {
        if !word.isEmpty { words.append(word) }
        word = ""
        words.append(String(character))
      } else if isMark(character), word.isEmpty, let last = words.last, last != " " {
        words[words.count - 1] = last + String(character)
      } else {
        word.append(character)
        // A word that fits no line is broken all the same.
        if word.count >= 30 {
          words.append(word)
          word = ""
        }
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
