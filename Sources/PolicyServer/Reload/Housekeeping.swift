/// What the event loop does beside answering: reloads, the watched folder, the service manager.
///
/// A load runs on a thread of its own, which rings a bell when it is done; the loop never waits for it.
/// What was loaded is put into use between two turns, so that no request sees half of it. What was in
/// use before is let go of on another thread, because a large set takes its time to be freed.
import PolicyEngine
import Synchronization

/// What a load gives for the loop.
struct Fresh<Point: DecisionPoint>: Sendable {
  /// Makes the decision point, on the loop's thread; nil when the load was refused.
  let make: (@Sendable () -> Point)?
  /// Who may ask.
  let allowed: AllowList?
  let digest: String?
  /// For the journal.
  let lines: [String]
  /// For `GET /v1/policies`.
  let diagnostics: [String]
  /// What the point is made of, kept until it can be freed elsewhere.
  let keepsake: (any AnyObject & Sendable)?
}

/// How a loop gets what it serves.
struct ReloadPlan<Point: DecisionPoint>: Sendable {
  /// Loads, on a thread of its own.
  let load: @Sendable () -> Fresh<Point>
  /// Watches what is loaded anew; nil when only signals reload.
  var watch: (@Sendable () throws(Errno) -> FolderWatch)?
}

/// The duties of one loop; only its thread touches them.
final class Housekeeping<Point: DecisionPoint> {
  /// How long a watched folder must be quiet before it is loaded.
  static var quietMilliseconds: Int64 { 200 }
  /// A folder that is never quiet is loaded after this time.
  static var longestUnrest: Int64 { 5_000 }

  /// What a load leaves for the loop.
  struct Outcome: Sendable {
    let fresh: Fresh<Point>
    let watch: FolderWatch?
    let watchProblem: Errno?
    let milliseconds: Int64
  }

  let manager: ServiceManager
  let bell: Bell
  let signal: ReloadSignal?
  let plan: ReloadPlan<Point>?
  let journal = Journal()
  var watch: FolderWatch?
  /// What is in use, freed by another thread.
  var keepsake: (any AnyObject & Sendable)?
  var access: Access?
  var state: ReloadState
  /// What READY says of the daemon.
  let place: String

  private final class Inbox: Sendable {
    let outcome = Mutex<Outcome?>(nil)
  }
  private let inbox = Inbox()
  private var isWanted = false
  private var unrestSince = Int64.max
  private var quietAt = Int64.max
  private var lifeSignAt = Int64.max
  private var sendAgainAt = Int64.max
  private var isReady = false

  init(
    _ first: Fresh<Point>, plan: ReloadPlan<Point>?, watch: FolderWatch?, signal: ReloadSignal?,
    manager: ServiceManager, place: String
  ) throws(Errno) {
    self.plan = plan
    self.watch = watch
    self.signal = signal
    self.manager = manager
    self.place = place
    bell = try Bell()
    access = first.allowed.map { Access(list: $0, number: 1) }
    keepsake = first.keepsake
    state = ReloadState(digest: first.digest, at: SystemClock.unixSeconds)
    state.isWatching = watch != nil
  }

  /// When the loop must call `attend`, on its clock.
  var nextDue: Int64 {
    if isReady || isWanted && !state.isLoading { return 0 }
    return min(quietAt, lifeSignAt, sendAgainAt)
  }

  /// One of the descriptors has something to tell.
  func hear(_ number: Int32, _ now: Int64) {
    if number == bell.descriptor {
      Wakeup.consume(number)
      isReady = true
    } else if number == signal?.descriptor {
      Wakeup.consume(number)
      isWanted = true
    } else if let watch, number == watch.descriptor, watch.takeChanges() {
      unrestSince = min(unrestSince, now)
      quietAt = min(now + Self.quietMilliseconds, unrestSince + Self.longestUnrest)
    }
  }

  /// Begins; gives the descriptors to be watched.
  func begin(_ now: Int64) -> [Int32] {
    if let interval = manager.lifeSignInterval { lifeSignAt = now + interval }
    tellReady(now)
    return [bell.descriptor] + (signal.map { [$0.descriptor] } ?? [])
      + (watch.map { [$0.descriptor] } ?? [])
  }

  /// Does what is due; gives what was loaded, when it is there.
  func attend(_ now: Int64, isDraining: Bool) -> Outcome? {
    if let interval = manager.lifeSignInterval, now >= lifeSignAt {
      manager.tellAlive()
      lifeSignAt = now + interval
    }
    if now >= sendAgainAt {
      manager.sendAgain()
      noteUnsent(now)
    }
    if isDraining {
      (isReady, isWanted, quietAt) = (false, false, .max)
      return nil
    }
    if now >= quietAt {
      (quietAt, unrestSince) = (.max, .max)
      isWanted = true
    }
    if isWanted, !state.isLoading { beginLoad(now) }
    guard isReady else { return nil }
    isReady = false
    return inbox.outcome.withLock { outcome in
      let taken = outcome
      outcome = nil
      return taken
    }
  }

  private func beginLoad(_ now: Int64) {
    isWanted = false
    guard let plan else { return }
    state.isLoading = true
    manager.tellReloading()
    noteUnsent(now)
    let (inbox, bell) = (inbox, bell)
    let begun = BackgroundThread.begin {
      let start = SystemClock.milliseconds
      var (watch, problem): (FolderWatch?, Errno?) = (nil, nil)
      if let begin = plan.watch {
        // Before the files are read, so that a change while they are read is not missed.
        do throws(Errno) { watch = try begin() } catch { problem = error }
      }
      let fresh = plan.load()
      let outcome = Outcome(
        fresh: fresh, watch: watch, watchProblem: problem,
        milliseconds: SystemClock.milliseconds - start)
      inbox.outcome.withLock { $0 = outcome }
      bell.ring()
    }
    if !begun {
      let line = "the system grants no thread to load the policies with"
      let fresh = Fresh<Point>(
        make: nil, allowed: nil, digest: nil, lines: [line], diagnostics: [line], keepsake: nil)
      inbox.outcome.withLock {
        $0 = Outcome(fresh: fresh, watch: nil, watchProblem: nil, milliseconds: 0)
      }
      isReady = true
    }
  }

  /// Says that it serves, and what.
  func tellReady(_ now: Int64) {
    let digest = state.digest ?? "no policies"
    let refused = state.last == .refused
    manager.tellReady(
      refused
        ? "the last reload was refused; the set before it is served on \(place)"
        : "serving \(digest) on \(place)")
    noteUnsent(now)
  }

  private func noteUnsent(_ now: Int64) { sendAgainAt = manager.unsent == nil ? .max : now + 100 }
}
