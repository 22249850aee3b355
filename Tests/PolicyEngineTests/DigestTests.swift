/// SHA-256 against its published vectors, and the digest of a set against the shell's own tools.
import Foundation
import PolicyEngine
import PolicySource
import TestSupport
import Testing

@Suite struct DigestTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ]) func standardVectors(text: String, digest: String) {
    #expect(SHA256.hex(of: Array(text.utf8)) == digest)
  }

  @Test func millionLetters() {
    #expect(
      SHA256.hex(of: [UInt8](repeating: 0x61, count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func piecesGiveTheSameDigest() {
    let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var whole = SHA256()
    whole.update(bytes)
    let expected = whole.finish()
    for size in [1, 3, 55, 56, 63, 64, 65, 129] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        hash.update(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(hash.finish() == expected, "pieces of \(size) bytes")
    }
  }

  /// The line of `SetDigest`'s own description.
  private static let line =
    "find -L . -name '.?*' -prune -o -type f \\( -name '*.writ' -o -name '*.csv' \\) -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum -- | sha256sum"

  @Test(arguments: ["good", "sheets"]) func digestIsWhatTheShellGives(name: String) throws {
    let folder = Golden.corpus.appendingPathComponent("sets/\(name)")
    let set = try #require(PolicySet.load(folder: folder.path).set)
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", Self.line]
    shell.currentDirectoryURL = folder
    let pipe = Pipe()
    shell.standardOutput = pipe
    try shell.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    let hex = String(decoding: output, as: UTF8.self).prefix(64)
    #expect(set.digest == "sha256:\(hex)")
    let source = try String(
      contentsOf: Golden.corpus.deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources/PolicyEngine/SetDigest.swift"), encoding: .utf8)
    #expect(source.contains(Self.line), "the documented line is the one that was tested")
  }
}
