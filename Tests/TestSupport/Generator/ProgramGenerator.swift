/// Random well-typed programs: declarations, then decisions, then requests; one seed, one sequence.

/// Writes program after program.
public struct ProgramGenerator {
  var random: SplitMix64
  var world = GeneratedWorld()
  var counters = Counters()
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
    world.currency = random.chance(70) ? "CNY" : nil

    let shared = sharedDeclarations()
    let inputs = inputDeclarations()
    let figures = tableDeclarations() + defineDeclarations()
    world.hasDelegations = random.chance(40)
    world.hasScope = random.chance(25)
    if random.chance(50) { makeHierarchy() }
    let body = decisionDeclarations()
    let decisions = hierarchy() + registers() + body
    let isSplit = random.chance(30)
    var files: [(name: String, text: String)] = []
    if isSplit {
      counters.add("policy: two files")
      files.append(("base.writ", header("base") + "\n" + shared))
      files.append(
        ("main.writ", header("main") + "\nuse base\n\n" + inputs + figures + decisions))
    } else {
      files.append(("main.writ", header("main") + "\n" + shared + inputs + figures + decisions))
    }
    let names = world.decisions.map { "main.\($0.name)" }
    return GeneratedProgram(
      files: files, decisions: names, requests: requests(), constructs: counters)
  }

  /// A name that nothing else in the program has.
  mutating func fresh(_ prefix: String) -> String {
    nextName += 1
    return "\(prefix)\(nextName)"
  }

  private mutating func header(_ name: String) -> String {
    var lines = ["policy \(name) \"Generated \(name)\"", "  owner \"Finance (财务部)\""]
    if random.chance(30) { lines.append("  effective 2020-01-01 until 2031-12-31") }
    if let currency = world.currency { lines.append("  currency \(currency)") }
    lines.append("  source \"seed.txt\" \"\(programs)\"")
    return lines.joined(separator: "\n") + "\n"
  }
}
