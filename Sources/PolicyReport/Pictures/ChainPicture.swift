/// An approval as a picture: the steps from top to bottom, groups side by side, conditions at the arrows,
/// refusals as dashed lines that lead back at the right.
import PolicySource

/// What a picture of an approval shows, in the language of the page.
struct ChainModel {
  /// Where a refusal goes.
  enum Target: Hashable {
    case requester
    /// An earlier step by its place in `steps`.
    case step(Int)
    case ends
  }

  /// A step.
  struct Step {
    var number: Int
    var title: String
    /// Who does what; empty where the title says it.
    var act: String
    /// When it is in the chain; nil always.
    var condition: String?
    var refusal: Target?
    /// Whom a refusal goes through.
    var through: String?
  }

  /// A place in the chain.
  enum Row {
    case step(Int)
    /// Steps side by side, and what is said of them.
    case group([Int], words: String)
  }

  /// The words at the top and at the bottom, beside a line that ends, and before whom it goes through.
  var start: String
  var end: String
  var ends: String
  var steps: [Step] = []
  var rows: [Row] = []
}

/// Draws it.
struct ChainPicture {
  private static let left = 12
  private static let width = 540
  private static let box = 280
  private static let gap = 30
  private static let inner = 10

  private let model: ChainModel
  private var drawing: Drawing
  /// Where the next thing is drawn.
  private var y = 8
  /// The middle of the right edge of each step and of the requester (-1).
  private var edges: [Int: (x: Int, y: Int)] = [:]
  /// Lines that go back, with the place where they begin.
  private var refusals: [(target: ChainModel.Target, x: Int, y: Int)] = []

  private init(_ model: ChainModel, id: String) {
    self.model = model
    drawing = Drawing(id: id)
  }

  /// The picture of a chain.
  static func svg(_ model: ChainModel, id: String, title: String, description: String) -> Markup {
    var picture = ChainPicture(model, id: id)
    let width = picture.draw()
    return picture.drawing.svg(
      width: width, height: picture.y, title: title, description: description)
  }

  private var middle: Int { Self.left + Self.width / 2 }

  private mutating func draw() -> Int {
    pill(model.start, "end start")
    for row in model.rows {
      switch row {
      case .step(let index): step(index)
      case .group(let indices, let words): group(indices, words)
      }
    }
    arrow(to: y + Self.gap)
    pill(model.end, "end done")
    y += 8
    return goBack()
  }

  // MARK: The way onward

  private mutating func pill(_ words: String, _ place: Markup) {
    let lines = Drawing.wrap(words, columns: Self.box / Drawing.column - 2, most: 2)
    let height = lines.count * Drawing.line + 12
    let x = middle - Self.box / 2
    drawing.rect(place, x: x, y: y, width: Self.box, height: height, radius: 14)
    drawing.lines(lines, x: middle, y: y + 18, "label", anchor: .middle)
    if y < 20 { edges[-1] = (x + Self.box, y + height / 2) }
    y += height
  }

  private mutating func arrow(to end: Int) {
    drawing.line("way", [(middle, y), (middle, end)], head: .onward)
    y = end
  }

  /// The arrow before a step, with its condition beside it.
  private mutating func arrow(_ condition: String?) {
    let columns = (Self.width / 2 - 12) / Drawing.column
    let lines = condition.map { Drawing.wrap($0, columns: columns, most: 5) } ?? []
    let end = y + max(Self.gap, lines.count * Drawing.line + 18)
    drawing.lines(lines, x: middle + 10, y: y + 18, "condition")
    arrow(to: end)
  }

  private mutating func step(_ index: Int) {
    let step = model.steps[index]
    arrow(step.condition)
    let x = middle - Self.box / 2
    let height = box(step, x: x, y: y, width: Self.box, isDrawn: false)
    drawing.rect("step", x: x, y: y, width: Self.box, height: height)
    _ = box(step, x: x, y: y, width: Self.box, isDrawn: true)
    // What comes back ends in the upper half, what goes back begins in the lower one.
    edges[index] = (x + Self.box, y + height / 2 - 8)
    if let target = step.refusal {
      refusals.append((target, x + Self.box, y + height / 2 + 8))
      let columns = ((Self.width - Self.box) / 2 + 10) / 7
      if let through = step.through.map({ Drawing.wrap($0, columns: columns, most: 1) })?.first {
        drawing.text(through, x: x + Self.box + 5, y: y + height / 2 + 22, "through")
      }
    }
    y += height
  }

  /// Writes what stands in a box; gives the height that it takes.
  private mutating func box(
    _ step: ChainModel.Step, x: Int, y: Int, width: Int, isDrawn: Bool
  ) -> Int {
    let columns = (width - 16) / Drawing.column
    let title = Drawing.wrap("\(step.number). \(step.title)", columns: columns, most: 3)
    let act = Drawing.wrap(step.act, columns: columns, most: 3)
    if isDrawn {
      let below = drawing.lines(title, x: x + 8, y: y + 18, "label")
      drawing.lines(act, x: x + 8, y: below, "act")
    }
    return (title.count + act.count) * Drawing.line + 12
  }

  // MARK: Side by side

  private mutating func group(_ indices: [Int], _ words: String) {
    arrow(nil)
    let top = y
    let perRow = min(3, max(1, indices.count))
    let width = (Self.width - Self.inner * (perRow + 1)) / perRow
    let head = Drawing.wrap(words, columns: Self.width / Drawing.column - 4, most: 2)
    var bottom = y + head.count * Drawing.line + 8
    var boxes: [(index: Int, x: Int, y: Int, height: Int, conditions: [String])] = []
    for start in stride(from: 0, to: indices.count, by: perRow) {
      let row = indices[start..<min(start + perRow, indices.count)]
      let columns = (width - 16) / Drawing.column
      let conditions = row.map { index in
        model.steps[index].condition.map { Drawing.wrap($0, columns: columns, most: 4) } ?? []
      }
      let heights = zip(row, conditions).map { index, lines in
        box(model.steps[index], x: 0, y: 0, width: width, isDrawn: false)
          + lines.count * Drawing.line
      }
      let height = heights.max() ?? 0
      for (offset, index) in row.enumerated() {
        let x = Self.left + Self.inner + offset * (width + Self.inner)
        boxes.append((index, x, bottom, height, conditions[offset]))
      }
      bottom += height + Self.inner
    }
    drawing.rect("group", x: Self.left, y: top, width: Self.width, height: bottom - top)
    drawing.lines(head, x: Self.left + Self.inner, y: top + 18, "words")
    for place in boxes {
      drawing.rect("step", x: place.x, y: place.y, width: width, height: place.height)
      let own = box(model.steps[place.index], x: place.x, y: place.y, width: width, isDrawn: true)
      drawing.lines(place.conditions, x: place.x + 8, y: place.y + own + 6, "condition")
      edges[place.index] = (Self.left + Self.width, (top + bottom) / 2 - 8)
    }
    var targets: [ChainModel.Target] = []
    for target in indices.compactMap({ model.steps[$0].refusal }) where !targets.contains(target) {
      targets.append(target)
      refusals.append((target, Self.left + Self.width, (top + bottom) / 2 + targets.count * 10 - 2))
    }
    y = bottom
  }

  // MARK: The way back

  /// Draws the refusals; gives the width of the picture.
  private mutating func goBack() -> Int {
    var lanes: [ChainModel.Target] = []
    for refusal in refusals where refusal.target != .ends && !lanes.contains(refusal.target) {
      lanes.append(refusal.target)
    }
    let first = Self.left + Self.width + 16
    let ends = first + max(0, lanes.count - 1) * 14
    for (lane, target) in lanes.enumerated() {
      let x = first + lane * 14
      let starts = refusals.filter { $0.target == target }
      for start in starts { drawing.line("back", [(start.x, start.y), (x, start.y)]) }
      guard let goal = edges[goal(target)], let lowest = starts.map(\.y).max() else { continue }
      drawing.line("back", [(x, lowest), (x, goal.y), (goal.x + 1, goal.y)], head: .back)
    }
    var width = lanes.isEmpty ? Self.left + Self.width + 12 : ends + 14
    for refusal in refusals where refusal.target == .ends {
      let x = ends + (lanes.isEmpty ? 0 : 14)
      drawing.line("back", [(refusal.x, refusal.y), (x, refusal.y)], head: .back)
      drawing.text(model.ends, x: x + 6, y: refusal.y + 4, "through")
      width = max(width, x + 14 + DisplayWidth.of(model.ends) * Drawing.column)
    }
    return width
  }

  private func goal(_ target: ChainModel.Target) -> Int {
    if case .step(let index) = target { index } else { -1 }
  }
}
