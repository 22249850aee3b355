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
