/// Requests of generated programs with secrets, masked: the same JSON but for the secrets, on one line.
import Foundation
import PolicyCompiler
import PolicyEngine
import PolicyRuntime
import PolicySource
import TestSupport
import Testing

@Suite struct SecretMaskTests {
  static let key = Array("the key of these tests, 32 bytes".utf8)

  @Test func nothingButTheSecretsIsMasked() throws {
    let runs = GeneratedDecisions(usual: 40)
    var generator = ProgramGenerator(seed: runs.seed)
    var random = SplitMix64(seed: runs.seed)
    var masked = 0
    for _ in 0..<runs.programs {
      let generated = generator.next()
      guard let program = SecretProgram(generated, &random) else { continue }
      var oracle = MaskOracle(program, key: Self.key, random)
      let lowered = program.secret.policies.enumerated().flatMap { index, policy in
        policy.decisions.indices.map {
          Lowering.lower(Reference(policy: index, index: $0), in: program.secret).0
        }
      }
      let facts = SecretFacts(lowered)
      var mask = SecretMask()
      for lowered in lowered {
        for request in generated.requests {
          let request = request.taken(by: lowered)
          guard let tree = JSONTree(parsing: Array(request.json.utf8)) else { continue }
          let body = oracle.body(of: tree)
          var out = Array("before".utf8)
          let isWhole = mask.append(
            body.span, lowered, facts, key: HMAC(key: Self.key), into: &out)
          let text = Array(out.dropFirst(6))
          let fault = isWhole ? oracle.fault(text, &masked) : "the body is refused"
          if let fault {
            let words = "SEED=\(runs.seed) \(lowered.name): \(fault)\n\(program.source)\n"
            Issue.record(
              Comment(
                rawValue: words + String(decoding: body, as: UTF8.self) + "\n--- masked\n"
                  + String(decoding: text, as: UTF8.self)))
            return
          }
          try Self.checkKeys(&mask, body, lowered, facts, text)
        }
      }
      random = oracle.random
    }
    #expect(masked > runs.programs)
  }

  /// Masking again gives the same, under another key something else.
  private static func checkKeys(
    _ mask: inout SecretMask, _ body: [UInt8], _ program: Program, _ facts: SecretFacts?,
    _ text: [UInt8]
  ) throws {
    var again: [UInt8] = []
    _ = mask.append(body.span, program, facts, key: HMAC(key: key), into: &again)
    try #require(again == text)
    var other: [UInt8] = []
    _ = mask.append(body.span, program, facts, key: HMAC(key: [1, 2, 3]), into: &other)
    let hasMasks = String(decoding: text, as: UTF8.self).contains("{\"masked\":\"hmac-sha256:")
    try #require((other == text) != hasMasks)
  }

  // MARK: One policy

  static let policy = """
    policy people
      currency CNY
    posts { clerk, manager }
    type Card { number Text secret, kind Text }
    type Applicant {
      name Text
      id_number Text secret
      salary Money secret
      cards List of Card
      flags List of Bool secret
      home Home? secret
    }
    type Home { street Text, rooms Number }
    input applicant Applicant
    release hire {
      deny poor "not enough" when applicant.salary < 5 CNY cleared by manager
      deny known "known" when applicant.name = "x" and applicant.id_number = "y" cleared by manager
    }
    """

  static func masked(_ body: String, key: [UInt8] = key) throws -> String? {
    let set = try #require(CheckedPolicies([(name: "people.writ", text: policy)]).set)
    let (program, _) = Lowering.lower(Reference(policy: 0, index: 0), in: set)
    var mask = SecretMask()
    var out: [UInt8] = []
    let isWhole = mask.append(
      Array(body.utf8).span, program, SecretFacts([program]), key: HMAC(key: key), into: &out)
    if !isWhole { #expect(out.isEmpty) }
    return isWhole ? String(decoding: out, as: UTF8.self) : nil
  }

  static func code(_ text: String) -> String {
    "{\"masked\":\"hmac-sha256:\(HMAC(key: key).code(of: Array(text.utf8).span))\"}"
  }

  @Test func placesOfSecrets() throws {
    let body = """
      {"input": {"applicant":\r
        {"name": "Li\\nWei", "id_num\\u0062er" : "31\\u0030", "salary": 12.50 , "cards": [
          {"kind": "debit", "number": "62\\"2"}, {"number": null}], "flags" : [ true ,
          false ], "home": {"street": "a \\" b", "rooms": 3}}}, "explain": "none",
        "clearances": [{"decision": "hire", "facts": {"applicant.salary": "7 CNY",
          "applicant.name": "x", "elsewhere.thing": 5}}]}
      """
    let expected =
      "{\"input\": {\"applicant\":    {\"name\": \"Li\\nWei\", \"id_num\\u0062er\" : \(Self.code("310")),"
      + " \"salary\": \(Self.code("12.50")) , \"cards\": [      {\"kind\": \"debit\", \"number\":"
      + " \(Self.code("62\"2"))}, {\"number\": null}], \"flags\" : \(Self.code("[true,false]")),"
      + " \"home\": \(Self.code("{\"street\":\"a \\\" b\",\"rooms\":3}"))}}, \"explain\": \"none\","
      + "    \"clearances\": [{\"decision\": \"hire\", \"facts\": {\"applicant.salary\": "
      + "\(Self.code("7 CNY")),      \"applicant.name\": \"x\", \"elsewhere.thing\": "
      + "\(Self.code("5"))}}]}"
    let given = try #require(try Self.masked(body))
    func squeezed(_ text: String) -> String { text.filter { $0 != " " } }
    #expect(squeezed(given) == squeezed(expected))
    #expect(!given.utf8.contains { $0 == 0x0A || $0 == 0x0D })
  }

  @Test(arguments: [
    "", "{", "[]", "null", "{\"input\":{\"applicant\":{\"nobody\":1}}}", "{\"input\":[]}",
    "{\"input\":{\"applicant\":{\"cards\":7}}}", "{\"input\":{}} x",
    "{\"input\":{\"applicant\":{\"salary\":[}}}", "{\"clearances\":[7]}",
    "{\"history\":[{\"facts\":[]}]}", "{\"input\":{\"applicant\":{\"name\":\"\\x\"}}}",
  ])
  func nothingIsWrittenOfWhatIsNoRequest(body: String) throws {
    #expect(try Self.masked(body) == nil)
  }

  @Test func bodyThatIsNoRequestIsDescribed() {
    var out: [UInt8] = []
    SecretMask.describe(Array("abc".utf8).span, into: &out)
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(String(decoding: out, as: UTF8.self) == "\"bytes\":3,\"sha256\":\"\(digest)\"")
  }

  @Test func setWithoutSecretsIsCopied() throws {
    let text = Self.policy.replacing(" secret", with: "")
    let set = try #require(CheckedPolicies([(name: "people.writ", text: text)]).set)
    let (program, _) = Lowering.lower(Reference(policy: 0, index: 0), in: set)
    #expect(SecretFacts([program]) == nil)
    var mask = SecretMask()
    var out: [UInt8] = []
    let body = Array("{\"input\":\n {\"applicant\": {\r\n}}}\n".utf8)
    #expect(mask.append(body.span, program, nil, key: HMAC(key: Self.key), into: &out))
    #expect(String(decoding: out, as: UTF8.self) == "{\"input\": {\"applicant\": {}}}")
  }
}
