/// What the table gives to other programs: pages for `man`, completions for bash, zsh and fish.
import Foundation
import TestSupport
import Testing

@Suite struct ShellTests {
  static func has(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }

  static let pages = [
    "writ man", "writ man --lang zh", "writd --man writd", "writd --man writd --lang zh",
    "writd --man writd.conf", "writd --man writd.conf --lang zh",
  ]

  /// `groff` complains of nothing, and every option of the help stands on the page.
  @Test(.enabled(if: has("groff"), "there is no groff"), arguments: pages)
  func pagesAreWellFormed(page: String) throws {
    let complaints = try BuiltTool.run("\(page) | groff -man -Kutf8 -Tutf8 -ww 2>&1 >/dev/null")
    #expect(complaints == "[exit 0]\n")
    let shown = try BuiltTool.run(
      "\(page) | groff -man -Kutf8 -Tutf8 -rLL=400n -P-cbou 2>/dev/null")
    let isConfig = page.contains("writd.conf")
    let commands =
      page.hasPrefix("writ ") ? ["check", "test", "eval", "fmt", "report", "processes"] : [""]
    for command in commands {
      let help = try BuiltTool.run(page.prefix { $0 != " " } + " \(command) --help")
      let names = help.matches(of: /(?m)^  --([a-z-]+)/).map { String($0.1) }
      #expect(names.count >= 2)
      for name in names {
        let only = ["config", "check", "print-config", "man", "completions"]
        if isConfig, only.contains(name) || ["lang", "help", "version"].contains(name) { continue }
        #expect(shown.contains(isConfig ? "\(name) = " : "--\(name)"), "\(page): \(name)")
      }
    }
  }

  /// What bash offers behind a line; the last word is the one that is completed.
  private static func bash(_ words: String...) throws -> String {
    let program = words[0]
    let ask = program == "writ" ? "writ completions bash" : "writd --completions bash"
    let line = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      source <(\(ask)); COMP_WORDS=(\(line)); COMP_CWORD=\(words.count - 1); _\(program)
      echo "${COMPREPLY[*]}"
      """
    let output = try BuiltTool.run("bash --norc <<'END'\n\(script)\nEND")
    return String(output.prefix { $0 != "\n" })
  }

  @Test(.enabled(if: has("bash"), "there is no bash")) func bashCompletes() throws {
    #expect(try Self.bash("writ", "ch") == "check")
    #expect(try Self.bash("writ", "--lang", "zh", "proc") == "processes")
    #expect(try Self.bash("writ", "check", "--f") == "--format")
    #expect(try Self.bash("writ", "check", "--format", "") == "text json sarif")
    #expect(try Self.bash("writ", "check", "--format", "=") == "text json sarif")
    #expect(try Self.bash("writ", "check", "--format", "=", "j") == "json")
    #expect(try Self.bash("writ", "completions", "z") == "zsh")
    #expect(try Self.bash("writ", "check", "differe") == "differences")
    #expect(try Self.bash("writ", "eval", "x.y", "--set", "sets/go") == "sets/good")
    #expect(try Self.bash("writ", "nothing", "--f") == "")
    #expect(try Self.bash("writd", "--max-b") == "--max-body")
    #expect(try Self.bash("writd", "--socket-mode", "") == "600 660 666")
    #expect(try Self.bash("writd", "--policies", "sets/go") == "sets/good")
  }

  @Test(.enabled(if: has("fish"), "there is no fish")) func fishCompletes() throws {
    func fish(_ line: String) throws -> String {
      let script =
        "writ completions fish | source; writd --completions fish | source; complete -C'\(line)'"
      let home = "HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent"
      return try BuiltTool.run("\(home) fish --no-config <<'END' 2>/dev/null\n\(script)\nEND")
    }
    #expect(try fish("writ ch").hasPrefix("check\tReads every policy"))
    #expect(try fish("writ check --fo").hasPrefix("--format\t"))
    #expect(try fish("writ check --format ").contains("json"))
    #expect(try fish("writd --max-b").hasPrefix("--max-body\tlargest body"))
  }

  /// The function is called as zsh would call it; what it hands to `_arguments` and `_describe` is seen.
  @Test(.enabled(if: has("zsh"), "there is no zsh")) func zshCompletes() throws {
    func zsh(_ program: String, _ words: String) throws -> String {
      let ask = program == "writ" ? "writ completions zsh" : "writd --completions zsh"
      let script = """
        compdef() { :; }; _arguments() { print -rl -- "$@"; }; _describe() { print -rl -- $offered; }
        source <(\(ask))
        words=(\(words)); CURRENT=$#words; _\(program)
        """
      return try BuiltTool.run("zsh -f <<'END'\n\(script)\nEND")
    }
    #expect(try zsh("writ", "writ ''").hasPrefix("check:Reads every policy below a folder"))
    #expect(try zsh("writ", "writ check ''").contains("--format=[text for people (default)"))
    #expect(try zsh("writ", "writ check ''").contains("1:SET:_files"))
    #expect(try zsh("writ", "writ completions ''").contains("1:SHELL:(bash zsh fish)"))
    #expect(try zsh("writd", "writd ''").contains("--socket-mode=[who may connect\\: `600`"))
  }
}
