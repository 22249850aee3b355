/// The server as a whole: a decision point behind a Unix socket, until it is stopped.
internal import DecisionLog
public import PolicyEngine
public import PolicySource

/// Where and how a server listens.
public struct ServerOptions: Sendable {
  /// The path of the socket.
  public var socketPath: String
  /// The permissions of the socket; 0600 lets only the daemon's own user in, 0660 its group too.
  public var socketMode: UInt32 = 0o600
  /// The group of the socket; nil leaves that of the process.
  public var socketGroup: UInt32?
  /// What it takes from clients.
  public var limits = Limits()
  /// How often records that are only with the system are brought to the disk; nil when they need not be.
  public var logFlushMilliseconds: Int?
  /// The key of the hashes that stand in place of secrets in the log; nil makes one up for as long as the process
  /// lives, and equal secrets cannot be told equal afterwards.
  public var maskKey: HMAC?
  /// The address that clients reach the server by, such as `https://pdp.example.com`, which AuthZEN's
  /// configuration tells; without it the field `Host` of the request says it.
  public var publicURL: String?
  /// Where "today" is told.
  public var timezone: Timezone

  /// Options with the defaults.
  public init(socketPath: String, timezone: Timezone) {
    self.socketPath = socketPath
    self.timezone = timezone
  }
}

/// A socket that listens, and a decision point to serve there.
public final class Server<Point: DecisionPoint> {
  private let point: Point
  private let options: ServerOptions
  private let listener: Listener
  private let gate: LogGate?
  private let housekeeping: Housekeeping<Point>?

  /// Makes the socket; clients may connect from now on, and are answered once `run` is called.
  ///
  /// With a recorder, which the server then owns, every answer of a decision leaves after its record.
  public convenience init(
    _ point: Point, _ options: ServerOptions, recorder: sending (any DecisionRecorder)? = nil
  ) throws(StartProblem) {
    let listener = try Listener(
      path: options.socketPath, mode: options.socketMode, group: options.socketGroup)
    try self.init(point, options, listener, nil, recorder)
  }

  /// Takes a listener, what is done beside answering, and where decisions are recorded.
  init(
    _ point: Point, _ options: ServerOptions, _ listener: Listener,
    _ housekeeping: Housekeeping<Point>?, _ recorder: sending (any DecisionRecorder)?
  ) throws(StartProblem) {
    self.point = point
    self.options = options
    self.listener = listener
    self.housekeeping = housekeeping
    guard let recorder else {
      gate = nil
      return
    }
    do throws(Errno) {
      gate = try LogGate(recorder, flushMilliseconds: options.logFlushMilliseconds)
    } catch {
      throw .cannotListen(options.socketPath, error)
    }
  }

  /// Serves until a switch is thrown, then finishes what was accepted and removes the socket.
  public func run(until stop: StopSwitch) throws(Errno) {
    try run(wakenBy: [stop.descriptor])
  }

  private func run(wakenBy wakeups: [Int32]) throws(Errno) {
    // What was accepted is recorded, whatever ends the loop.
    defer { gate?.finish() }
    var responder = Responder(
      point, timezone: options.timezone, limits: options.limits, isRecording: gate != nil,
      maskKey: options.maskKey)
    responder.publicURL = options.publicURL
    let loop = try EventLoop(
      responder, listener: listener, limits: options.limits, wakeups: wakeups, gate: gate,
      housekeeping: housekeeping)
    try loop.run()
  }

  fileprivate func runUntil(_ signals: StopSignals) throws(Errno) {
    try run(wakenBy: [signals.descriptor.number])
  }
}

extension Server where Point == Evaluator {
  /// Serves until SIGTERM or SIGINT; concrete, so that the whole loop is compiled for the engine.
  public func run(until signals: StopSignals) throws(Errno) {
    try runUntil(signals)
  }
}

/// Where the socket stands when nobody says so.
public enum DefaultSocket {
  /// `$XDG_RUNTIME_DIR/writ.sock`, else `~/.local/state/writ/writ.sock`, whose folders are made with
  /// permissions for the user alone; nil when neither variable is set.
  public static func path() throws(StartProblem) -> String? {
    if let folder = ProcessEnvironment.variable("XDG_RUNTIME_DIR") { return folder + "/writ.sock" }
    guard var folder = ProcessEnvironment.variable("HOME") else { return nil }
    for part in ["/.local", "/state", "/writ"] {
      folder += part
      do throws(Errno) { try UnixSocket.makePrivateFolder(folder) } catch {
        throw .noFolder(folder, error)
      }
    }
    return folder + "/writ.sock"
  }
}
