// Long searches for mistakes of our own: `swift run -c release Fuzz [programs] [seed]` compares the machine with the
// reference on generated programs, `… Fuzz analysis [programs] [seed]` what the analysis says with the machine's
// answers, `… Fuzz grid [policies] [seed]` what it proves with brute force, and `… Fuzz changes [number] [seed]` the
// semantic difference with random requests.
import Glibc

let usage = """
  Fuzz [PROGRAMS] [SEED]            the machine and the reference on generated programs
  Fuzz analysis [PROGRAMS] [SEED]   what the analysis says, and the machine's answers
  Fuzz grid [POLICIES] [SEED]       what is proved, and brute force on a small grid
  Fuzz changes [NUMBER] [SEED] [N]  the semantic difference of changed policies, and random requests; without the first N
  """

var words = CommandLine.arguments.dropFirst()
let search = words.first.flatMap { UInt64($0) == nil ? $0 : nil }
if search != nil { words = words.dropFirst() }
let numbers = words.compactMap { UInt64($0) }
guard numbers.count == words.count, numbers.count <= (search == "changes" ? 3 : 2) else {
  print(usage)
  exit(2)
}
let number = numbers.first ?? 10_000
let seed = numbers.dropFirst().first ?? UInt64.random(in: 0...UInt64.max)
switch search {
case "analysis": exit(AnalysisRun.run(number, from: seed))
case "grid": exit(GridRun.run(number, from: seed))
case "changes":
  exit(ChangedPolicies.run(number, seed: seed, passingOver: numbers.dropFirst(2).first ?? 0))
case nil: exit(GeneratedPrograms.run(number, seed: seed))
default:
  print(usage)
  exit(search == "--help" ? 0 : 2)
}
