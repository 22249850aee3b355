// What the parser of requests asks of the routes: which path may have lines as its body.

enum BatchRoute {
  static func matches(_ path: Span<UInt8>) -> Bool { path.equals("/v1/decide") }
}
