// Long searches for mistakes of our own: `swift run -c release Fuzz [programs] [seed]` compares the machine with the
// reference on generated programs, `… Fuzz analysis [programs] [seed]` what the analysis says with the machine's
// answers, `… Fuzz grid [policies] [seed]` what it proves with brute force, and `… Fuzz changes [number] [seed]` the
// semantic difference with random requests.
import Glibc

let words = CommandLine.arguments.dropFirst()
let numbers = words.compactMap { UInt64($0) }
let number = numbers.first ?? 10_000
let seed = numbers.dropFirst().first ?? UInt64.random(in: 0...UInt64.max)
switch words.first {
case "analysis": exit(AnalysisRun.run(number, from: seed))
case "grid": exit(GridRun.run(number, from: seed))
case "changes": exit(ChangedPolicies.run(number, seed: seed))
default: exit(GeneratedPrograms.run(number, seed: seed))
}
