/// The wording of mistakes in hierarchies, in climbing them, and in what posts are held for, sorted.
internal import PolicySource
internal import PolicySyntax

extension Diagnostic {
  static func hierarchyCycle(_ range: SourceRange, _ chain: [String]) -> Self {
    let words = chain.map { "`\($0)`" }.joined(separator: " → ")
    return Self(
      "hierarchy-cycle", .error,
      "this hierarchy goes round in a circle: \(words)",
      at: range,
      help: "the post at the top has `-` as its superior")
  }

  static func hierarchyTooDeep(_ range: SourceRange, limit: Int) -> Self {
    Self(
      "hierarchy-too-deep", .error,
      "more than \(limit) levels stand above this post",
      at: range,
      help: "leave out levels that decide nothing")
  }

  static func holderColumnDiffers(_ name: Name, _ type: String, other: String) -> Self {
    Self(
      "holder-column-differs", .error,
      "`\(name.text)` is \(type) here and \(other) in another register of holders",
      at: name.range,
      help: "one column has one type throughout the set")
  }

  static func nobodyAbove(_ name: Name) -> Self {
    Self(
      "nobody-above", .error,
      "in `\(name.text)` no post stands above another",
      at: name.range,
      help: "name the superiors in the column `superior`")
  }

  static func nobodyHolds(_ range: SourceRange, _ hierarchy: String) -> Self {
    Self(
      "nobody-holds", .error,
      "no register says which person holds a post of `\(hierarchy)`",
      at: range,
      help: "declare `holders { … }`, or climb from a post")
  }

  static func noHolderAmounts(_ range: SourceRange) -> Self {
    Self(
      "no-holder-amounts", .error,
      "no register says up to which amount a post is held",
      at: range,
      help: "declare `holders (up_to Money) { … }`")
  }

  static func notRecordedOfActs(
    _ range: SourceRange, _ text: String, _ place: SourceRange
  ) -> Self {
    Self(
      "not-recorded", .error,
      "answers do not write down what the approval reads of lists and other decisions",
      at: range,
      notes: [.init("`\(text)` could change without being noticed", at: place)],
      help: "leave it out: the facts that an act names are compared all the same")
  }

  static func postTwice(_ range: SourceRange, _ post: String, first: SourceRange) -> Self {
    Self(
      "post-twice", .error,
      "`\(post)` has two rows in this hierarchy",
      at: range,
      notes: [.init("the other row is here", at: first)],
      help: "a post has one superior and one authority")
  }

  static func superiorWithoutRow(_ range: SourceRange, _ post: String) -> Self {
    Self(
      "superior-without-row", .error,
      "`\(post)` stands above others, but no row says what it may decide",
      at: range,
      help: "add a row for it; at the top its superior is `-`")
  }

  static func twoPostsAtOnce(
    _ range: SourceRange, _ person: String, _ posts: [String], _ hierarchy: String
  ) -> Self {
    Self(
      "two-posts-at-once", .error,
      "`\(person)` holds \(list(posts)) of `\(hierarchy)` at the same time",
      at: range,
      help: "climb from a post, so that it is clear where the walk starts")
  }

  static func unknownHierarchy(_ name: Name, nearest: String?, all: [String]) -> Self {
    Self(
      "unknown-hierarchy", .error,
      "there is no hierarchy `\(name.text)`",
      at: name.range,
      help: all.isEmpty
        ? "declare `hierarchy \(name.text) { … }`" : meant(nearest, "known are \(list(all))"))
  }

  static func unknownHolderColumn(_ name: Name, nearest: String?, all: [String]) -> Self {
    Self(
      "unknown-holder-column", .error,
      "no register of holders has a column `\(name.text)`",
      at: name.range,
      help: all.isEmpty
        ? "declare `holders (\(name.text) TYPE) { … }`" : meant(nearest, "they have \(list(all))"))
  }
}
