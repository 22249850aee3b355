/// Where an expression stands that could not be looked through, for underlining it.
internal import PolicyEngine
internal import PolicyCompiler
internal import PolicySource

/// Finds expressions in the files of sets.
struct OpenExcerpt {
  let telling: DiffTelling

  /// The places of an open part, with its expressions underlined; only its place when none is found.
  func text(of open: SemanticDiff.Open, colour: Bool) -> String {
    let sides = [telling.new.set.types.files, telling.old.set.types.files]
    for files in sides {
      let ranges = open.expressions.compactMap { range(of: $0, near: open.place, in: files) }
      if ranges.isEmpty { continue }
      let text = DiagnosticText(files: files, colour: colour)
      return ranges.map(text.excerpt).joined()
    }
    return "--> \(open.place)\n"
  }

  /// The first place at or behind a line at which an expression stands; else the first in the file, or in another.
  private func range(
    of expression: String, near place: String, in files: SourceFiles
  ) -> SourceRange? {
    let (name, line) = Self.halves(place)
    var indices = Array(files.all.indices)
    if let own = files.all.firstIndex(where: { $0.name == name }) {
      let start = Self.offset(ofLine: line, in: files.all[own].bytes)
      if let found = Self.find(expression, in: files.all[own].bytes, from: start) {
        return SourceRange(file: FileID(own), lower: found.lowerBound, upper: found.upperBound)
      }
      indices.removeAll { $0 == own }
      indices.insert(own, at: 0)
    }
    for index in indices {
      if let found = Self.find(expression, in: files.all[index].bytes, from: 0) {
        return SourceRange(file: FileID(index), lower: found.lowerBound, upper: found.upperBound)
      }
    }
    return nil
  }

  /// `shipment.writ:12` in two.
  private static func halves(_ place: String) -> (name: String, line: Int) {
    let colon = place.lastIndex(of: ":") ?? place.endIndex
    return (String(place[..<colon]), Int(place[colon...].dropFirst()) ?? 1)
  }

  private static func offset(ofLine line: Int, in bytes: [UInt8]) -> Int {
    var (rest, at) = (line - 1, 0)
    while rest > 0, at < bytes.count {
      if bytes[at] == 0x0A { rest -= 1 }
      at += 1
    }
    return at
  }

  /// Finds a text whose blanks may be other blanks or line breaks.
  static func find(_ text: String, in bytes: [UInt8], from start: Int) -> Range<Int>? {
    let wanted = Array(text.utf8)
    guard let first = wanted.first else { return nil }
    for at in bytes.indices.dropFirst(start) where bytes[at] == first {
      if at > 0, isWord(bytes[at - 1]), isWord(first) { continue }
      var (here, index) = (at, 0)
      while index < wanted.count, here < bytes.count {
        if isBlank(wanted[index]) {
          guard isBlank(bytes[here]) else { break }
          while here < bytes.count, isBlank(bytes[here]) { here += 1 }
          index += 1
        } else {
          guard bytes[here] == wanted[index] else { break }
          (here, index) = (here + 1, index + 1)
        }
      }
      if index == wanted.count { return at..<here }
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }
}
