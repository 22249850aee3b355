/// Hierarchies: one row for each post, no walk that never ends, and what a walk up them comes to.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Checks the hierarchies of all policies.
  func checkHierarchies() {
    for (policy, tree) in trees.enumerated() {
      var index = 0
      for declaration in tree.declarations {
        guard case .hierarchy(let hierarchy) = declaration else { continue }
        set.policies[policy].hierarchies[index].rows = hierarchyRows(hierarchy, in: policy)
        index += 1
      }
    }
  }

  private func hierarchyRows(_ tree: HierarchyTree, in policy: Int) -> [TypedHierarchy.Row] {
    let types: [ValueType] = [.post, .post, .money]
    let columns = zip(HierarchyTree.columns, types).map { (name: $0, type: Optional($1)) }
    let before = diagnostics.all.count + diagnostics.dropped
    var rows: [TypedHierarchy.Row] = []
    for row in registerRows(tree.table, columns, in: policy) {
      guard isNamed(row, ["post"]), case .post(let post)? = row.values["post"] else { continue }
      if let first = rows.first(where: { $0.post == post }) {
        report(.postTwice(row.range, set.types.posts[post].name, first: first.range))
        continue
      }
      var superior: Int?
      if case .post(let above)? = row.values["superior"] { superior = above }
      rows.append(
        TypedHierarchy.Row(
          post: post, superior: superior, upTo: row.values["up_to"], range: row.range))
    }
    // What is said of the whole would only repeat what is said of a row.
    guard diagnostics.all.count + diagnostics.dropped == before else { return [] }
    return isSound(rows, tree.table.name) ? rows : []
  }

  /// Whether every post has a way to a top; reports when not.
  private func isSound(_ rows: [TypedHierarchy.Row], _ name: Name) -> Bool {
    var places: [Int: Int] = [:]
    for (place, row) in rows.enumerated() { places[row.post] = place }
    for row in rows {
      guard let superior = row.superior, places[superior] == nil else { continue }
      report(.superiorWithoutRow(row.range, set.types.posts[superior].name))
      return false
    }
    let cycles = findCycles(count: rows.count) { place in
      rows[place].superior.flatMap { places[$0] }.map { [$0] } ?? []
    }
    for cycle in cycles {
      let chain = (cycle + [cycle[0]]).map { set.types.posts[rows[$0].post].name }
      report(.hierarchyCycle(rows[cycle[0]].range, chain))
    }
    guard cycles.isEmpty else { return false }
    guard rows.contains(where: { $0.superior != nil }) else {
      if !name.text.isEmpty { report(.nobodyAbove(name)) }
      return false
    }
    var hierarchy = TypedHierarchy(name: name.text, range: name.range)
    hierarchy.rows = rows
    for row in rows where hierarchy.path(above: row.post).count > TypedHierarchy.depthLimit {
      report(.hierarchyTooDeep(row.range, limit: TypedHierarchy.depthLimit))
      return false
    }
    return true
  }

  // MARK: The walk

  /// The table that says for a start and an amount how many levels the walk has, and their posts: its
  /// columns are `levels`, 0 when the top is reached without enough authority, then a post for each level.
  func walk(
    up reference: Reference, from start: ValueType, at range: SourceRange
  ) -> (table: Reference, depth: Int)? {
    let hierarchy = set.policies[reference.policy].hierarchies[reference.index]
    let depth = hierarchy.rows.map { hierarchy.path(above: $0.post).count }.max() ?? 0
    guard depth > 0 else { return nil }
    let isPerson = start == .person
    if let known = isPerson ? hierarchy.byPerson : hierarchy.byPost {
      return (Reference(policy: reference.policy, index: known), depth)
    }
    var rows: [TypedTable.Row] = []
    if isPerson {
      guard isOnePostEach(hierarchy, at: range) else { return nil }
      let posts = Set(hierarchy.rows.map(\.post))
      for holder in set.holders where posts.contains(holder.post) {
        let keys: [TypedTable.Cell] = [
          .one(.person(holder.person)),
          TypedTable.Cell(
            tests: [
              .range(.date(holder.from ?? .first), .date(holder.until ?? .last), inclusive: true)
            ], negated: false),
        ]
        rows += levels(hierarchy, above: holder.post, keys, depth)
      }
    } else {
      for row in hierarchy.rows {
        rows += levels(hierarchy, above: row.post, [.one(.post(row.post))], depth)
      }
    }
    let any = TypedTable.Cell(tests: [], negated: false)
    let keys: [(name: String, type: ValueType)] =
      isPerson ? [("person", .person), ("today", .date)] : [("post", .post)]
    rows.append(
      level(0, Array(repeating: any, count: keys.count + 1), [], depth, hierarchy.range))
    let index = set.policies[reference.policy].tables.count
    set.policies[reference.policy].tables.append(
      TypedTable(
        name: hierarchy.name, label: hierarchy.name, keys: keys + [("amount", .money)],
        columns: [("levels", .number)] + (0..<depth).map { ("post_\($0 + 1)", .post) },
        hit: .first, isDated: false, illustrative: false, rows: rows, range: hierarchy.range))
    // Nothing is said of the coverage of a table that nobody has written.
    var unseen = TableFacts()
    unseen.sound = false
    facts[reference.policy].tables.append(unseen)
    if isPerson {
      set.policies[reference.policy].hierarchies[reference.index].byPerson = index
    } else {
      set.policies[reference.policy].hierarchies[reference.index].byPost = index
    }
    return (Reference(policy: reference.policy, index: index), depth)
  }

  /// Whether nobody holds two posts of the hierarchy on one day: then it is clear where a walk starts.
  private func isOnePostEach(_ hierarchy: TypedHierarchy, at range: SourceRange) -> Bool {
    let posts = Set(hierarchy.rows.map(\.post))
    let own = set.holders.filter { posts.contains($0.post) }
    if own.isEmpty {
      report(.nobodyHolds(range, hierarchy.name))
      return false
    }
    for (place, holder) in own.enumerated() {
      for other in own[..<place] where Array(other.person.utf8) == Array(holder.person.utf8) {
        let from = max(holder.from ?? .first, other.from ?? .first)
        guard other.post != holder.post, from <= min(holder.until ?? .last, other.until ?? .last)
        else { continue }
        let names = [other.post, holder.post].map { set.types.posts[$0].name }
        report(.twoPostsAtOnce(range, holder.person, names, hierarchy.name))
        return false
      }
    }
    return true
  }

  /// The rows of one start: for each level the amounts that end there, and 0 beyond the top.
  private func levels(
    _ hierarchy: TypedHierarchy, above post: Int, _ keys: [TypedTable.Cell], _ depth: Int
  ) -> [TypedTable.Row] {
    let path = hierarchy.path(above: post)
    var rows: [TypedTable.Row] = []
    var least: [String?: Decimal] = [:]
    let any = TypedTable.Cell(tests: [], negated: false)
    for (place, step) in path.enumerated() {
      let posts = path[...place].map(\.post)
      guard case .money(let amount, let currency)? = step.upTo, let bound = step.upTo else {
        rows.append(level(place + 1, keys + [any], posts, depth, hierarchy.range))
        return rows
      }
      // Whoever decides no more than somebody below adds nothing.
      if let before = least[currency], amount <= before { continue }
      least[currency] = amount
      let cell = TypedTable.Cell(tests: [.lessOrEqual(bound)], negated: false)
      rows.append(level(place + 1, keys + [cell], posts, depth, hierarchy.range))
    }
    rows.append(level(0, keys + [any], [], depth, hierarchy.range))
    return rows
  }

  private func level(
    _ count: Int, _ cells: [TypedTable.Cell], _ posts: [Int], _ depth: Int, _ range: SourceRange
  ) -> TypedTable.Row {
    let filled = (0..<depth).map { Constant.post(posts.indices.contains($0) ? posts[$0] : 0) }
    return TypedTable.Row(
      cells: cells, values: [.number(Decimal(count))] + filled, range: range)
  }
}

extension TypedTable.Cell {
  /// Exactly this value.
  fileprivate static func one(_ constant: Constant) -> Self {
    Self(tests: [.equals(constant)], negated: false)
  }
}
