/// JSON as RFC 8259 has it, read in the plainest way: what the fast reader is compared with.
///
/// It shares no code with the reader. Beyond the grammar it asks for what the project promises: UTF-8 throughout, no
/// name twice in an object, no half of a surrogate pair, at most 64 levels.
public struct StrictJSON {
  private let scalars: [Unicode.Scalar]
  private var at = 0

  private struct Refused: Error {}

  private init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

  /// Whether some bytes are such a text.
  public static func accepts(_ bytes: [UInt8]) -> Bool {
    guard let text = String(validating: bytes, as: UTF8.self) else { return false }
    var reader = StrictJSON(Array(text.unicodeScalars))
    do {
      reader.blank()
      try reader.value(depth: 1)
      reader.blank()
      return reader.at == reader.scalars.count
    } catch {
      return false
    }
  }

  private var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

  private mutating func blank() {
    while let next, [" ", "\t", "\n", "\r"].contains(next) { at += 1 }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ text: String) throws {
    for scalar in text.unicodeScalars where !take(scalar) { throw Refused() }
  }

  private mutating func value(depth: Int) throws {
    switch next {
    case "{": try object(depth)
    case "[": try array(depth)
    case "\"": _ = try string()
    case "t": try expect("true")
    case "f": try expect("false")
    case "n": try expect("null")
    default: try number()
    }
  }

  private mutating func array(_ depth: Int) throws {
    guard depth <= 64 else { throw Refused() }
    try expect("[")
    blank()
    if take("]") { return }
    repeat {
      blank()
      try value(depth: depth + 1)
      blank()
    } while take(",")
    try expect("]")
  }

  private mutating func object(_ depth: Int) throws {
    guard depth <= 64 else { throw Refused() }
    try expect("{")
    blank()
    if take("}") { return }
    var names: Set<[Unicode.Scalar]> = []
    repeat {
      blank()
      guard names.insert(try string()).inserted else { throw Refused() }
      blank()
      try expect(":")
      blank()
      try value(depth: depth + 1)
      blank()
    } while take(",")
    try expect("}")
  }

  private mutating func string() throws -> [Unicode.Scalar] {
    try expect("\"")
    var result: [Unicode.Scalar] = []
    while let scalar = next {
      at += 1
      if scalar == "\"" { return result }
      if scalar.value < 0x20 { throw Refused() }
      result.append(scalar == "\\" ? try escaped() : scalar)
    }
    throw Refused()
  }

  private mutating func escaped() throws -> Unicode.Scalar {
    let plain: [Unicode.Scalar: Unicode.Scalar] = [
      "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{c}", "n": "\n", "r": "\r", "t": "\t",
    ]
    guard let letter = next else { throw Refused() }
    at += 1
    if let scalar = plain[letter] { return scalar }
    guard letter == "u" else { throw Refused() }
    let first = try unit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take("\\"), take("u") else { throw Refused() }
    let second = try unit()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(UInt32(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)))
    else { throw Refused() }
    return scalar
  }

  private mutating func unit() throws -> UInt32 {
    guard at + 4 <= scalars.count else { throw Refused() }
    var value: UInt32 = 0
    for scalar in scalars[at..<at + 4] {
      guard let digit = Character(scalar).hexDigitValue, scalar.isASCII else { throw Refused() }
      value = value << 4 + UInt32(digit)
    }
    at += 4
    return value
  }

  private mutating func digits() throws {
    guard let first = next, ("0"..."9").contains(first) else { throw Refused() }
    while let next, ("0"..."9").contains(next) { at += 1 }
  }

  private mutating func number() throws {
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
  }
}
