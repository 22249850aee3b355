// The bench: workloads against the floor in C, in process and over the socket.
import Foundation

exit(Bench.run(Array(CommandLine.arguments.dropFirst())))
