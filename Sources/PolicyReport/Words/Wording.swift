/// What the words of one policy's section are made from: the set, the language, and what is shown on the page.
import PolicyCompiler
import PolicyRuntime
import PolicySource

/// The wording of a policy.
struct Wording {
  let set: TypedSet
  let catalog: Catalog
  /// The policies that the page shows: links lead to them alone.
  let shown: Set<Int>
  /// The policy whose section it is.
  let policy: Int
  /// The items and arguments that can be named, the outermost first.
  private(set) var scope: [Variable] = []
  /// Labels that several facts of the policy have.
  private let ambiguous: Set<String>

  init(_ set: TypedSet, _ catalog: Catalog, shown: Set<Int>, policy: Int) {
    self.set = set
    self.catalog = catalog
    self.shown = shown
    self.policy = policy
    var seen: Set<String> = []
    var ambiguous: Set<String> = []
    let language = catalog.language
    for input in set.policies[policy].inputs {
      Self.walk(input.field, set.types, depth: 0) { field in
        let label = BilingualLabel.half(of: field.label, in: language)
        if !seen.insert(label).inserted { ambiguous.insert(label) }
      }
    }
    self.ambiguous = ambiguous
  }

  private static func walk(
    _ field: RecordType.Field, _ types: TypeTable, depth: Int, _ visit: (RecordType.Field) -> Void
  ) {
    guard case .record(let id) = field.type.unwrapped, depth < 8 else { return visit(field) }
    for inner in types[id].fields { walk(inner, types, depth: depth + 1, visit) }
  }

  var language: Language { catalog.language }

  /// The wording where an item can be named.
  func inside(_ variable: Variable?) -> Wording {
    guard let variable else { return self }
    var inner = self
    inner.scope.append(variable)
    return inner
  }

  /// The half of a label that the reader wants.
  func label(_ label: String) -> String { BilingualLabel.half(of: label, in: language) }

  /// A label; an identifier in its place is taken apart into words.
  func label(_ label: String, or name: String) -> String {
    label == name ? Self.words(name) : self.label(label)
  }

  /// `still_to_pay` as `still to pay`.
  static func words(_ name: String) -> String { name.replacing("_", with: " ") }

  func isAmbiguous(_ label: String) -> Bool { ambiguous.contains(label) }

  // MARK: Names with links

  private func name(_ text: String, _ reference: Reference, _ anchor: String) -> Prose {
    .name(text, anchor: shown.contains(reference.policy) ? anchor : nil)
  }

  func decision(_ reference: Reference) -> Prose {
    let owner = set.policies[reference.policy]
    let decision = owner.decisions[reference.index]
    return name(
      label(decision.label, or: decision.name), reference,
      Anchor.decision(owner.name, decision.name))
  }

  func define(_ reference: Reference) -> Prose {
    let owner = set.policies[reference.policy]
    let define = owner.defines[reference.index]
    return name(
      label(define.label, or: define.name), reference, Anchor.term(owner.name, define.name))
  }

  func table(_ reference: Reference) -> Prose {
    let owner = set.policies[reference.policy]
    let table = owner.tables[reference.index]
    return name(label(table.label, or: table.name), reference, Anchor.table(owner.name, table.name))
  }

  func calendar(_ reference: Reference) -> Prose {
    let owner = set.policies[reference.policy]
    let calendar = owner.calendars[reference.index]
    return name(
      label(calendar.label, or: calendar.name), reference,
      Anchor.calendar(owner.name, calendar.name))
  }

  func rates(_ reference: Reference) -> Prose {
    let owner = set.policies[reference.policy]
    let rates = owner.rates[reference.index]
    return name(label(rates.label, or: rates.name), reference, Anchor.rates(owner.name, rates.name))
  }

  func hierarchy(_ reference: Reference) -> Prose {
    let owner = set.policies[reference.policy]
    let hierarchy = owner.hierarchies[reference.index]
    return name(
      Self.words(hierarchy.name), reference, Anchor.hierarchy(owner.name, hierarchy.name))
  }

  /// A parameter with its value, or its values when there are few.
  func parameter(_ reference: Reference) -> Prose {
    let owner = set.policies[reference.policy]
    let parameter = owner.parameters[reference.index]
    let name = name(
      label(parameter.label, or: parameter.name), reference,
      Anchor.parameter(owner.name, parameter.name))
    switch parameter.values.count {
    case 1: return ProseMessages.withValue(name, constant(parameter.values[0].constant))
    case 2:
      guard let day = parameter.values[1].from else { return name }
      return ProseMessages.withTwoValues(
        name, constant(parameter.values[0].constant), from: .value(day.text),
        constant(parameter.values[1].constant))
    default: return name
    }
  }

  // MARK: Values

  /// A constant for people.
  func constant(_ constant: Constant) -> Prose {
    switch constant {
    case .bool(let value): value ? ProseMessages.yes : ProseMessages.no
    case .number(let value): .value(Self.grouped(value))
    case .money(let value, let currency):
      .value(
        currency.map { "\(Self.grouped(value, minimum: 2)) \($0)" } ?? Self.grouped(value))
    case .percent(let value): .value(Self.percent(value))
    case .text(let text): ProseMessages.quoted(.text(text))
    case .person(let text): .value(text)
    case .date(let day): .value(day.text)
    case .month(let month): .value(month.text)
    case .time(let time): .value(time.text)
    case .post(let index): .text(post(index))
    case .member(let id, let index): .text(member(id, index))
    }
  }

  func post(_ index: Int) -> String {
    label(set.types.posts[index].label, or: set.types.posts[index].name)
  }

  func member(_ id: EnumerationID, _ index: Int) -> String {
    let member = set.types[id].members[index]
    let words = label(member.label, or: member.name)
    // Of a class that is a letter, the letter is what people say: `D, cash only (现款)` is `D（现款）`.
    let isLetter =
      member.name.count <= 2 && member.name.allSatisfy { $0.isUppercase || $0.isNumber }
    guard isLetter, !words.contains(member.name) else { return words }
    return say(ProseMessages.withValue(.text(member.name), .text(words)))
  }

  static func grouped(_ value: Decimal, minimum: Int = 0) -> String {
    var bytes: [UInt8] = []
    value.write(to: &bytes, minimum: minimum, grouped: true)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func percent(_ value: Decimal) -> String {
    var bytes: [UInt8] = []
    value.writePercent(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The words in the language of the page.
  func say(_ prose: Prose) -> String { prose.plain(in: catalog) }
}

/// The identifiers of places on the page.
enum Anchor {
  static func policy(_ name: String) -> String { name }
  static func decision(_ policy: String, _ name: String) -> String { "\(policy).\(name)" }
  static func term(_ policy: String, _ name: String) -> String { "\(policy).term.\(name)" }
  static func parameter(_ policy: String, _ name: String) -> String { "\(policy).param.\(name)" }
  static func table(_ policy: String, _ name: String) -> String { "\(policy).table.\(name)" }
  static func calendar(_ policy: String, _ name: String) -> String { "\(policy).calendar.\(name)" }
  static func rates(_ policy: String, _ name: String) -> String { "\(policy).rates.\(name)" }
  static func hierarchy(_ policy: String, _ name: String) -> String {
    "\(policy).hierarchy.\(name)"
  }
}
