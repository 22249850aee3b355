/// Generated guarantees, which change no answer.

extension ProgramGenerator {
  /// Up to three guarantees, true or not.
  ///
  /// What is drawn for them is drawn from a copy of the sequence, so that the same seed makes the same
  /// decisions and requests with and without them.
  mutating func guaranteeDeclarations() -> String {
    var writer = self
    let scope = GeneratedScope(writer.world)
    let facts = scope.leaves.filter { leaf in
      world.inputs.contains { leaf.path == $0.name || leaf.path.hasPrefix($0.name + ".") }
    }
    var text = ""
    if writer.random.chance(30) {
      counters.add("guarantee: for all requests")
      text += "guarantee \(writer.fresh("g")) \"总是\"\n  for all requests: "
      text += writer.condition(scope, 2) + "\n\n"
    }
    let approvals = world.decisions.filter { $0.kind == "approval" }
    guard !approvals.isEmpty else { return text }
    let raised = facts.filter { [.number, .money, .percent, .date].contains($0.type) }
    if !raised.isEmpty, writer.random.chance(50) {
      counters.add("guarantee: raising")
      text += "guarantee \(writer.fresh("g")) raising \(writer.random.pick(raised).path)"
      text += " never removes a step of \(writer.random.pick(approvals).name)\n\n"
    }
    let people = facts.filter { $0.type == .person }
    if !people.isEmpty, writer.random.chance(50) {
      counters.add("guarantee: never acts")
      text += "guarantee \(writer.fresh("g")) \(writer.random.pick(people).path)"
      text += " never acts in \(writer.random.pick(approvals).name)\n\n"
    }
    return text
  }
}
