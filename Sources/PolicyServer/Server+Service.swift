/// The server as a system service: reloaded, watched over by the service manager, and asked by those who may.
public import PolicyEngine

/// What a service has that a mere server has not.
public struct ServiceParts {
  /// Loads what is served, at each reload.
  public let loader: PolicyLoader
  /// Asks for a reload.
  public let signal: ReloadSignal
  /// Told how the daemon is.
  public let manager: ServiceManager
  /// Tells of changes, from which a reload follows; nil when only the signal reloads.
  public var watch: FolderWatch?
  /// The socket of the service manager; without it, one is made.
  public var passed: PassedSocket?

  /// The parts without which there is no service.
  public init(loader: PolicyLoader, signal: ReloadSignal, manager: ServiceManager) {
    self.loader = loader
    self.signal = signal
    self.manager = manager
  }
}

extension PolicyLoader.Result {
  /// For the loop of the real server.
  var fresh: Fresh<Evaluator> {
    let (set, allowed) = (set, allowed)
    return Fresh(
      make: set.map { set in
        { @Sendable in
          let evaluator = Evaluator(set)
          // Until it is known who asks, nothing may be asked for.
          if allowed != nil { evaluator.askable = DecisionMask() }
          return evaluator
        }
      },
      allowed: allowed, digest: digest, lines: lines, diagnostics: diagnostics, keepsake: set)
  }
}

extension Server where Point == Evaluator {
  /// Makes the socket, or takes the one that was passed on; nil when nothing was loaded.
  public convenience init?(
    _ loaded: PolicyLoader.Result, _ options: ServerOptions, _ parts: ServiceParts,
    recorder: sending (any DecisionRecorder)?
  ) throws(StartProblem) {
    let fresh = loaded.fresh
    guard let point = fresh.make?() else { return nil }
    let listener =
      if let passed = parts.passed {
        try Listener(passed)
      } else {
        try Listener(
          path: options.socketPath, mode: options.socketMode, group: options.socketGroup)
      }
    let loader = parts.loader
    var plan = ReloadPlan<Evaluator>(load: { loader.load().fresh })
    if parts.watch != nil { plan.watch = { () throws(Errno) in try loader.watch() } }
    let housekeeping: Housekeeping<Evaluator>
    do throws(Errno) {
      housekeeping = try Housekeeping(
        fresh, plan: plan, watch: parts.watch, signal: parts.signal, manager: parts.manager,
        place: parts.passed?.path ?? options.socketPath)
    } catch {
      throw .noSignals(error)
    }
    try self.init(point, options, listener, housekeeping, recorder)
  }
}
