/// The worst cases of a set's decisions, the most costly first, with what takes the steps.
public import PolicyRuntime

/// What one decision may cost, whatever the request says.
public struct DecisionCost: Sendable {
  /// A clause or definition with its share.
  public struct Part: Sendable {
    /// `shipment/reseller.writ:31`.
    public let place: String
    /// The words there, on one line.
    public let text: String
    /// Its steps.
    public let steps: Int
    /// The lists that it goes over, the outermost first.
    public let loops: [ProgramCost.Loop]
  }

  /// `policy.decision`.
  public let decision: String
  /// All steps.
  public let steps: Int
  /// The shares, largest first.
  public let parts: [Part]

  init(_ program: Program) {
    decision = program.name
    steps = program.cost.steps
    parts = program.cost.parts.map { part in
      Part(
        place: program.sites[part.site].place, text: program.sites[part.site].text,
        steps: part.steps, loops: part.loops)
    }
  }

  /// The cost as one JSON object.
  public var tree: JSONTree {
    .object([
      .init("decision", .string(decision)), .init("steps", .number(String(steps))),
      .init("limit", .number(String(ProgramCost.limit))),
      .init(
        "parts",
        .array(
          parts.map { part in
            .object([
              .init("at", .string(part.place)), .init("steps", .number(String(part.steps))),
              .init("text", .string(part.text)),
              .init("loops", .array(part.loops.map(Self.tree))),
            ])
          })),
    ])
  }
}

extension DecisionCost {
  private static func tree(_ loop: ProgramCost.Loop) -> JSONTree {
    .object([.init("list", .string(loop.list)), .init("items", .number(String(loop.items)))])
  }
}

extension PolicySet {
  /// The worst case of every decision, the most costly first.
  public var costs: [DecisionCost] {
    programs.map(DecisionCost.init).sorted { ($1.steps, $0.decision) < ($0.steps, $1.decision) }
  }
}
