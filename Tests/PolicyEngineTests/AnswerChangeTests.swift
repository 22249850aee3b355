/// What changed between two answers, in words of both languages, and what does not count as a change.
import PolicyEngine
import PolicySource
import Testing

@Suite struct AnswerChangeTests {
  struct Sample {
    let old: String
    let new: String
    let english: String
    let chinese: String
    let kind: String
  }

  static let samples = [
    Sample(
      old: #"{"outcome":"allow","permitted":true,"reasons":[]}"#,
      new: #"{"outcome":"hold","permitted":false,"reasons":[{"code":"unpaid","effect":"hold"}]}"#,
      english: "allow becomes hold: + unpaid", chinese: "放行变为暂缓：+ unpaid",
      kind: "allow becomes hold: + unpaid"),
    Sample(
      old: #"{"outcome":"deny","reasons":[{"code":"short","item":2},{"code":"unpaid"}]}"#,
      new: #"{"outcome":"deny","reasons":[{"code":"short","item":3},{"code":"unpaid"}]}"#,
      english: "+ short[3], - short[2]", chinese: "+ short[3]、- short[2]",
      kind: "+ short, - short"),
    Sample(
      old: #"{"outcome":"deny","reasons":[{"code":"unpaid","effect":"deny"}]}"#,
      new: #"{"outcome":"hold","reasons":[{"code":"unpaid","effect":"hold"}]}"#,
      english: "deny becomes hold: unpaid: deny becomes hold",
      chinese: "不予放行变为暂缓：unpaid：不予放行变为暂缓",
      kind: "deny becomes hold: unpaid: deny becomes hold"),
    Sample(
      old: chain(
        #"{"step":"a","by":"finance","byLabel":"财务","act":"reviews"},{"step":"b","by":"general_manager","byLabel":"General manager (总经理)","act":"signs"}"#,
        next: "a"),
      new: chain(
        #"{"step":"a","by":"finance","byLabel":"财务","act":"reviews"}"#, next: "a"),
      english: "general manager no longer signs", chinese: "总经理不再签字",
      kind: "general manager no longer signs"),
    Sample(
      old: chain(#"{"step":"a","by":"finance","act":"reviews","within":"3"}"#, next: "a"),
      new: chain(#"{"step":"a","by":"chairman","act":"reviews","within":"5"}"#, next: "a"),
      english: "chairman reviews instead of finance; a: `within` 3 becomes 5",
      chinese: "由 chairman 审核，finance 不再审核；a：`within` 3 变为 5",
      kind: "chairman reviews instead of finance; a: `within` changes"),
    Sample(
      old: chain(
        #"{"step":"a","by":"x","act":"signs"},{"step":"b","by":"y","act":"signs"}"#, next: "a"),
      new: chain(
        #"{"step":"b","by":"y","act":"signs"},{"step":"a","by":"x","act":"signs"}"#, next: "b"),
      english: "the steps stand in another order: b, a", chinese: "步骤顺序改变：b, a",
      kind: "the steps stand in another order: b, a"),
    Sample(
      old: #"{"outcome":"within","limit":"500000.00 CNY","asked":"1.00 CNY","within":true}"#,
      new: #"{"outcome":"within","limit":"400000.00 CNY","asked":"1.00 CNY","within":true}"#,
      english: "limit 500,000.00 CNY becomes 400,000.00 CNY",
      chinese: "额度 500,000.00 CNY 变为 400,000.00 CNY", kind: "limit falls"),
    Sample(
      old: #"{"outcome":"grade","grade":"B","label":"二级","points":"71"}"#,
      new: #"{"outcome":"grade","grade":"C","label":"三级","points":"69"}"#,
      english: "grade B becomes C; score 71 becomes 69", chinese: "等级 B 变为 C；得分 71 变为 69",
      kind: "grade B becomes C; score falls"),
    Sample(
      old: #"{"outcome":"value","value":{"lines":[{"part":"1.00 CNY"},{"part":"5.00 CNY"}]}}"#,
      new: #"{"outcome":"value","value":{"lines":[{"part":"1.00 CNY"},{"part":"6.00 CNY"}]}}"#,
      english: "value at `lines[2].part` 5.00 CNY becomes 6.00 CNY",
      chinese: "`lines[2].part` 处的数值 5.00 CNY 变为 6.00 CNY",
      kind: "value at `lines[].part` rises"),
    Sample(
      old: #"{"outcome":"allow","duties":[],"copies":["finance"]}"#,
      new: #"{"outcome":"allow","duties":[{"code":"tell"}],"copies":["sales_team"]}"#,
      english: "+ duty tell; + copy to sales team; - copy to finance",
      chinese: "+ 待办 tell；+ 抄送 sales team；- 抄送 finance",
      kind: "+ duty tell; + copy to sales team; - copy to finance"),
    Sample(
      old: #"{"outcome":"allow","needs":[]}"#,
      new: #"{"type":"about:blank","status":422,"code":"two_currencies","detail":"…"}"#,
      english: "allow becomes error two_currencies", chinese: "放行变为错误 two_currencies",
      kind: "allow becomes error two_currencies"),
    Sample(
      old: #"{"outcome":"chain","status":"open","steps":[],"later":1}"#,
      new: #"{"outcome":"chain","status":"approved","steps":[],"later":2}"#,
      english: "open becomes approved: `later` 1 becomes 2",
      chinese: "办理中变为审批通过：`later` 1 变为 2", kind: "open becomes approved: `later` changes"),
  ]

  private static func chain(_ steps: String, next: String) -> String {
    #"{"outcome":"chain","permitted":false,"status":"open","steps":[\#(steps)],"next":[{"step":"\#(next)"}]}"#
  }

  private static func change(_ old: String, _ new: String) throws -> AnswerChange {
    AnswerChange(
      from: try #require(JSONTree(parsing: Array(old.utf8))),
      to: try #require(JSONTree(parsing: Array(new.utf8))))
  }

  @Test(arguments: samples.indices) func saysWhatChanged(_ index: Int) throws {
    let sample = Self.samples[index]
    let change = try Self.change(sample.old, sample.new)
    #expect(change.words(in: .english).text(in: .english) == sample.english)
    #expect(change.words(in: .chinese).text(in: .of(.chinese)) == sample.chinese)
    #expect(change.kind.words(in: .english).text(in: .english) == sample.kind)
    #expect(try Self.change(sample.old, sample.old).isEmpty)
    #expect(try Self.change(sample.new, sample.new).isEmpty)
  }

  /// Another place, text or reason is no other answer, nor is another number of the decision.
  @Test func wordingIsNoChange() throws {
    let change = try Self.change(
      #"{"outcome":"deny","reasons":[{"code":"a","text":"x","because":"y","at":"f:1","facts":{"p":1}}],"policies":"sha256:1","requestId":"1","decisionId":"1","limit":"5.0"}"#,
      #"{"outcome":"deny","reasons":[{"code":"a","text":"z","because":"v","at":"f:9"}],"policies":"sha256:2","requestId":"2","decisionId":"2","limit":"5"}"#
    )
    #expect(change.isEmpty)
    #expect(change.words(in: .english).text(in: .english) == "no change")
  }
}
