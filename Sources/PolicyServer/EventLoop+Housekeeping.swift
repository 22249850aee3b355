/// The loop's part of housekeeping: what was loaded is put into use, and who asks is known.

extension EventLoop {
  /// Before the first turn: tells the service manager, and listens to signals, bell and folder.
  func beginHousekeeping() throws(Errno) {
    guard let housekeeping else { return }
    responder.reload = housekeeping.state
    for number in housekeeping.begin(now) { try poller.add(number, .reading) }
  }

  /// Once per turn, before anybody is answered.
  func keepHouse() {
    guard let housekeeping, now >= housekeeping.nextDue else { return }
    if let outcome = housekeeping.attend(now, isDraining: isDraining) {
      take(outcome, housekeeping)
    }
    responder.reload?.isLoading = housekeeping.state.isLoading
  }

  /// Says whose requests are answered next; called before any request of a connection is.
  func face(_ connection: Connection) {
    if gate != nil { responder.peer = connection.peerDocument }
    guard let access = housekeeping?.access else { return }
    responder.point.askable = access.grants(for: connection).mask
  }

  /// Puts what was loaded into use, or stays with what there is.
  private func take(_ outcome: Housekeeping<Point>.Outcome, _ housekeeping: Housekeeping<Point>) {
    let fresh = outcome.fresh
    if let watch = outcome.watch { follow(watch, housekeeping) }
    var lines = fresh.lines
    if let problem = outcome.watchProblem { lines.append(Self.cannotWatch(problem)) }
    var old: (any AnyObject & Sendable)?
    if let make = fresh.make {
      responder.replace(make())
      if let list = fresh.allowed {
        housekeeping.access = Access(list: list, number: (housekeeping.access?.number ?? 0) + 1)
      }
      old = housekeeping.keepsake
      housekeeping.keepsake = fresh.keepsake
      lines.append("writd: reloaded, \(fresh.digest ?? "")")
    } else {
      lines.append("writd: the reload was refused; the policies before it stay")
    }
    housekeeping.state.isLoading = false
    housekeeping.state.end(
      fresh.make == nil ? .refused : .loaded, at: SystemClock.unixSeconds,
      took: outcome.milliseconds, digest: fresh.digest, diagnostics: fresh.diagnostics)
    responder.reload = housekeeping.state
    housekeeping.tellReady(now)
    let journal = housekeeping.journal
    journal.append(lines)
    let letGo = { @Sendable [old] in
      journal.write()
      withExtendedLifetime(old) {}
    }
    old = nil
    let begun = BackgroundThread.begin {
      letGo()
      ProcessMemory.giveBack()
    }
    if !begun { letGo() }
  }

  /// From now on listens to changes of the tree as it is now.
  private func follow(_ watch: FolderWatch, _ housekeeping: Housekeeping<Point>) {
    do throws(Errno) { try poller.add(watch.descriptor, .reading) } catch {
      StandardStream.error.line(Self.cannotWatch(error))
      return
    }
    if let old = housekeeping.watch { poller.remove(old.descriptor) }
    housekeeping.watch = watch
  }

  private static func cannotWatch(_ reason: Errno) -> String {
    "writd: the policies cannot be watched: \(reason)\n"
      + "  help: reload with SIGHUP; the system may be out of watches (fs.inotify.max_user_watches)"
  }
}
