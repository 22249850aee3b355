/// An authority matrix as a picture: the bands of an amount from left to right, a row for each step or post,
/// filled where it acts.
import PolicySource

/// Draws the bands of a part of a matrix.
enum BandPicture {
  private static let side = 170
  private static let band = 118
  private static let row = 30
  private static let head = 44

  /// The picture.
  static func svg(
    columns: [String], bands: [MatrixModel.Band], cells: [[String?]], axis: String, id: String,
    title: String, description: String
  ) -> Markup {
    var drawing = Drawing(id: id)
    drawing.text(axis, x: 8, y: 18, "words")
    let width = side + bands.count * band
    for (index, band) in bands.enumerated() where index > 0 {
      boundary(bands[index - 1], band, at: side + index * Self.band, columns.count, &drawing)
    }
    for (place, column) in columns.enumerated() {
      let y = head + place * row
      drawing.lines(
        Drawing.wrap(column, columns: (side - 12) / Drawing.column, most: 1), x: 8, y: y + 20,
        "label")
      for index in bands.indices {
        let x = side + index * band
        let act =
          cells.indices.contains(index) && cells[index].indices.contains(place)
          ? cells[index][place] : nil
        drawing.rect(
          act == nil ? "empty" : "bar", x: x + 2, y: y + 2, width: band - 4, height: row - 4)
        if let act {
          drawing.text(
            Drawing.wrap(act, columns: band / Drawing.column - 1, most: 1).first ?? "",
            x: x + band / 2, y: y + 20, "act", anchor: .middle)
        }
      }
    }
    return drawing.svg(
      width: width + 12, height: head + columns.count * row + 8, title: title,
      description: description)
  }

  /// The line between two bands: the dot stands on the side that the bound belongs to.
  private static func boundary(
    _ before: MatrixModel.Band, _ after: MatrixModel.Band, at x: Int, _ rows: Int,
    _ drawing: inout Drawing
  ) {
    let bound = before.upper ?? after.lower
    drawing.line("tick", [(x, head - 8), (x, head + rows * row)])
    drawing.text(bound?.words ?? "", x: x, y: head - 14, "act", anchor: .middle)
    let isBefore = before.upper?.isIncluded ?? !(after.lower?.isIncluded ?? false)
    drawing.circle("dot", x: isBefore ? x - 5 : x + 5, y: head - 4, radius: 3)
  }
}
