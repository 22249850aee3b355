/// The threads of a replay: each takes the next piece of the log, and the results are put together in order.
internal import DecisionLog
internal import Foundation
internal import PolicyEngine
internal import Synchronization

/// Pieces of a log handed to several threads, and what they make of them joined in the order of the log.
///
/// Pieces that are being looked at, or wait for an earlier one, are bounded, so memory does not grow with the log.
final class PieceQueue<Result: Sendable>: Sendable {
  /// What is read.
  private struct Source {
    var pieces: LogPieces
    var isStopped = false
  }

  /// What was made of the pieces.
  private struct Joined {
    var waiting: [Int: Result] = [:]
    var next = 0
    var problem: LogProblem?
  }

  private let source: Mutex<Source>
  private let joined = Mutex(Joined())
  private let credits: DispatchSemaphore
  private let done = DispatchSemaphore(value: 0)
  private let threads: Int
  /// How many pieces a thread may be ahead.
  private static var ahead: Int { 4 }

  init(_ pieces: sending LogPieces, threads: Int) {
    source = Mutex(Source(pieces: pieces))
    self.threads = max(1, threads)
    credits = DispatchSemaphore(value: self.threads * Self.ahead)
  }

  /// Runs all threads to the end.
  ///
  /// - Parameters:
  ///   - start: makes what a thread does with a piece; called once in each.
  ///   - join: takes the results, one at a time, in the order of the pieces.
  ///   - tick: called now and then while the threads work.
  func run(
    start: @escaping @Sendable () -> ([UInt8], LogPiece) -> Result,
    join: @escaping @Sendable (Result) -> Void, tick: () -> Void
  ) throws(LogProblem) {
    for _ in 0..<threads {
      let thread = Thread { [self] in
        work(start(), join)
        done.signal()
      }
      thread.start()
    }
    for _ in 0..<threads {
      while done.wait(timeout: .now() + .milliseconds(200)) == .timedOut { tick() }
    }
    if let problem = joined.withLock({ $0.problem }) { throw problem }
  }

  private func work(
    _ look: ([UInt8], LogPiece) -> Result, _ join: (Result) -> Void
  ) {
    var buffer: [UInt8] = []
    while true {
      credits.wait()
      guard let piece = next(&buffer) else {
        credits.signal()
        return
      }
      let result = look(buffer, piece)
      let count = joined.withLock { joined in
        joined.waiting[piece.index] = result
        var count = 0
        while let ready = joined.waiting.removeValue(forKey: joined.next) {
          join(ready)
          joined.next += 1
          count += 1
        }
        return count
      }
      for _ in 0..<count { credits.signal() }
    }
  }

  private func next(_ buffer: inout [UInt8]) -> LogPiece? {
    do throws(LogProblem) {
      return try source.withLock { (source) throws(LogProblem) -> LogPiece? in
        if source.isStopped { return nil }
        return try source.pieces.next(into: &buffer)
      }
    } catch {
      source.withLock { $0.isStopped = true }
      joined.withLock { $0.problem = $0.problem ?? error }
      return nil
    }
  }
}
