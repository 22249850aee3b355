/// The words of acts that do not fit, in alphabetical order of their codes.

/// The wording of violations.
enum HistoryMessages {
  /// A sentence for people.
  static func words(_ code: Violation.Code) -> String {
    switch code {
    case .actedTwice: "this step has been given already"
    case .afterApproval: "the approval was complete already"
    case .afterEnd: "a refusal had ended the case already"
    case .beyondAuthority: "this person holds the post for smaller amounts only"
    case .caseChanged: "the case has changed since"
    case .criteriaMissing: "it passes, but does not find every criterion met"
    case .dateOrder: "it is dated before the act that stands before it"
    case .expired: "the time for this step had passed"
    case .impossibleResult: "a step of this kind cannot have this result"
    case .inTheFuture: "it is dated after today"
    case .notADelegate: "nobody has named this person to stand in here"
    case .notAHolder: "this person does not hold the post on that day"
    case .notInChain: "this request does not need the step"
    case .notRecorded: "it does not say for which facts it was given"
    case .notTheRequester: "somebody other than the requester submitted"
    case .outOfOrder: "it was not the turn of this step"
    case .outsideScope: "this person holds the post, but not for this case"
    case .ownRequest: "nobody acts on their own request"
    case .samePerson: "this person has given another step already"
    case .unknownCriterion: "the step has no such criterion"
    case .unknownStep: "there is no such step"
    case .wrongPost: "it is not this post's turn"
    }
  }
}
