/// Collects what every policy declares, before anything is resolved.
internal import PolicyRuntime
internal import PolicySource
internal import PolicySyntax

extension SetChecker {
  /// Makes the policies of the set from their headers.
  func checkHeaders() {
    for (index, tree) in trees.enumerated() {
      let header = tree.header
      var policy = TypedPolicy(
        name: header.name.text, label: plain(header.label) ?? header.name.text,
        owner: plain(header.owner) ?? "", currency: nil,
        sources: header.sources.map {
          SourceNote(document: plain($0.document) ?? "", clause: plain($0.clause) ?? "")
        },
        range: header.name.range)
      if let currency = header.currency, !currency.text.isEmpty {
        if isCurrency(currency.text) {
          policy.currency = currency.text
        } else {
          // The parser has said so; with any code the amounts are still checked.
          policy.currency = "XTS"
        }
      }
      policy.effectiveFrom = header.effectiveFrom.flatMap(day)
      policy.effectiveUntil = header.effectiveUntil.flatMap(day)
      if let from = policy.effectiveFrom, let until = policy.effectiveUntil, until < from,
        let place = header.effectiveUntil
      {
        report(.effectiveBackwards(place.range))
      }
      set.policies.append(policy)
      if header.name.text.isEmpty { continue }
      if let first = policyIndex[header.name.text] {
        report(.duplicatePolicy(header.name, first: trees[first].header.name.range))
      } else {
        policyIndex[header.name.text] = index
      }
    }
  }

  /// Gives every declaration its place.
  func collectNames() {
    for index in trees.indices {
      for declaration in trees[index].declarations { collect(declaration, index) }
      for decision in trees[index].decisions {
        let reference = Reference(policy: index, index: facts[index].signatures.count)
        facts[index].signatures.append(.init(kind: decision.kind, type: nil))
        declare(decision.name, .decision(reference), index)
      }
      // Last, so that of two things of one name it is not the guarantee that is meant.
      for case .guarantee(let guarantee) in trees[index].declarations {
        declare(guarantee.name, .guarantee, index)
      }
    }
  }

  private func collect(_ declaration: DeclarationTree, _ index: Int) {
    switch declaration {
    case .posts(let members):
      for member in members { collectPost(member, index) }
    case .record(let record):
      let id = RecordID(set.types.records.count)
      set.types.records.append(
        RecordType(name: record.name.text, label: record.name.text, fields: []))
      fieldIndex.append([:])
      recordTrees.append((index, record))
      declareType(record.name, .record(id), index)
    case .enumeration(let enumeration):
      collectEnumeration(enumeration, index)
    case .input(let input):
      declare(input.name, .input(Reference(policy: index, index: facts[index].inputs.count)), index)
      facts[index].inputs.append(nil)
    case .parameter(let parameter):
      let reference = Reference(policy: index, index: facts[index].parameters.count)
      declare(parameter.name, .parameter(reference), index)
      facts[index].parameters.append(nil)
    case .table(let table):
      declare(table.name, .table(Reference(policy: index, index: facts[index].tables.count)), index)
      facts[index].tables.append(TableFacts())
      facts[index].tableTrees.append(table)
    case .calendar(let calendar):
      let reference = Reference(policy: index, index: set.policies[index].calendars.count)
      declare(calendar.name, .calendar(reference), index)
      set.policies[index].calendars.append(TypedCalendar(calendar, plain(calendar.label)))
    case .rates(let rates):
      let reference = Reference(policy: index, index: set.policies[index].rates.count)
      declare(rates.name, .rates(reference), index)
      set.policies[index].rates.append(
        TypedRates(
          rates, plain(rates.label), currency: set.policies[index].currency ?? ""))
    case .hierarchy(let hierarchy):
      let reference = Reference(policy: index, index: set.policies[index].hierarchies.count)
      let name = hierarchy.table.name
      declare(name, .hierarchy(reference), index)
      set.policies[index].hierarchies.append(TypedHierarchy(name: name.text, range: name.range))
    case .register, .guarantee: break
    case .define(let define):
      let reference = Reference(policy: index, index: facts[index].defines.count)
      declare(define.name, .define(reference), index)
      facts[index].defines.append(.untouched)
      facts[index].defineTrees.append(define)
      facts[index].defineArguments.append([])
      facts[index].defineUses.append([])
    }
  }

  private func collectPost(_ member: MemberTree, _ index: Int) {
    guard !member.name.text.isEmpty else { return }
    if let first = postIndex[member.name.text] {
      report(.duplicatePost(member.name, first: postRanges[first], in: set.files))
      return
    }
    let post = set.types.posts.count
    postIndex[member.name.text] = post
    postRanges.append(member.name.range)
    set.types.posts.append(
      .init(name: member.name.text, label: plain(member.label) ?? member.name.text))
    declare(member.name, .post(post), index)
  }

  private func collectEnumeration(_ tree: EnumerationTree, _ index: Int) {
    let id = EnumerationID(set.types.enumerations.count)
    var members: [Enumeration.Member] = []
    var indices: [String: Int] = [:]
    var ranges: [String: SourceRange] = [:]
    for member in tree.members where !member.name.text.isEmpty {
      let name = member.name.text
      if let first = ranges[name] {
        report(.duplicateMember(member.name, first: first))
        continue
      }
      indices[name] = members.count
      ranges[name] = member.name.range
      members.append(.init(name: name, label: plain(member.label) ?? name))
    }
    let order: Enumeration.Order =
      switch tree.order {
      case .unordered: .unordered
      case .rising: .rising
      case .bestFirst: .bestFirst
      }
    set.types.enumerations.append(
      Enumeration(
        name: tree.name.text, label: plain(tree.label) ?? tree.name.text, order: order,
        members: members))
    memberIndex.append(indices)
    memberNames.formUnion(indices.keys)
    declareType(tree.name, .enumeration(id), index)
  }

  private func declare(_ name: Name, _ entity: Entity, _ index: Int) {
    guard !name.text.isEmpty else { return }
    if let first = scopes[index].ownValues[name.text] {
      report(.duplicateName(name, entity.word, first: first.range))
    } else {
      scopes[index].ownValues[name.text] = .init(entity: entity, range: name.range)
    }
  }

  private func declareType(_ name: Name, _ type: ValueType, _ index: Int) {
    guard !name.text.isEmpty else { return }
    if builtinTypes[name.text] != nil {
      report(.builtinTypeName(name))
    } else if let first = scopes[index].ownTypes[name.text] {
      report(.duplicateName(name, "type", first: first.range))
    } else {
      scopes[index].ownTypes[name.text] = .init(type: type, range: name.range)
    }
  }
}
