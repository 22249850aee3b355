/// Who may ask for which decisions: what the file given by `--allow` says, for one policy set.
import PolicyEngine

/// The decisions that users and groups may ask for; whoever is not named may ask for none.
public struct AllowList: Sendable {
  /// Whom a rule names.
  enum Asker: Hashable, Sendable {
    case everybody
    case user(UInt32)
    case group(UInt32)
  }

  private var masks: [Asker: DecisionMask] = [:]
  private var all = DecisionMask()

  /// Nobody may ask for anything.
  init() {}

  /// Lets somebody ask for some decisions.
  mutating func allow(_ decisions: DecisionMask, for asker: Asker) {
    masks[asker, default: DecisionMask()].formUnion(decisions)
    all.formUnion(decisions)
  }

  /// Whether anybody may ask for a decision.
  func isAllowedToAnybody(_ decision: Int) -> Bool { all.contains(decision) }

  /// What a peer may ask for: what everybody may, its user, its group, or any further group of it.
  func mask(for peer: Peer, groups: [UInt32]) -> DecisionMask {
    var result = masks[.everybody] ?? DecisionMask()
    let askers = [Asker.user(peer.uid), .group(peer.gid)] + groups.map { .group($0) }
    for asker in askers {
      if let mask = masks[asker] { result.formUnion(mask) }
    }
    return result
  }
}

/// What the peer of one connection may ask for, by the list of one number.
struct Grants {
  let number: Int
  let mask: DecisionMask
}

/// The list in force; a reload puts another in its place.
struct Access {
  let list: AllowList
  /// Counts the lists, so that a connection knows whether its grants are of this one.
  let number: Int

  /// What a connection may ask for; one whose peer is not known may ask for nothing.
  func grants(for connection: Connection) -> Grants {
    if let known = connection.grants, known.number == number { return known }
    let mask =
      connection.peer.map {
        list.mask(for: $0, groups: Peer.groups(of: connection.descriptor))
      } ?? DecisionMask()
    let grants = Grants(number: number, mask: mask)
    connection.grants = grants
    return grants
  }
}
