/// The machine's answer in the shape of the reference's, so that the two can be compared line by line.
import PolicyRuntime

/// Reads a finished frame.
struct MachineAnswer {
  let program: Program
  let answer: ReferenceAnswer

  init(_ program: Program, _ frame: borrowing Frame, body: [UInt8]) {
    self.program = program
    let reader = FrameReader(program: program, body: body)
    if let error = frame.answer.error {
      answer = ReferenceAnswer(outcome: "error", trap: error.kind.code)
      return
    }
    var answer = ReferenceAnswer(outcome: frame.answer.outcome.word)
    let plan = program.plans[program.plans.count - 1]
    if frame.answer.need >= 0 { reader.gather(frame.answer.need, frame, &answer.needs) }
    for index in frame.answer.entries {
      reader.add(frame.found.entries[index], frame, plan, &answer)
    }
    if frame.answer.outcome == .chain, let state = frame.history.state {
      answer.state = reader.state(state)
    }
    if frame.answer.outcome == .within || frame.answer.outcome == .exceeded {
      answer.limit = reader.limit(frame, plan)
    }
    if frame.answer.outcome == .grade {
      answer.grade = program.types.enumerations[plan.enumeration].members[frame.answer.member].name
    }
    if plan.kind == .grade, frame.answer.outcome == .grade {
      for clause in plan.clauses where program.clauses[clause].role == .points {
        let value = program.clauses[clause].value
        answer.points.append(
          ReferenceAnswer.Points(
            name: program.clauses[clause].code,
            value: frame.slots[value].isSpecial ? nil : reader.text(frame, value, .number)))
      }
    }
    if frame.answer.outcome == .value {
      answer.value =
        plan.valueNode < 0
        ? reader.figure(frame, plan)
        : reader.whole(frame, plan.valueNode, base: plan.valueSlot)
    }
    answer.copies = Self.merged(answer.copies)
    answer.notices = Self.merged(answer.notices)
    answer.files = Self.merged(answer.files)
    self.answer = answer
  }

  /// Each name once, sorted; sure when one clause is.
  private static func merged(_ all: [ReferenceAnswer.Listed]) -> [ReferenceAnswer.Listed] {
    var sure: [String: Bool] = [:]
    for copy in all { sure[copy.name] = sure[copy.name] ?? false || !copy.isUnknown }
    return sure.sorted { $0.key < $1.key }.map {
      ReferenceAnswer.Listed(name: $0.key, isUnknown: !$0.value)
    }
  }
}

/// Reads values and paths out of a frame.
struct FrameReader {
  let program: Program
  let body: [UInt8]

  func add(
    _ entry: Entry, _ frame: borrowing Frame, _ plan: Plan, _ answer: inout ReferenceAnswer
  ) {
    let clause = program.clauses[Int(entry.clause)]
    let unknown = entry.state == .unknown
    let outcome = frame.answer.outcome
    switch clause.role {
    case .deny, .hold, .problem:
      guard outcome != .notApplicable else { return }
      let denies = clause.role == .deny && !unknown
      let effect = clause.role == .problem ? "invalid" : denies ? "deny" : "hold"
      let reason = ReferenceAnswer.Reason(
        code: clause.code, item: entry.item < 0 ? nil : Int(entry.item) + 1,
        effect: effect, isUnknown: unknown)
      if entry.state == .lifted {
        answer.cleared.append(reason)
      } else if clause.role != .problem || !unknown {
        answer.reasons.append(reason)
      }
    case .step:
      guard outcome == .chain, entry.state == .holds else { return }
      answer.steps.append(
        ReferenceAnswer.Step(name: clause.code, post: text(frame, clause.by, .post)))
    case .duty:
      guard clause.outcomes & frame.answer.status.rawValue != 0 else { return }
      let days = clause.due < 0 ? [] : [clause.due]
      var open = unknown
      for slot in [clause.by] + days where frame.slots[slot].isUnknown { open = true }
      let due = days.map { " due \(text(frame, $0, .date))" }.joined()
      answer.duties.append(ReferenceAnswer.Listed(name: clause.code + due, isUnknown: open))
    case .copy:
      guard outcome != .notApplicable else { return }
      for target in clause.to where !frame.slots[target.slot].isUnknown {
        let name = text(frame, target.slot, target.form)
        let listed = ReferenceAnswer.Listed(name: name, isUnknown: unknown)
        switch clause.form {
        case "notify": answer.notices.append(listed)
        case "file": answer.files.append(listed)
        default: answer.copies.append(listed)
        }
      }
    default: break
    }
  }

  func limit(_ frame: borrowing Frame, _ plan: Plan) -> ReferenceAnswer.Limit {
    let binding = program.clauses[frame.answer.binding]
    return ReferenceAnswer.Limit(
      limit: text(frame, binding.value, plan.valueForm),
      used: text(frame, plan.valueSlot, plan.valueForm),
      asked: text(frame, plan.askedSlot, plan.valueForm),
      headroom: text(frame.answer.headroom, plan.valueForm, frame.answer.currency, frame),
      binding: binding.position, isWarning: frame.answer.warns)
  }

  /// The paths of a need.
  func gather(_ need: Int, _ frame: borrowing Frame, _ paths: inout Set<String>) {
    let entry = frame.needs[need]
    if entry.node == Need.history {
      paths.insert("history")
      return
    }
    guard entry.node < 0 else {
      paths.insert(path(need, frame))
      return
    }
    gather(Int(entry.left), frame, &paths)
    gather(Int(entry.right), frame, &paths)
  }

  /// `order.lines[2].stock`.
  func path(_ need: Int, _ frame: borrowing Frame) -> String {
    let entry = frame.needs[need]
    let schema = program.schema
    var names: [String] = []
    var node = Int(entry.node)
    while node > 0, !schema.names[node].isEmpty {
      names.append(schema.names[node])
      node = Int(schema.nodes[node].parent)
    }
    let tail = names.reversed().joined(separator: ".")
    guard entry.left >= 0 else { return tail }
    let prefix = path(Int(entry.left), frame) + "[\(entry.right + 1)]"
    return tail.isEmpty ? prefix : prefix + "." + tail
  }

  /// A single value; a text in quotes.
  func figure(_ frame: borrowing Frame, _ plan: Plan) -> String {
    let figure = text(frame, plan.valueSlot, plan.valueForm)
    return plan.valueForm == .text ? "\"" + figure + "\"" : figure
  }

  /// A record or list, as the reference writes it.
  func whole(_ frame: borrowing Frame, _ index: Int, base: Int) -> String {
    let node = program.schema.nodes[index]
    let slot = base + Int(node.slot)
    if node.slot >= 0, frame.slots[slot].isSpecial { return text(frame, slot, .number) }
    switch node.form {
    case .record:
      let children = Int(node.firstChild)..<Int(node.firstChild + node.childCount)
      var parts: [String] = []
      for child in children {
        parts.append("\(program.schema.names[child]): \(whole(frame, child, base: base))")
      }
      return "{" + parts.joined(separator: ", ") + "}"
    case .list:
      let list = frame.slots[slot]
      var items: [String] = []
      for item in 0..<list.count {
        let at = list.first + item * Int(node.stride)
        items.append(whole(frame, Int(node.firstChild), base: at))
      }
      return "[" + items.joined(separator: ", ") + "]"
    case .member:
      return program.schema.enumerations[Int(node.detail)].members[frame.slots[slot].index]
        .name
    case .text, .person: return "\"" + text(frame, slot, .text) + "\""
    case .money:
      return frame.slots[slot].bits == 0 ? "0" : text(frame, slot, .money)
    case .bool: return text(frame, slot, .bool)
    case .date: return text(frame, slot, .date)
    case .month: return text(frame, slot, .month)
    case .time: return text(frame, slot, .time)
    case .post: return text(frame, slot, .post)
    case .number, .percent: return text(frame, slot, .number)
    }
  }

  func text(_ frame: borrowing Frame, _ slot: Int, _ form: SlotForm) -> String {
    text(frame.slots[slot], form, frame.currencies.isEmpty ? 1 : frame.currencies[slot], frame)
  }

  func text(
    _ slot: Slot, _ form: SlotForm, _ currency: UInt16, _ frame: borrowing Frame
  ) -> String {
    if slot.isUnknown { return "unknown" }
    if slot.isAbsent { return "absent" }
    if slot.isError { return "error" }
    switch form {
    case .bool: return slot.isTrue ? "true" : "false"
    case .number, .percent: return slot.decimal.text()
    case .money:
      let known = program.schema.currencies
      if slot.bits == 0 && currency == 0 { return "0" }
      let code =
        Int(currency) < known.count
        ? known[Int(currency)] : frame.foreignCurrencies[Int(currency) - known.count]
      return currency == 0 || code.isEmpty
        ? slot.decimal.text() : "\(slot.decimal.text()) \(code)"
    case .date: return slot.day.text
    case .month: return Month(number: slot.index).text
    case .time: return TimeOfDay(minutes: slot.index).text
    case .post: return program.types.posts[slot.index].name
    case .member(let index): return program.types.enumerations[index].members[slot.index].name
    case .text:
      let range = slot.textRange
      switch slot.home {
      case .body: return String(decoding: body[range], as: UTF8.self)
      case .frame: return String(decoding: frame.texts[range], as: UTF8.self)
      case .program: return String(decoding: program.texts[range], as: UTF8.self)
      }
    case .list: return "list"
    }
  }
}
