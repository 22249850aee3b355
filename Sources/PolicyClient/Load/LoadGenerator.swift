/// Sends requests at fixed moments over many connections and measures how long the answers take.
///
/// The idea: an open loop. Request number k is due k/rate seconds after the start, whatever the daemon
/// does. When no connection has room, it waits, and its time runs from the moment it was due; so a daemon
/// that stands still for a second shows as many slow answers as were due in that second, and not as one
/// (no coordinated omission). One thread, one epoll; sending and receiving never wait for each other.

/// One run of a plan.
public struct LoadGenerator {
  private let plan: LoadPlan
  private let requests: [[UInt8]]
  private let poller: LoadPoller
  private var connections: [LoadConnection?]
  /// The connection of each descriptor.
  private var owners: [Int] = []
  /// Connections with room, each as often as it has room, in a ring: the one that waits longest is next.
  private var room: [Int]
  private var firstRoom = 0
  private var roomCount: Int
  /// Connections with something new to send.
  private var marked: [Int] = []
  private var report = LoadReport()
  private var outstanding = 0
  private var begin: Int64 = 0
  /// Until when no connection had room.
  private var blockedUntil: Int64 = 0
  private var lastAnswer: Int64 = 0

  /// Connects all connections; says why not.
  public init(_ plan: LoadPlan) throws(ClientProblem) {
    self.plan = plan
    requests = plan.requests.map(\.bytes)
    poller = try LoadPoller()
    let count = plan.connections
    connections = Array(repeating: nil, count: count)
    roomCount = count * plan.pipeline
    room = (0..<roomCount).map { $0 % count }
    let deadline = Deadline(milliseconds: plan.timeoutMilliseconds)
    for index in 0..<count { try connect(index, until: deadline) }
    LoadPoller.sleepExactly()
  }

  private mutating func connect(_ index: Int, until deadline: Deadline) throws(ClientProblem) {
    let made = try LoadConnection(to: plan.socket, pipeline: plan.pipeline, until: deadline)
    let number = Int(made.socket.number)
    while owners.count <= number { owners.append(-1) }
    owners[number] = index
    connections[index] = made
    poller.watch(made.socket.number, toSend: false, isNew: true)
  }

  /// How far a run is.
  public struct Progress: Sendable {
    /// How many answers have come.
    public let answered: Int
    /// How long it runs.
    public let nanoseconds: Int64
  }

  /// Runs the plan; `progress` is told five times a second.
  public mutating func run(progress: (Progress) -> Void) -> LoadReport {
    begin = MonotonicClock.nanoseconds
    lastAnswer = begin
    let sending = Int64(plan.seconds) * 1_000_000_000
    let last = begin + sending + Int64(plan.timeoutMilliseconds) * 1_000_000
    var total = Int.max
    if case .rate(let rate) = plan.pace { total = rate * plan.seconds }
    var nextProgress = begin + 200_000_000
    while true {
      let now = MonotonicClock.nanoseconds
      let isSending = now < begin + sending || plan.pace != .closed
      if isSending { issue(at: now, until: total) }
      flush()
      if outstanding == 0, report.due >= total || !isSending { break }
      if now >= last { break }
      if now >= nextProgress {
        progress(Progress(answered: report.answered, nanoseconds: now - begin))
        nextProgress = now + 200_000_000
      }
      var wake = min(last, nextProgress)
      if isSending, roomCount > 0, report.due < total { wake = min(wake, nextDue(after: now)) }
      let count = poller.wait(nanoseconds: wake - MonotonicClock.nanoseconds)
      for index in 0..<count { serve(owners[Int(poller.descriptor(index))]) }
    }
    if total != .max {
      // What was due and never sent counts as well.
      report.unanswered += total - report.due
      report.due = total
    }
    report.unanswered += outstanding
    report.nanoseconds = lastAnswer - begin
    return report
  }

  /// When the next request is due; in a closed loop a connection with room is one that must be made anew.
  private func nextDue(after now: Int64) -> Int64 {
    if case .rate(let rate) = plan.pace { return due(report.due, rate) }
    return now + 1_000_000
  }

  private func due(_ number: Int, _ rate: Int) -> Int64 {
    let (seconds, rest) = number.quotientAndRemainder(dividingBy: rate)
    return begin + Int64(seconds) * 1_000_000_000 + Int64(rest) * 1_000_000_000 / Int64(rate)
  }

  /// Hands out every request that is due, as long as a connection has room.
  private mutating func issue(at now: Int64, until total: Int) {
    var tries = roomCount
    while roomCount > 0, tries > 0, report.due < total {
      var moment = now
      if case .rate(let rate) = plan.pace {
        moment = due(report.due, rate)
        if moment > now { return }
      }
      tries -= 1
      let index = takeRoom()
      let number = report.due
      report.due += 1
      guard let connection = connection(index) else {
        report.refused += 1
        giveRoom(index)
        continue
      }
      report.delay.add(now - max(moment, blockedUntil))
      connection.put(requests[number % requests.count], due: moment)
      outstanding += 1
      if !connection.isMarked {
        connection.isMarked = true
        marked.append(index)
      }
    }
    if roomCount == 0 { blockedUntil = now }
  }

  /// The connection of a number, made anew when it was lost.
  private mutating func connection(_ index: Int) -> LoadConnection? {
    if let known = connections[index] { return known }
    do throws(ClientProblem) {
      try connect(index, until: Deadline(milliseconds: 100))
    } catch {
      return nil
    }
    return connections[index]
  }

  private mutating func takeRoom() -> Int {
    let index = room[firstRoom]
    firstRoom = (firstRoom + 1) % room.count
    roomCount -= 1
    return index
  }

  private mutating func giveRoom(_ index: Int) {
    room[(firstRoom + roomCount) % room.count] = index
    roomCount += 1
  }

  private mutating func flush() {
    for index in marked {
      guard let connection = connections[index] else { continue }
      connection.isMarked = false
      send(connection, index)
    }
    marked.removeAll(keepingCapacity: true)
  }

  private mutating func send(_ connection: LoadConnection, _ index: Int) {
    let left = connection.send()
    if left == .gone { return drop(index, \.lost) }
    let waits = left == .waits
    if waits != connection.isWatchedForRoom {
      connection.isWatchedForRoom = waits
      poller.watch(connection.socket.number, toSend: waits, isNew: false)
    }
  }

  /// Takes what has come over a connection, and sends what waited.
  private mutating func serve(_ index: Int) {
    guard index >= 0, let connection = connections[index] else { return }
    if connection.isWatchedForRoom { send(connection, index) }
    switch connection.received.receive(from: connection.socket) {
    case .nothingYet: return
    case .end, .lost: return drop(index, \.lost)
    case .bytes: break
    }
    let now = MonotonicClock.nanoseconds
    do throws(ClientProblem) {
      while let place = try connection.received.next() {
        guard let due = connection.takeDue() else { return drop(index, \.garbled) }
        outstanding -= 1
        if roomCount == 0 { blockedUntil = now }
        giveRoom(index)
        report.latency.add(now - due)
        lastAnswer = now
        count(place, in: connection.received)
        if place.head.closes { return drop(index, \.lost) }
      }
    } catch {
      drop(index, \.garbled)
    }
  }

  /// Counts an answer by its status and its flag, which stands behind the outcome.
  private mutating func count(_ place: AnswerPlace, in received: borrowing AnswerBuffer) {
    report.byStatus[place.head.status] += 1
    guard place.head.status == 200 else { return }
    let bytes = received.bytes.span
    guard let flag = bytes.end(of: "\"permitted\":", in: place.body), flag < place.body.upperBound
    else {
      report.unflagged += 1
      return
    }
    if bytes[flag] == UInt8(ascii: "t") {
      report.permitted += 1
    } else {
      report.notPermitted += 1
    }
  }

  /// Gives up a connection; what was out on it is counted.
  private mutating func drop(_ index: Int, _ reason: WritableKeyPath<LoadReport, Int>) {
    guard let connection = connections[index] else { return }
    connections[index] = nil
    owners[Int(connection.socket.number)] = -1
    report[keyPath: reason] += connection.outstanding
    outstanding -= connection.outstanding
    for _ in 0..<connection.outstanding { giveRoom(index) }
  }
}
