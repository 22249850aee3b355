/// `writ diff` with revisions: a repository made for the test, its folders, its mistakes, and what is left behind.
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: ShellTests.has("git"), "there is no git")) struct DiffRevisionTests {
  /// A repository with two revisions of a set, in a folder that is gone in the end.
  final class Repository {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("writ-git-\(UInt32.random(in: 0...UInt32.max))")

    init() throws {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent("tmp"), withIntermediateDirectories: true)
      let corpus = Golden.corpus.appendingPathComponent("diff/threshold_moved").path
      let made = try run(
        """
        git init -q -b main . && mkdir sub && cp -R '\(corpus)/before' sub/policies && git add sub
        git commit -qm first && git tag start
        cp '\(corpus)/after/policy.writ' sub/policies/policy.writ && git commit -qam second
        git mv sub/policies sub/elsewhere && git commit -qm third && git tag moved
        git revert --no-edit -n HEAD && git commit -qm fourth
        """)
      #expect(made == "[exit 0]\n")
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Runs a line at the top of the repository.
    func run(_ line: String) throws -> String {
      let person = "-c user.name=test -c user.email=test@example.com -c commit.gpgsign=false"
      return try BuiltTool.run(
        "export TMPDIR='\(root.path)/tmp'; git() { command git \(person) \"$@\"; }\n" + line,
        in: root)
    }

    /// What the tool left of the trees that it laid out.
    var leftovers: [String] {
      get throws {
        try FileManager.default.contentsOfDirectory(atPath: root.path + "/tmp")
      }
    }
  }

  private static let words = "hold becomes allow: - needs_approval"

  @Test(arguments: [
    "writ diff start sub/policies", "writ diff start HEAD --folder sub/policies",
    "cd sub; writ diff start", "cd sub; writ diff start HEAD", "cd sub/policies; writ diff start .",
    "writ diff sub/policies start | sed 's/allow becomes hold: + needs/hold becomes allow: - needs/'; exit 3",
    "git clone -q --bare . bare; cd bare; writ diff start HEAD --folder sub/policies",
    "git worktree add -q --detach tree HEAD; cd tree; writ diff start sub/policies",
    "GIT_DIR=/nowhere GIT_INDEX_FILE=/nowhere writ diff start sub/policies",
  ])
  func revisionsAreRead(line: String) throws {
    let repository = try Repository()
    let said = try repository.run(line)
    #expect(said.contains(Self.words), "\(said)")
    #expect(said.hasSuffix("[exit 3]\n"), "\(said)")
    #expect(try repository.leftovers == [])
    // The repository is as it was.
    #expect(try repository.run("git status --porcelain -uno") == "[exit 0]\n")
  }

  @Test func sameRevisionsAreTheSame() throws {
    let repository = try Repository()
    let said = try repository.run("writ diff HEAD sub/policies")
    #expect(said.contains("\n1 decision: no answer changes, proved for all inputs\n"), "\(said)")
    #expect(said.hasSuffix("[exit 0]\n"))
  }

  @Test func mistakesAreSaid() throws {
    let repository = try Repository()
    let mistakes = [
      "writ diff strat sub/policies": """
      writ: `strat` is neither a folder nor a revision
      help: `git log --oneline` and `git branch --all` show which there are
      [exit 2]

      """,
      "writ diff moved sub/policies": """
      writ: `moved` has no folder `sub/policies`
      help: the folder is looked for where it lies in the repository now
      [exit 2]

      """,
      "writ diff sub/policies/policy.writ sub/policies": """
      writ: `sub/policies/policy.writ` is no folder
      help: policies are compared folder by folder
      [exit 2]

      """,
      "mkdir tmp/x; export GIT_CEILING_DIRECTORIES=$PWD/tmp; cd tmp/x; mkdir p; writ diff start p; rm -r ../x":
        """
      writ: `start` is no folder
      help: it is no revision either: `p` is in no repository
      [exit 2]

      """,
      "w=$(command -v writ); PATH= $w diff start sub/policies": """
      writ: `start` is no folder
      help: for a revision, git must be installed
      [exit 2]

      """,
    ]
    for (line, expected) in mistakes {
      let said = try repository.run(line + (line.hasSuffix("../x") ? "; exit 2" : ""))
      #expect(said == expected, "\(line)")
    }
    #expect(try repository.leftovers == [])
  }

  /// A revision that does not load is said with its name, and leaves nothing behind.
  @Test func whatDoesNotLoadIsSaid() throws {
    let repository = try Repository()
    let said = try repository.run(
      "echo 'policy' > sub/policies/policy.writ; git commit -qam bad; writ diff start HEAD --folder sub/policies"
    )
    #expect(said.contains("error[expected-name]"), "\(said)")
    #expect(said.contains("writ: the policies of `HEAD` cannot be compared\n"), "\(said)")
    #expect(said.hasSuffix("[exit 1]\n"))
    #expect(try repository.leftovers == [])
  }
}
