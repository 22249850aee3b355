// Generated programs through machine and reference: `swift run -c release Fuzz [programs] [seed]`.
// `Fuzz analysis [programs] [seed]` compares what the analysis says with the machine's answers instead.
// The exit code is 1 when they differ, and 3 when something that should occur hardly does.
import Glibc
import TestSupport

let words = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
let programs = words.first ?? 10_000
let seed = words.dropFirst().first ?? UInt64.random(in: 0...UInt64.max)
print("\(programs) programs from seed \(seed)")
if CommandLine.arguments.contains("analysis") { exit(AnalysisRun.run(programs, from: seed)) }

var generator = ProgramGenerator(seed: seed)
var differential = Differential()
var reached: UInt64 = 0
for number in 1...max(1, programs) {
  reached = number
  differential.compare(generator.next())
  if number % 10_000 == 0 {
    print("\(number) programs, \(differential.answers) answers")
    fflush(nil)
  }
  if !differential.differences.isEmpty || differential.rejected.count >= 10 { break }
}
print("\n\(differential.occurrences.text)")
for rejected in differential.rejected.prefix(10) { print("REJECTED\n\(rejected)") }
for difference in differential.differences.prefix(3) {
  print("DIFFERENCE in \(difference.decision) (\(difference.code))")
  print(difference.source)
  print("request \(difference.request)")
  print("expected\n\(difference.expected)\ngot\n\(difference.got)")
}
let seldom = differential.occurrences.seldom
if !seldom.isEmpty { print("IN LESS THAN ONE OF A HUNDRED\n" + seldom.joined(separator: "\n")) }
print(
  "\(reached) programs from seed \(seed): \(differential.answers) answers compared, "
    + "\(differential.differences.count) differences, "
    + "\(differential.rejected.count) programs rejected")
exit(differential.isClean ? (seldom.isEmpty || programs < 5_000 ? 0 : 3) : 1)
