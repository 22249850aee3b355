// The Linux calls of a system service: inotify, peer credentials, the service manager's sockets, and
// what a process gives up. Every function returns what the call of its name returns and leaves errno set.
#ifndef CSERVICE_H
#define CSERVICE_H

#include <stddef.h>
#include <stdint.h>

int csystem_reload_signal(void);  // blocks SIGHUP, signalfd

// inotify: nonblocking, close on exec.
int csystem_watch(void);
int csystem_watch_names(int watch, const char *folder);  // what comes, goes and is renamed in a folder
int csystem_watch_all(int watch, const char *path);      // also what is written, and permissions

enum csystem_change {
  CSYSTEM_CHANGE_FOLDER = 1,  // IN_ISDIR, IN_DELETE_SELF or IN_MOVE_SELF: the tree is another
  CSYSTEM_CHANGE_LOST = 2     // IN_Q_OVERFLOW
};
int csystem_change_kind(uint32_t mask);

struct csystem_peer {
  uint32_t uid;
  uint32_t gid;
  int32_t pid;
};
int csystem_peer(int descriptor, struct csystem_peer *peer);                    // SO_PEERCRED
ptrdiff_t csystem_peer_groups(int descriptor, uint32_t *groups, size_t room);   // SO_PEERGROUPS

enum csystem_socket_kind {
  CSYSTEM_NOT_A_SOCKET,
  CSYSTEM_OTHER_SOCKET,         // of another family or type
  CSYSTEM_NOT_LISTENING,        // a Unix stream socket for which nobody called listen
  CSYSTEM_LISTENING_SOCKET
};
int csystem_socket_kind(int descriptor);                            // getsockopt, getsockname
ptrdiff_t csystem_socket_path(int descriptor, char *path, size_t room);  // getsockname
int csystem_adopt(int descriptor);                                  // fcntl: nonblocking, close on exec

// A datagram to the service manager; an address that begins with @ is an abstract one. Never waits.
ptrdiff_t csystem_notify(const char *address, const void *bytes, size_t count);

int csystem_no_new_privileges(void);     // prctl PR_SET_NO_NEW_PRIVS
int csystem_fill_standard_streams(void); // opens /dev/null where 0, 1 or 2 is closed

#endif
