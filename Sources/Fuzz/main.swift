// Generated programs through machine and reference: `swift run -c release Fuzz [programs] [seed]`.
// The exit code is 1 when they differ.
import Glibc
import TestSupport

let words = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
let programs = words.first ?? 10_000
let seed = words.dropFirst().first ?? UInt64.random(in: 0...UInt64.max)
print("\(programs) programs from seed \(seed)")

var generator = ProgramGenerator(seed: seed)
var differential = Differential()
for number in 1...programs {
  differential.compare(generator.next())
  if number % 10_000 == 0 {
    print("\(number) programs, \(differential.answers) answers")
    fflush(nil)
  }
  if !differential.differences.isEmpty { break }
}
print("\nCONSTRUCTS, in per cent of \(differential.constructs.runs) programs")
print(differential.constructs.text)
print("\nRESULTS, in per cent of \(differential.results.runs) answers")
print(differential.results.text)
for rejected in differential.rejected.prefix(3) { print("REJECTED\n\(rejected)") }
for difference in differential.differences.prefix(3) {
  print("DIFFERENCE in \(difference.decision) (\(difference.code))")
  print(difference.source)
  print("request \(difference.request)")
  print("expected\n\(difference.expected)\ngot\n\(difference.got)")
}
print(
  "\(differential.answers) answers compared, \(differential.differences.count) differences, "
    + "\(differential.rejected.count) programs rejected")
exit(differential.differences.isEmpty ? 0 : 1)
