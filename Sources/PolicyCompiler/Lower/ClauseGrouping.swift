/// Grouping clauses by what they are compared with, so that 10,000 rules cost what the matching ones cost.
///
/// A clause whose condition is `subject = constant and …` can only fire when the subject has that value.
/// When enough clauses of a decision name the same subject, the straight code looks its value up once and
/// runs the clauses of that value alone; the others run as they stand.
import PolicyRuntime
import PolicySource

struct ClauseGrouping {
  /// From how many clauses on an index pays.
  static let least = 8

  private var keys: [Int?] = []
  private var rests: [TypedExpression?] = []
  private var constants: [Constant] = []
  /// What the clauses are compared on; the first clause's condition while there is no index.
  private(set) var subject: TypedExpression
  private let encode: (Constant) -> Slot

  /// Whether an index is made at all.
  private(set) var isUseful = false
  /// Whether clauses without a key stand beside those with one, so that entries must be sorted.
  private(set) var mixes = false

  init(_ clauses: [TypedClause], _ builder: ProgramBuilder) {
    encode = { builder.encode($0).0 }
    subject =
      clauses.first?.condition
      ?? TypedExpression(
        .constant(.bool(true)), .bool, SourceRange(file: FileID(0), lower: 0, upper: 0))
    var counts: [String: Int] = [:]
    var first: [String: TypedExpression] = [:]
    guard clauses.count >= Self.least else { return }
    for clause in clauses where clause.forEach == nil {
      for (subject, path, _) in Self.equalities(clause.condition, builder) {
        counts[path, default: 0] += 1
        if first[path] == nil { first[path] = subject }
      }
    }
    guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      best.value >= Self.least, let chosen = first[best.key]
    else { return }
    subject = chosen
    isUseful = true
    group(clauses, by: best.key, builder)
  }

  private mutating func group(
    _ clauses: [TypedClause], by path: String, _ builder: ProgramBuilder
  ) {
    var numbers: [Constant: Int] = [:]
    for clause in clauses {
      let found =
        clause.forEach == nil
        ? Self.equalities(clause.condition, builder).first { $0.1 == path } : nil
      guard let found else {
        keys.append(nil)
        rests.append(nil)
        mixes = true
        continue
      }
      if numbers[found.2] == nil {
        numbers[found.2] = constants.count
        constants.append(found.2)
      }
      keys.append(numbers[found.2])
      rests.append(Self.without(clause.condition, path, builder))
    }
  }

  /// The number of the constant that selects a clause; nil when it is always run.
  func key(of position: Int) -> Int? { isUseful ? keys[position] : nil }

  /// What is left of a clause's condition once the subject has the value.
  func rest(of position: Int) -> TypedExpression? { rests[position] }

  /// The index for the starts of the clauses' code, by constant.
  func table(_ starts: [Int: [Int]]) -> Program.ClauseIndex {
    var size = 4
    while size < constants.count * 2 { size *= 2 }
    var buckets = Array(
      repeating: (key: Int128(0), first: Int32(0), count: Int32(0)), count: size)
    var entries: [Int32] = []
    var isText = false
    for (number, constant) in constants.enumerated() {
      let slot = encode(constant)
      var key = slot.bits
      if case .text = constant { isText = true }
      if case .person = constant { isText = true }
      if isText { key = Int128(slot.literal) }
      var at = Program.ClauseIndex.hash(key) & (size - 1)
      while buckets[at].count > 0 { at = (at + 1) & (size - 1) }
      let own = starts[number] ?? []
      buckets[at] = (key, Int32(entries.count), Int32(own.count))
      entries.append(contentsOf: own.map { Int32($0) })
    }
    return Program.ClauseIndex(buckets: buckets, entries: entries, isText: isText)
  }

  /// The conjuncts `subject = constant` of a condition, with the subject's path.
  private static func equalities(
    _ condition: TypedExpression, _ builder: ProgramBuilder
  ) -> [(TypedExpression, String, Constant)] {
    switch condition.kind {
    case .logical(.and, let a, let b): return equalities(a, builder) + equalities(b, builder)
    case .compare(.equal, let subject, let value):
      guard !subject.type.isOptional, case .constant(let constant) = value.kind,
        let place = builder.place(of: subject, [:])
      else { return [] }
      if case .money = constant { return [] }
      return [(subject, place.path, constant)]
    default: return []
    }
  }

  /// A condition without its conjunct on the subject.
  private static func without(
    _ condition: TypedExpression, _ path: String, _ builder: ProgramBuilder
  ) -> TypedExpression {
    guard case .logical(.and, let a, let b) = condition.kind else {
      return equalities(condition, builder).contains { $0.1 == path }
        ? TypedExpression(.constant(.bool(true)), .bool, condition.range) : condition
    }
    if equalities(a, builder).contains(where: { $0.1 == path }) {
      return TypedExpression(
        .logical(.and, without(a, path, builder), b), .bool, condition.range)
    }
    return TypedExpression(.logical(.and, a, without(b, path, builder)), .bool, condition.range)
  }
}
