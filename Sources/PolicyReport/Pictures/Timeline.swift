/// The values of a parameter by date as a picture: a column for each value, as high as it is.

/// What a timeline shows.
struct TimelineModel {
  /// A value from a day on.
  struct Value {
    /// The first day in words.
    var from: String
    /// The value in words.
    var words: String
    /// How high it is, in units of any kind; nil when it has no size.
    var size: Int128?
  }

  var values: [Value]
}

/// Draws it.
enum Timeline {
  private static let tallest = 60
  private static let least = 8
  private static let base = 92

  static func svg(
    _ model: TimelineModel, id: String, title: String, description: String
  ) -> Markup {
    var drawing = Drawing(id: id)
    let column = 130
    let sizes = model.values.compactMap(\.size).filter { $0 > 0 }
    let greatest = sizes.max() ?? 1
    for (index, value) in model.values.enumerated() {
      let x = 8 + index * column
      let height = Self.height(value.size, greatest)
      drawing.rect(
        "bar", x: x, y: base - height, width: column - 2, height: height, radius: 0)
      drawing.text(value.words, x: x + 4, y: base - height - 6, "label")
      drawing.line("tick", [(x, base - height), (x, base + 8)])
      drawing.text(value.from, x: x + 4, y: base + 18, "act")
    }
    let end = 8 + model.values.count * column
    drawing.line("way", [(8, base), (end + 8, base)], head: .onward)
    return drawing.svg(width: end + 20, height: base + 28, title: title, description: description)
  }

  /// A part of the tallest column, by whole numbers.
  private static func height(_ size: Int128?, _ greatest: Int128) -> Int {
    guard let size else { return tallest / 2 }
    guard size > 0 else { return 2 }
    // Both are brought below 2^32, so that the product cannot overflow.
    var (part, whole) = (size, greatest)
    while whole > 1 << 32 { (part, whole) = (part >> 1, whole >> 1) }
    return max(least, Int(part * Int128(tallest) / whole))
  }
}
