/// Recorded decisions decided anew by another set of policies, and what changes.
public import DecisionLog
public import PolicyEngine
internal import PolicyRuntime
internal import Synchronization

/// Replays a log.
public enum Replay {
  /// Decides every recorded request by a set, and compares the answers with the recorded ones, or with those of
  /// another set.
  ///
  /// - Parameters:
  ///   - log: the folder or files of the log.
  ///   - set: what decides anew.
  ///   - options: what is replayed, and how.
  ///   - onChange: given every changed decision in the order of the log, also those that the report does not list.
  ///   - onProgress: called now and then, on the thread that calls.
  public static func run(
    _ log: ReplayLog, by set: PolicySet, _ options: ReplayOptions,
    onChange: (@Sendable (ReplayedChange) -> Void)? = nil,
    onProgress: ((ReplayProgress) -> Void)? = nil
  ) throws(LogProblem) -> ReplayReport {
    var own = options
    if onChange != nil { own.limit = .max }
    return try walk(
      log, by: set, own, listing: options.limit, prepare: { _ in },
      join: { piece in
        if let onChange { for change in piece.listed { onChange(change) } }
      }, onProgress: onProgress)
  }

  /// Goes over a log with all threads.
  ///
  /// - Parameters:
  ///   - listing: how many changes the report lists.
  ///   - prepare: called with the worker of each thread before it begins.
  ///   - join: given what each piece made, in the order of the log.
  static func walk(
    _ log: ReplayLog, by set: PolicySet, _ options: ReplayOptions, listing: Int = 0,
    prepare: @escaping @Sendable (ReplayWorker) -> Void,
    join: @escaping @Sendable (ReplayedPiece) -> Void,
    onProgress: ((ReplayProgress) -> Void)? = nil
  ) throws(LogProblem) -> ReplayReport {
    let (pieces, isLive) = try log.open(since: options.since, length: options.pieceLength)
    let amounts = amounts(of: set, options)
    var progress = ReplayProgress()
    progress.totalBytes = pieces.totalBytes
    var report = ReplayReport(
      chain: LogChain(files: pieces.files, isLive: isLive, verifies: options.verifies),
      isVerified: options.verifies, skippedFiles: pieces.skipped)
    report.amounts = amounts
    let state = JoinedReport(report, progress)
    try PieceQueue<ReplayedPiece>(pieces, threads: options.threads).run(
      start: {
        let worker = ReplayWorker(set, options, amounts)
        prepare(worker)
        return { buffer, piece in worker.replay(buffer, piece) }
      },
      join: { piece in
        state.add(piece, limit: listing)
        join(piece)
      },
      tick: { onProgress?(state.progress) })
    onProgress?(state.progress)
    return state.report
  }

  /// Which amount of each decision is added up.
  private static func amounts(
    of set: PolicySet, _ options: ReplayOptions
  ) -> [String: RequestAmount.Choice] {
    var amounts: [String: RequestAmount.Choice] = [:]
    for name in set.decisionNames {
      if let program = set.program(named: name) {
        amounts[name] = RequestAmount.choice(of: options.sum, in: program)
      }
    }
    return amounts
  }
}

/// The report as it grows.
private final class JoinedReport: Sendable {
  private let state: Mutex<(report: ReplayReport, progress: ReplayProgress)>

  init(_ report: ReplayReport, _ progress: ReplayProgress) { state = Mutex((report, progress)) }

  func add(_ piece: ReplayedPiece, limit: Int) {
    state.withLock { state in
      state.report.chain.take(piece.piece, piece.chain)
      state.report.tally.add(piece.tally)
      state.report.listed += piece.listed.prefix(max(0, limit - state.report.listed.count))
      state.progress.records += piece.chain.records
      state.progress.bytes += Int64(piece.piece.length)
    }
  }

  var report: ReplayReport { state.withLock { $0.report } }
  var progress: ReplayProgress { state.withLock { $0.progress } }
}
