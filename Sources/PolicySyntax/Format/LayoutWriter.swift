/// Writes a layout down: decides which places break, and keeps lines within their length.
import PolicySource

/// The text so far and where the next letter goes.
struct LayoutWriter {
  /// How many columns a line should have at most.
  static let longestLine = 100
  private static let step = 2

  private var result = ""
  private var column = 0
  private var lines = 0
  /// Line breaks that are written before the next letter, and how deep that letter stands.
  private var breaks = 0
  private var depth = 0
  private var owesSpace = false
  private var suffixes: [String] = []
  private var isBehindComment = false

  /// The text of a layout; it ends with a line break unless it is empty.
  static func text(of layout: Layout) -> String {
    var writer = LayoutWriter()
    writer.write(layout, indent: 0, flat: false, rest: 0)
    writer.newLine(0)
    return writer.result.isEmpty ? "" : writer.result + "\n"
  }

  /// The column at which the next letter would stand.
  private var next: Int { breaks > 0 ? depth : column + (owesSpace ? 1 : 0) }

  /// Ends the line; at the start of the text there is none to end.
  private mutating func newLine(_ indent: Int, blank: Bool = false) {
    if let first = suffixes.first {
      result += "  " + first
      // Two comments behind one line would be one.
      for comment in suffixes.dropFirst() {
        result += "\n" + String(repeating: " ", count: depth) + comment
      }
      suffixes = []
    }
    owesSpace = false
    isBehindComment = false
    depth = indent
    guard !result.isEmpty else { return }
    if breaks == 0 { lines += 1 }
    breaks = max(breaks, blank ? 2 : 1)
  }

  private mutating func flushBreaks() {
    guard breaks > 0 else { return }
    result += String(repeating: "\n", count: breaks) + String(repeating: " ", count: depth)
    column = depth
    breaks = 0
  }

  private mutating func put(_ text: String) {
    if breaks > 0 {
      flushBreaks()
    } else if owesSpace {
      result += " "
      column += 1
    }
    owesSpace = false
    result += text
    column += DisplayWidth.of(text)
  }

  /// Writes a piece.
  ///
  /// - Parameters:
  ///   - indent: how deep its further lines stand.
  ///   - flat: whether it is known to stand on one line.
  ///   - rest: how many columns stand behind it on its last line at least.
  private mutating func write(_ layout: Layout, indent: Int, flat: Bool, rest: Int) {
    switch layout.kind {
    case .text(let text):
      if !suffixes.isEmpty || isBehindComment { newLine(indent) }
      put(text)
    case .glued(let text):
      if isBehindComment { newLine(indent) }
      put(text)
    case .space: owesSpace = true
    case .line(let tight):
      if flat { owesSpace = owesSpace || !tight } else { newLine(indent) }
    case .hardLine(let blank): newLine(indent, blank: blank)
    case .sequence(let parts): writeSequence(parts, indent: indent, flat: flat, rest: rest)
    case .indented(let part):
      write(part, indent: indent + Self.step, flat: flat, rest: rest)
    case .group(let part):
      write(part, indent: indent, flat: flat || fits(layout, rest), rest: rest)
    case .unbroken(let part):
      write(part, indent: indent, flat: flat || !part.isBroken, rest: rest)
    case .choice(let short, let long):
      if flat || fits(layout, rest) {
        write(short, indent: indent, flat: true, rest: rest)
      } else {
        write(long, indent: indent, flat: false, rest: rest)
      }
    case .fill(let fill): writeFill(fill, indent: indent, flat: flat, rest: rest)
    case .suffix(let comment): suffixes.append(comment)
    case .comment(let comment):
      if column > 0, breaks == 0, !result.isEmpty { newLine(indent) }
      put(comment)
      isBehindComment = true
    }
  }

  private func fits(_ layout: Layout, _ rest: Int) -> Bool {
    !layout.isBroken && next + layout.width + rest <= Self.longestLine
  }

  private mutating func writeSequence(_ parts: [Layout], indent: Int, flat: Bool, rest: Int) {
    if flat {
      for part in parts { write(part, indent: indent, flat: true, rest: 0) }
      return
    }
    // What stands behind each part before the line may end.
    var rests = [Int](repeating: rest, count: parts.count)
    for index in parts.indices.dropLast().reversed() {
      let behind = parts[index + 1]
      rests[index] = behind.head + (behind.mayBreak ? 0 : rests[index + 1])
    }
    for (part, rest) in zip(parts, rests) {
      write(part, indent: indent, flat: false, rest: rest)
    }
  }

  private mutating func writeFill(_ fill: Layout.Fill, indent: Int, flat: Bool, rest: Int) {
    var spreads = false
    for (index, item) in fill.items.enumerated() {
      let behind = index == fill.items.count - 1 ? rest : 0
      let indent = fill.hangs && index > 0 ? indent + Self.step : indent
      if index > 0 {
        owesSpace = true
        let stays =
          flat || item.stays
          || !spreads && !item.startsLine && !fill.allOrNone && fits(item.layout, behind)
        if !stays { newLine(indent) }
      }
      let first = lines
      write(item.layout, indent: indent, flat: flat, rest: behind)
      spreads = lines > first
    }
  }
}
