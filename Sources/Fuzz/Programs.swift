/// Generated programs through machine and reference.
import Glibc
import TestSupport

/// `Fuzz [programs] [seed]`: the exit code is 1 when they differ, and 3 when something that should occur hardly does.
enum GeneratedPrograms {
  static func run(_ programs: UInt64, seed: UInt64) -> Int32 {
    print("\(programs) programs from seed \(seed)")

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
    return differential.isClean ? (seldom.isEmpty || programs < 5_000 ? 0 : 3) : 1
  }
}
