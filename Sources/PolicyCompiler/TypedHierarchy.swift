/// A typed hierarchy, and the walk up it that a step of an approval may ask for.
public import PolicyRuntime
public import PolicySource

/// Who stands above whom, and up to which amount each may decide.
public struct TypedHierarchy: Sendable {
  /// A row.
  public struct Row: Sendable {
    /// The index of the post.
    public var post: Int
    /// The index of the post above it; nil at the top.
    public var superior: Int?
    /// Up to which amount the post decides; nil means any.
    public var upTo: Constant?
    /// Where it stands.
    public var range: SourceRange
  }

  /// How many levels a walk may have.
  public static let depthLimit = 32

  /// The identifier.
  public var name: String
  /// The rows; one with a mistake is left out.
  public var rows: [Row] = []
  /// Its name.
  public var range: SourceRange
  /// The table from a post and an amount to the levels of the walk, an index of the policy's tables.
  var byPost: Int?
  /// The table from a person, a day and an amount.
  var byPerson: Int?

  init(name: String, range: SourceRange) {
    self.name = name
    self.range = range
  }

  /// The posts above a post with their authority, from the nearest to the top.
  public func path(above post: Int) -> [(post: Int, upTo: Constant?)] {
    var path: [(post: Int, upTo: Constant?)] = []
    var at = rows.first { $0.post == post }?.superior
    while let next = at, path.count <= rows.count, let row = rows.first(where: { $0.post == next })
    {
      path.append((next, row.upTo))
      at = row.superior
    }
    return path
  }
}

/// `climb name up HIERARCHY from POST until authority covers AMOUNT`.
public struct TypedClimb: Sendable {
  /// The hierarchy.
  public var hierarchy: Reference
  /// Where the walk starts: of type Post, or a Person who holds one.
  public var from: TypedExpression
  /// What the authority has to cover.
  public var amount: TypedExpression
  /// When it is climbed at all; nil is always.
  public var condition: TypedExpression?
  /// The code of the requirement that somebody's authority suffices.
  public var code: String
}
