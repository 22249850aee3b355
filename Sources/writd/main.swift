/// The entry point of the daemon: everything is in Daemon.swift.

Daemon.main()
