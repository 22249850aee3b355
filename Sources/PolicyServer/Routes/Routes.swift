/// Matching paths, and the nearest one to a path that is not there.
internal import PolicySource

/// What the routes share.
enum Routes {
  /// The known path that a mistyped one most likely means.
  static func nearest(to path: String, in known: [String]) -> String? {
    if path.count > 1, path.hasSuffix("/") {
      let shorter = String(path.dropLast())
      if known.contains(shorter) { return shorter }
    }
    return Suggestion.nearest(to: path, in: known)
  }
}

extension Span<UInt8> {
  /// Whether these bytes begin with a text.
  func hasPrefix(_ text: String) -> Bool {
    guard count >= text.utf8.count else { return false }
    var index = 0
    for byte in text.utf8 {
      if self[index] != byte { return false }
      index += 1
    }
    return true
  }

  /// Whether these bytes are a text.
  func equals(_ text: String) -> Bool { count == text.utf8.count && hasPrefix(text) }
}
