/// Command lines read by the table: what is taken, and what is refused with which words.
import CommandTable
import PolicySource
import Testing

@Suite struct ArgumentsTests {
  static let spec = CommandSpec(
    name: "weigh", summary: "Weighs.",
    positionals: [
      Positional(
        name: "SCALE", value: .choice(["kitchen", "lorry"]), help: "which", fallback: nil),
      Positional(name: "THING", help: "what", fallback: "flour sugar", takesMany: true),
    ],
    options: [
      Option(name: "--unit", value: .choice(["g", "kg"]), default: "g", help: "in what"),
      Option(name: "--at-most", value: .bytes(1...(4 << 20)), default: "1MiB", help: "how much"),
      Option(name: "--times", value: .number("N", 1...9), help: "how often"),
      Option(name: "--tare", value: "NAME", repeats: true, help: "what to take off"),
      Option(name: "--quiet", value: nil, help: "say nothing"),
      Option(name: "--watch", value: .yesNo, help: "go on"),
    ], examples: [])

  private func read(_ line: String) throws(UsageError) -> Arguments {
    try Arguments(line.split(separator: " ").map(String.init), for: Self.spec)
  }

  private func refusal(_ line: String) -> String? {
    do throws(UsageError) {
      _ = try read(line)
      return nil
    } catch {
      return [error.message.description, error.help?.description].compactMap { $0 }
        .joined(separator: "; ")
    }
  }

  @Test func takesWordsAndOptionsInEitherSpelling() throws {
    let given = try read("kitchen --unit kg --times=3 --quiet --watch --tare a --tare b")
    #expect(given.word("SCALE") == "kitchen")
    #expect(given.words("THING") == ["flour", "sugar"])
    #expect(given.value("--unit") == "kg")
    #expect(given.number("--times") == 3)
    #expect(given.values("--tare").map(\.text) == ["a", "b"])
    #expect(given.has("--quiet") && given.has("--watch"))
    #expect(!(try read("kitchen --watch=no").has("--watch")))
    #expect(try read("kitchen -- --unit - x").words("THING") == ["--unit", "-", "x"])
  }

  @Test func takesDefaultsWhereNothingIsGiven() throws {
    let given = try read("lorry")
    #expect(given.value("--unit") == "g")
    #expect(given.number("--at-most") == 1 << 20)
    #expect(given.number("--times") == nil)
    #expect(given.givenValues("--unit") == nil)
  }

  @Test(arguments: [
    ("kitchen --unti kg", "unknown option `--unti`; did you mean `--unit`?"),
    ("kitchen --colour", "unknown option `--colour`; see `writ weigh --help`"),
    ("kitchen --unit", "`--unit` needs a value; `--unit g|kg`"),
    ("kitchen --unit kgs", "`--unit` does not know `kgs`; did you mean `kg`?"),
    ("kitchen --unit stone", "`--unit` does not know `stone`; one of `g`, `kg`"),
    ("kitchen --unit g --unit g", "`--unit` is given twice; once is enough"),
    ("kitchen --times 0", "`0` is not a value for `--times`; give a whole number from 1 to 9"),
    ("kitchen --times +1", "`+1` is not a value for `--times`; give a whole number from 1 to 9"),
    (
      "kitchen --at-most 5MiB",
      "`5MiB` is not a value for `--at-most`; give a whole number from 1 to 4194304"
    ),
    (
      "kitchen --at-most 9999999999999GiB",
      "`9999999999999GiB` is not a value for `--at-most`; give a whole number from 1 to 4194304"
    ),
    ("kitchen --tare=", "`--tare` is empty; `--tare NAME`"),
    ("kitchen --quiet=yes", "`--quiet` takes no value"),
    ("kitchen --watch=maybe", "`--watch` does not know `maybe`; one of `yes`, `no`"),
    ("kitchin", "`SCALE` does not know `kitchin`; did you mean `kitchen`?"),
    ("", "SCALE is missing; see `writ weigh --help`"),
  ]) func saysWhatIsWrong(line: String, words: String) {
    #expect(refusal(line) == words)
  }

  @Test func askingForHelpNeedsNothingElse() throws {
    #expect(try read("--help").asksForHelp)
    #expect(try read("-h").asksForHelp)
  }
}
