/// Facts of sample cases: paths, values, and clearances.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension CaseChecker {
  // MARK: Paths

  /// The type at the end of a path, or nil when it was reported.
  func type(of path: PathTree) -> ValueType? {
    let root = path.root.text
    if root.isEmpty { return nil }
    guard var type = inputs[root] else {
      let names = inputs.keys.sorted()
      report(.unknownInput(path.root, nearest: owner.nearest(root, names), all: names))
      return nil
    }
    for part in path.parts {
      switch part {
      case .field(let name):
        if name.text.isEmpty { return nil }
        guard case .record(let id) = type.unwrapped else {
          report(.noFields(name, owner.words(type.unwrapped)))
          return nil
        }
        guard let index = field(name, of: id) else { return nil }
        type = owner.set.types[id].fields[index].type
      case .item(_, let range):
        guard case .list(let item) = type.unwrapped else {
          report(.notAList(range, owner.set.files[range.file].text(in: range), owner.words(type)))
          return nil
        }
        type = item
      }
    }
    return type
  }

  private func field(_ name: Name, of id: RecordID) -> Int? {
    if let index = owner.fieldIndex[id.index][name.text] { return index }
    let names = owner.set.types[id].fields.map(\.name)
    report(
      .unknownField(
        name, of: owner.set.types[id].name, nearest: owner.nearest(name.text, names), all: names))
    return nil
  }

  /// The path in words: `order.lines[2].stock`.
  func words(_ path: PathTree) -> String {
    path.parts.reduce(path.root.text) { text, part in
      switch part {
      case .field(let name): "\(text).\(name.text)"
      case .item(let item, _): "\(text)[\(item)]"
      }
    }
  }

  // MARK: Given and unknown

  /// `given path = value`.
  func give(_ path: PathTree, _ tree: ExpressionTree, _ result: inout Supposition) {
    guard let type = type(of: path), let value = value(tree, type) else {
      result.sound = false
      return
    }
    put(value, path, &result)
    let name = words(path)
    result.unknown.removeAll {
      $0 == name || $0.hasPrefix(name + ".") || $0.hasPrefix(name + "[")
    }
    open(path, &result)
  }

  /// What is unknown as a whole stays so, but for the part that is given now.
  private func open(_ path: PathTree, _ result: inout Supposition) {
    var whole = PathTree(root: path.root, parts: [], range: path.range)
    var isOpen = false
    for part in path.parts {
      let name = words(whole)
      if let index = result.unknown.firstIndex(of: name) {
        result.unknown.remove(at: index)
        isOpen = true
      }
      if isOpen, case .field(let own) = part, case .record(let id)? = type(of: whole)?.unwrapped {
        for field in owner.set.types[id].fields where field.name != own.text {
          result.unknown.append("\(name).\(field.name)")
        }
      }
      whole.parts.append(part)
    }
  }

  /// `unknown path`.
  func forget(_ path: PathTree, _ result: inout Supposition) {
    guard type(of: path) != nil else {
      result.sound = false
      return
    }
    put(.unknown, path, &result)
    let name = words(path)
    if !result.unknown.contains(name) { result.unknown.append(name) }
  }

  private func put(_ value: CaseValue, _ path: PathTree, _ result: inout Supposition) {
    let root = result.facts[path.root.text] ?? .record([:])
    if let changed = replaced(root, path.parts[...], by: value) {
      result.facts[path.root.text] = changed
    } else {
      result.sound = false
    }
  }

  /// The tree with one place replaced; nil when the list has no such item, which is reported.
  private func replaced(
    _ tree: CaseValue, _ parts: ArraySlice<PathTree.Part>, by value: CaseValue
  ) -> CaseValue? {
    switch parts.first {
    case nil: return value
    case .field(let name):
      var fields: [String: CaseValue] = [:]
      if case .record(let known) = tree { fields = known }
      let inner = fields[name.text] ?? .record([:])
      guard let changed = replaced(inner, parts.dropFirst(), by: value) else { return nil }
      fields[name.text] = changed
      return .record(fields)
    case .item(let item, let range):
      var items: [CaseValue] = []
      if case .list(let known) = tree { items = known }
      guard item >= 1, item <= items.count + 1 else {
        report(.noSuchItem(range, item, count: items.count))
        return nil
      }
      if item == items.count + 1 { items.append(.record([:])) }
      guard let changed = replaced(items[item - 1], parts.dropFirst(), by: value) else {
        return nil
      }
      items[item - 1] = changed
      return .list(items)
    }
  }

  // MARK: Values

  /// A literal of a type; a record may leave fields out.
  func value(_ tree: ExpressionTree, _ type: ValueType) -> CaseValue? {
    switch (tree.kind, type.unwrapped) {
    case (.missing, _): return nil
    case (.record(let fields), .record(let id)): return record(fields, id)
    case (.list(let items), .list(let item)):
      let values = items.map { value($0, item) }
      let sound = values.compactMap(\.self)
      return sound.count == values.count ? .list(sound) : nil
    case (.record, _):
      report(
        .typeMismatch(
          tree.range, expected: owner.words(type.unwrapped), written: "a record in braces"))
      return nil
    case (.list, _):
      report(
        .typeMismatch(
          tree.range, expected: owner.words(type.unwrapped), written: "a list in brackets"))
      return nil
    case (_, .record(let id)):
      report(.needsBraces(tree.range, owner.set.types[id].name))
      return nil
    case (_, .list):
      report(.needsBrackets(tree.range, owner.words(type.unwrapped)))
      return nil
    default: return owner.constant(tree, type, in: policy).map { .constant($0) }
    }
  }

  private func record(
    _ fields: [(name: Name, value: ExpressionTree)], _ id: RecordID
  ) -> CaseValue? {
    var result: [String: CaseValue] = [:]
    var ranges: [String: SourceRange] = [:]
    var sound = true
    for (name, tree) in fields where !name.text.isEmpty {
      if let first = ranges.updateValue(name.range, forKey: name.text) {
        report(.duplicateField(name, first: first))
        sound = false
        continue
      }
      guard let index = field(name, of: id),
        let value = value(tree, owner.set.types[id].fields[index].type)
      else {
        sound = false
        continue
      }
      result[name.text] = value
    }
    return sound ? .record(result) : nil
  }

  // MARK: Clearances

  /// `clearance [decision.]code[2] by POST on DATE`.
  func clearance(_ tree: ClearanceTree) -> TypedClearance? {
    let decision = clearedDecision(tree)
    let post = owner.post(tree.by)
    let day = owner.day(tree.on)
    var amount: Constant?
    if let literal = tree.amount {
      let type: ValueType = if case .number = literal.kind { .number } else { .money }
      amount = owner.constant(literal, bound(tree, decision) ?? type, in: policy)
      if amount == nil { return nil }
    }
    guard let decision, case .post(let index)? = post, let day else { return nil }
    let facts = clearedFacts(tree, decision)
    if let facts, facts.count != tree.facts?.count { return nil }
    return TypedClearance(
      decision: decision, code: tree.code.text, item: tree.item, post: index,
      person: tree.person.flatMap { owner.plain($0) }, on: day, amount: amount, facts: facts,
      range: tree.range)
  }

  /// The facts for which a clearance was given; those that are wrong are reported and left out.
  private func clearedFacts(
    _ tree: ClearanceTree, _ decision: Reference
  ) -> [(path: String, value: Constant)]? {
    guard let facts = tree.facts else { return nil }
    let clauses = owner.set.policies[decision.policy].decisions[decision.index].clauses
    let item = clauses.first { $0.code == tree.code.text }?.forEach?.variable
    return self.facts(facts, item)
  }

  /// Facts by path; those that are wrong are reported and left out.
  func facts(
    _ facts: [(path: PathTree, value: ExpressionTree)], _ item: Variable?
  ) -> [(path: String, value: Constant)] {
    facts.compactMap { path, value in
      guard let type = type(of: path, item), let constant = owner.constant(value, type, in: policy)
      else { return nil }
      return (words(path), constant)
    }
  }

  /// The type of a path that may start at the item of a clause.
  private func type(of path: PathTree, _ item: Variable?) -> ValueType? {
    guard let item, item.name == path.root.text, inputs[item.name] == nil else {
      return type(of: path)
    }
    inputs[item.name] = item.type
    defer { inputs[item.name] = nil }
    return type(of: path)
  }

  /// The type of the amount that the clause compares, when it does.
  private func bound(_ tree: ClearanceTree, _ decision: Reference?) -> ValueType? {
    guard let decision else { return nil }
    let typed = owner.set.policies[decision.policy].decisions[decision.index]
    return typed.clauses.first { $0.code == tree.code.text }?.clearedBy?.upTo?.bound.type
  }

  private func clearedDecision(_ tree: ClearanceTree) -> Reference? {
    let decisions = owner.set.policies[policy].decisions
    let releases = decisions.indices.filter {
      if case .release = decisions[$0].body { true } else { false }
    }
    var candidates = releases
    if let name = tree.decision {
      guard let index = decisions.firstIndex(where: { $0.name == name.text }) else {
        let names = releases.map { decisions[$0].name }
        report(
          .unknownDecision(
            name, in: owner.set.policies[policy].name, nearest: owner.nearest(name.text, names),
            all: names))
        return nil
      }
      candidates = [index]
    }
    let code = tree.code.text
    let holders = candidates.filter { index in decisions[index].clauses.contains { $0.code == code }
    }
    guard let holder = holders.first else {
      if code.isEmpty { return nil }
      let codes = candidates.flatMap { decisions[$0].clauses.map(\.code) }
      let word = candidates.count == 1 ? decisions[candidates[0]].name : "any release"
      report(.unknownCode(tree.code, in: word, nearest: owner.nearest(code, codes), all: codes))
      return nil
    }
    if holders.count > 1 {
      report(.ambiguousClearance(tree.code, holders.map { decisions[$0].name }))
      return nil
    }
    if let clause = decisions[holder].clauses.first(where: { $0.code == code }) {
      checkItem(tree.code, tree.item, clause)
    }
    return Reference(policy: policy, index: holder)
  }

  /// An item stands only behind the code of a `for each` clause.
  func checkItem(_ code: Name, _ item: Int?, _ clause: TypedClause) {
    if item != nil, clause.forEach == nil { report(.itemNotPossible(code)) }
  }
}

extension TypedDecision {
  /// The clauses that give reasons.
  var clauses: [TypedClause] {
    switch body {
    case .release(let clauses), .check(let clauses): clauses
    case .approval(let approval): approval.requires
    case .limit, .grade, .value: []
    }
  }
}
