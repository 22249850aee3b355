/// What a policy asks for: every fact that a request may carry, its kind and what it may be.
import PolicyCompiler
import PolicyRuntime
import PolicySource

extension PolicySection {
  /// How deep records may lie in each other.
  private static let deepest = 8

  var facts: Markup {
    if policy.inputs.isEmpty { return "" }
    var rows = Markup()
    for input in policy.inputs { rows += self.rows(of: input.field, path: "", depth: 0) }
    return """
      <h3>\(say(ReportMessages.inputs))</h3>\
      <div class="wide"><table class="inputs"><thead><tr>\
      <th scope="col">\(say(ReportMessages.fact))</th>\
      <th scope="col">\(say(ReportMessages.name))</th>\
      <th scope="col">\(say(ReportMessages.kindOfFact))</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>

      """
  }

  private func rows(of field: RecordType.Field, path: String, depth: Int) -> Markup {
    let own = path.isEmpty ? field.name : "\(path).\(field.name)"
    var (type, below) = (field.type.unwrapped, own)
    var kind: Prose?
    if case .list(let item) = type {
      kind = ReportMessages.list(of: kindWords(item.unwrapped, []))
      (type, below) = (item.unwrapped, own + "[…]")
    }
    var name = field.label
    if case .record(let id) = type, field.label == field.name { name = words.set.types[id].label }
    var notes: [Prose] = [kind ?? kindWords(type, field.constraints)]
    if kind != nil { notes += limits(field.constraints, .number) }
    if field.type.isOptional { notes.append(ReportMessages.optional) }
    if field.isSecret { notes.append(ReportMessages.secret) }
    var result: Markup = """
      <tr class="depth\(min(depth, 4))"><th scope="row">\(words.label(name, or: field.name))</th>\
      <td><code>\(own)</code></td><td>\(say(notes.apart))</td></tr>
      """
    guard case .record(let id) = type, depth < Self.deepest else { return result }
    for inner in words.set.types[id].fields {
      result += rows(of: inner, path: below, depth: depth + 1)
    }
    return result
  }

  /// The kind of a fact with what it may be.
  private func kindWords(_ type: ValueType, _ constraints: [Constraint]) -> Prose {
    switch type {
    case .enumeration(let id):
      let enumeration = words.set.types[id]
      let members = enumeration.members.indices.map { Prose.text(words.member(id, $0)) }
      return enumeration.order == .bestFirst
        ? ReportMessages.bestFirst(members.apart) : ReportMessages.oneOf(members.apart)
    case .record(let id):
      let record = words.set.types[id]
      return ReportMessages.form(.text(words.label(record.label, or: record.name)))
    case .list(let item): return ReportMessages.list(of: kindWords(item.unwrapped, []))
    default: return ([ReportMessages.kind(type)] + limits(constraints, type)).apart
    }
  }

  private func limits(_ constraints: [Constraint], _ type: ValueType) -> [Prose] {
    constraints.map { constraint in
      switch constraint {
      case .lower(let units, let inclusive):
        ReportMessages.lower(bound(units, type), inclusive: inclusive)
      case .upper(let units, let inclusive):
        ReportMessages.upper(bound(units, type), inclusive: inclusive)
      case .pattern(let pattern): ReportMessages.shape(.code(pattern.text))
      case .items(let count): ReportMessages.mostItems(count)
      }
    }
  }

  private func bound(_ units: Int128, _ type: ValueType) -> Prose {
    switch type {
    case .date: .value(Int(exactly: units).map { Day(number: $0).text } ?? "")
    case .month: .value(Int(exactly: units).map { Month(number: $0).text } ?? "")
    case .time: .value(Int(exactly: units).map { TimeOfDay(minutes: $0).text } ?? "")
    case .percent: .value(Wording.percent(Decimal(units: units)))
    default: .value(Wording.grouped(Decimal(units: units)))
    }
  }
}
