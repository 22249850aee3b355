/// The thread that makes records durable: whatever came while it wrote is written next, at once.
///
/// The loop submits the records of a turn as one generation. The thread takes all generations that wait, commits them
/// with one write and one fdatasync, and reports. So many requests share one fdatasync, and a slow disk never stops the loop.
internal import CSystem
public import DecisionLog
internal import Foundation
internal import PolicySource
internal import Synchronization

/// What makes records durable; `LogWriter`, or what a test puts in its place.
public protocol DecisionRecorder: AnyObject {
  /// Makes all records durable, or none.
  func commit(_ batch: LogBatch) throws(LogProblem)
  /// Brings to the disk what was committed and is only with the system so far.
  func flush() throws(LogProblem)
}

extension LogWriter: DecisionRecorder {}

/// The log's thread, seen from the loop.
final class LogGate: Sendable {
  /// What became of the generations up to a number.
  struct Report: Sendable {
    let through: UInt64
    /// Why they are not durable; nil when they are.
    let problem: LogProblem?
  }

  /// What both threads share.
  private struct Shared {
    var batch = LogBatch()
    /// The newest generation among the records.
    var through: UInt64 = 0
    var reports: [Report] = []
    var isStopping = false
    /// Requests that were refused since the log could last be written.
    var refused = 0
    var failure: LogProblem?
  }

  private let shared = Mutex(Shared())
  private let recorder: Mutex<any DecisionRecorder>
  private let work = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  /// Readable when there is a report (`eventfd`).
  let descriptor: Int32

  /// How often what is only with the system is brought to the disk; nil when it need not be.
  private let flushMilliseconds: Int?

  /// Begins the thread.
  init(_ recorder: sending any DecisionRecorder, flushMilliseconds: Int? = nil) throws(Errno) {
    descriptor = csystem_event()
    guard descriptor >= 0 else { throw Errno.last }
    self.recorder = Mutex(recorder)
    self.flushMilliseconds = flushMilliseconds
    Thread.detachNewThread { self.run() }
  }

  deinit { Wakeup.close(descriptor) }

  // MARK: - The loop's side

  /// Hands over the records of a generation, which are then empty; it may hold none.
  func submit(_ records: inout LogBatch, generation: UInt64) {
    shared.withLock { (shared) in
      if shared.batch.isEmpty {
        swap(&shared.batch, &records)
      } else {
        shared.batch.append(records)
      }
      shared.through = generation
    }
    records.removeAll()
    work.signal()
  }

  /// What has become of generations since it was last asked.
  func takeReports() -> [Report] {
    Wakeup.consume(descriptor)
    return shared.withLock { (shared) in
      defer { shared.reports.removeAll() }
      return shared.reports
    }
  }

  /// Bytes that wait to be written.
  var waitingBytes: Int { shared.withLock { $0.batch.bytes.count } }

  /// Writes what waits and the record of the end, and waits for it.
  func finish() {
    shared.withLock { $0.isStopping = true }
    work.signal()
    ended.wait()
  }

  // MARK: - The thread

  /// How long after a failure the log is tried again when nobody asks.
  private static let retrySeconds = 1

  private func run() {
    var batch = LogBatch()
    var done: UInt64 = 0
    while true {
      let isFailing = shared.withLock { $0.failure != nil }
      if isFailing {
        _ = work.wait(timeout: .now() + .seconds(Self.retrySeconds))
      } else if let flushMilliseconds {
        _ = work.wait(timeout: .now() + .milliseconds(flushMilliseconds))
      } else {
        work.wait()
      }
      let (through, isStopping) = shared.withLock { (shared) in
        swap(&shared.batch, &batch)
        return (shared.through, shared.isStopping)
      }
      let hasWork = through > done || isFailing
      if hasWork { commit(&batch, through) }
      if flushMilliseconds != nil { flush(done: through) }
      done = through
      batch.removeAll()
      if isStopping { break }
    }
    var last = LogBatch()
    last.appendStop(because: "the daemon was told to stop")
    commit(&last, done)
    ended.signal()
  }

  private func flush(done through: UInt64) {
    var problem: LogProblem?
    recorder.withLock { (recorder) in
      do throws(LogProblem) { try recorder.flush() } catch { problem = error }
    }
    guard let problem else { return }
    shared.withLock { (shared) in
      shared.failure = problem
      shared.reports.append(Report(through: through, problem: problem))
    }
    Wakeup.signal(descriptor)
  }

  private func commit(_ batch: inout LogBatch, _ through: UInt64) {
    let (failure, refused) = shared.withLock { ($0.failure, $0.refused) }
    let count = batch.count
    if let failure {
      var announced = LogBatch()
      announced.appendGap(refused: refused, because: failure.description)
      announced.append(batch)
      swap(&announced, &batch)
    }
    var problem: LogProblem?
    recorder.withLock { (recorder) in
      do throws(LogProblem) { try recorder.commit(batch) } catch { problem = error }
    }
    let found = problem
    shared.withLock { (shared) in
      shared.failure = found
      shared.refused = found == nil ? 0 : shared.refused + count
      shared.reports.append(Report(through: through, problem: found))
    }
    Wakeup.signal(descriptor)
  }
}
