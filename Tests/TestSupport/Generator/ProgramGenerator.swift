/// Random well-typed programs: declarations, then decisions, then requests; one seed, one sequence.
import PolicySource

/// Writes program after program.
public struct ProgramGenerator {
  var random: SplitMix64
  var world = GeneratedWorld()
  var counters = Counters()
  /// How much the program has of everything.
  var size = GeneratedSize.small
  /// What the program is about.
  var theme: GeneratedTheme?
  /// The policy that is being written.
  var home = "main"
  private var nextName = 0
  private var programs = 0

  /// Starts the sequence of a seed.
  public init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// The next program.
  public mutating func next() -> GeneratedProgram {
    world = GeneratedWorld()
    counters = Counters()
    nextName = 0
    programs += 1
    size = GeneratedSize.pick(&random)
    theme = random.chance(45) ? random.pick(GeneratedTheme.allCases) : nil
    world.currency = random.chance(70) ? "CNY" : nil
    world.hasDelegations = random.chance(40)
    world.hasScope = random.chance(25)

    var files = random.chance(40) ? severalPolicies() : [onePolicy()]
    files += world.sheets
    let names = world.decisions.map { $0.name.contains(".") ? $0.name : "main.\($0.name)" }
    return GeneratedProgram(
      files: files, decisions: names, requests: requests(), constructs: counters)
  }

  /// A name that nothing else in the program has.
  mutating func fresh(_ prefix: String) -> String {
    nextName += 1
    return "\(prefix)\(nextName)"
  }

  // MARK: Files

  private mutating func onePolicy() -> (name: String, text: String) {
    home = "main"
    let shared =
      sharedDeclarations() + datedDeclarations() + parameterDeclarations() + inputDeclarations()
    let own = tableDeclarations() + defineDeclarations()
    var decisions = themedDecisions() + decisionDeclarations(size.decisions)
    decisions += guaranteeDeclarations()
    return (
      "main.writ", header("main", range: nil) + shared + own + hierarchy() + registers() + decisions
    )
  }

  /// `base` with what others share, perhaps in two versions; perhaps `early` with decisions of its own.
  private mutating func severalPolicies() -> [(name: String, text: String)] {
    counters.add("policies: several")
    let shared = sharedDeclarations() + datedDeclarations()
    let parameters = parameterDeclarations()
    let inputs = inputDeclarations()
    let tables = tableDeclarations()
    var files: [(name: String, text: String)] = []
    if random.chance(35) {
      counters.add("policies: versions")
      let change = random.pick(["2026-11-21", "2026-11-22", "2026-06-01"])
      let before = ["2026-11-21": "2026-11-20", "2026-11-22": "2026-11-21"][change] ?? "2026-05-31"
      let first = header("base", range: "2020-01-01 until \(before)")
      files.append(("base.1.writ", first + shared + tables + parameters))
      let second = header("base", range: change)
      files.append(("base.2.writ", second + shared + tables + parameterDeclarations(again: true)))
    } else {
      files.append(("base.writ", header("base", range: nil) + shared + tables + parameters))
    }
    if random.chance(50) {
      counters.add("policies: decisions in two")
      home = "early"
      let decisions = decisionDeclarations(1...max(1, size.decisions.upperBound / 2))
      files.append(
        ("early.writ", header("early", range: nil) + "\nuse base\n\n" + inputs + decisions))
      for index in world.decisions.indices { world.decisions[index].name.prefix("early.") }
      for index in world.listValues.indices { world.listValues[index].path.prefix("early.") }
      for index in world.recordValues.indices { world.recordValues[index].path.prefix("early.") }
    }
    home = "main"
    let own = defineDeclarations()
    var decisions = themedDecisions() + decisionDeclarations(size.decisions)
    decisions += guaranteeDeclarations()
    files.append(
      (
        "main.writ",
        header("main", range: nil) + "\nuse base\n\n" + inputs + own + hierarchy() + registers()
          + decisions
      ))
    return files
  }

  private mutating func header(_ name: String, range: String?) -> String {
    var lines = ["policy \(name) \"Generated \(name)\"", "  owner \"Finance (财务部)\""]
    if let range {
      lines.append("  effective \(range)")
    } else if random.chance(30) {
      lines.append("  effective 2020-01-01 until 2031-12-31")
    }
    if let currency = world.currency { lines.append("  currency \(currency)") }
    lines.append("  source \"seed.txt\" \"\(programs)\"")
    return lines.joined(separator: "\n") + "\n\n"
  }
}

extension String {
  fileprivate mutating func prefix(_ text: String) { self = text + self }
}
