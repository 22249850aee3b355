/// Lowering what lifts a clause: who may clear it, how far, how long, and for which facts.
import PolicyRuntime

extension ProgramBuilder {
  /// The facts of a clause; all of them where a clearance may be bound to them.
  func recorded(_ clause: TypedClause, _ scope: [Int: Binding]) -> [FactPlan] {
    guard let rule = clause.clearedBy else { return facts(of: clause.condition, scope) }
    var found = facts(of: clause.condition, scope, most: .max)
    let free = rule.upTo.map { facts(of: $0.of, scope, most: .max).map(\.path) } ?? []
    for index in found.indices { found[index].mayMove = free.contains(found[index].path) }
    return found
  }

  /// The careful code of a clearing rule: the verdict of `up to` and the number of days.
  func clearing(
    _ rule: TypedClearing?, _ number: Int, _ scope: [Int: Binding]
  ) -> (upTo: Int, days: Int) {
    guard let rule else { return (-1, -1) }
    coverage?.clearable[number] = rule.post.range
    program.clauses[number].clearPost = careful(rule.post, scope)
    let shown = [rule.post] + [rule.days].compactMap(\.self)
    program.clauses[number].clearable = template(TypedText(shown.map { .hole($0) }), scope)
    var upTo = -1
    if let bound = rule.upTo {
      let amount = temporary()
      careful(
        CarefulInstruction(.move, a: careful(bound.of, scope), d: amount, site: site))
      program.clauses[number].clearAmount = amount
      let limit = careful(bound.bound, scope)
      upTo = temporary()
      careful(
        CarefulInstruction(
          .compare, a: amount, b: limit, c: bound.of.type.unwrapped == .money ? 1 : 0, mask: 3,
          d: upTo, site: site))
      watch(clearance: number, bound, left: amount, right: limit, result: upTo)
    }
    var days = -1
    if let count = rule.days {
      days = careful(count, scope)
      program.clauses[number].clearDays = days
    }
    return (upTo, days)
  }
}
