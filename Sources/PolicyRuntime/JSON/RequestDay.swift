/// The `asOf` of a request, found before it is read: with versions it says by which program to read.

extension RequestReader {
  /// The day that the envelope names as `asOf`; nil when it names none, or cannot be read so far.
  public static func asOf(of body: Span<UInt8>) -> Day? {
    var scanner = JSONScanner()
    do throws(JSONFault) {
      scanner.blank(body)
      guard scanner.byte(body) == 0x7B, scanner.opens(body, empty: 0x7D) else { return nil }
      repeat {
        guard scanner.byte(body) == 0x22 else { return nil }
        let name = string(body, try scanner.string(body))
        try scanner.colon(body)
        if name == "asOf" {
          guard scanner.byte(body) == 0x22 else { return nil }
          let piece = try scanner.string(body)
          return Day(body, piece.start, piece.end)
        }
        try scanner.skip(body, depth: 1)
      } while try !scanner.ends(body, with: 0x7D)
    } catch {
      // Whoever reads the request says what is wrong with it.
    }
    return nil
  }
}
