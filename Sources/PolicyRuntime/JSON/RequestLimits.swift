/// How large a request may be: what makes the worst case of every decision finite.

/// The bounds of what one request may hold, besides the bytes of the whole and the depth of its nesting.
public enum RequestLimits {
  /// Items of one list whose type names no bound of its own.
  public static let listItems = 1_000
  /// Items of all lists together.
  public static let items = 100_000
  /// Bytes of a whole request, which its texts share: what the daemon takes.
  public static let bytes = 1024 * 1024
  /// Bytes of one text.
  public static let textBytes = 10_000
  /// Items of one batch.
  public static let batchItems = 1_000
  /// Clearances.
  public static let clearances = 1_000
}

extension SchemaNode {
  /// How many items a list may have.
  public var itemLimit: Int { detail > 0 ? Int(detail) : RequestLimits.listItems }
}

extension RequestReader {
  /// Counts one more item of the list that begins at `start`.
  @inline(__always)
  mutating func countItem(
    _ program: borrowing Program, _ index: Int, _ count: Int, _ start: Int
  ) throws(JSONFault) {
    items &+= 1
    let limit = program.schema.nodes[index].itemLimit
    guard count < limit else {
      throw JSONFault(code: .listTooLong, offset: start, node: index, detail: limit)
    }
    guard items <= RequestLimits.items else {
      throw JSONFault(code: .listTooLong, offset: start, detail: RequestLimits.items)
    }
  }
}
