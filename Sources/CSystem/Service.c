#define _GNU_SOURCE
#include "CService.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int csystem_reload_signal(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGHUP);
  int failure = pthread_sigmask(SIG_BLOCK, &signals, NULL);
  if (failure) {
    errno = failure;
    return -1;
  }
  return signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

int csystem_watch(void) { return inotify_init1(IN_NONBLOCK | IN_CLOEXEC); }

int csystem_watch_names(int watch, const char *folder) {
  return inotify_add_watch(
      watch, folder,
      IN_ONLYDIR | IN_MASK_ADD | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE |
          IN_DELETE_SELF | IN_MOVE_SELF);
}

int csystem_watch_all(int watch, const char *path) {
  return inotify_add_watch(
      watch, path,
      IN_MASK_ADD | IN_ATTRIB | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO |
          IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF);
}

int csystem_change_kind(uint32_t mask) {
  int kind = 0;
  if (mask & (IN_ISDIR | IN_DELETE_SELF | IN_MOVE_SELF)) kind |= CSYSTEM_CHANGE_FOLDER;
  if (mask & IN_Q_OVERFLOW) kind |= CSYSTEM_CHANGE_LOST;
  return kind;
}

int csystem_peer(int descriptor, struct csystem_peer *peer) {
  struct ucred credentials;
  socklen_t size = sizeof credentials;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size)) return -1;
  peer->uid = credentials.uid;
  peer->gid = credentials.gid;
  peer->pid = credentials.pid;
  return 0;
}

ptrdiff_t csystem_peer_groups(int descriptor, uint32_t *groups, size_t room) {
  socklen_t size = room * sizeof *groups;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups, &size)) return -1;
  return size / sizeof *groups;
}

int csystem_socket_kind(int descriptor) {
  int value = 0;
  socklen_t size = sizeof value;
  if (getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &value, &size)) return CSYSTEM_NOT_A_SOCKET;
  if (value != AF_UNIX) return CSYSTEM_OTHER_SOCKET;
  size = sizeof value;
  if (getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &value, &size)) return CSYSTEM_NOT_A_SOCKET;
  if (value != SOCK_STREAM) return CSYSTEM_OTHER_SOCKET;
  size = sizeof value;
  if (getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &value, &size)) return CSYSTEM_NOT_A_SOCKET;
  return value ? CSYSTEM_LISTENING_SOCKET : CSYSTEM_NOT_LISTENING;
}

ptrdiff_t csystem_socket_path(int descriptor, char *path, size_t room) {
  struct sockaddr_un name;
  socklen_t size = sizeof name;
  memset(&name, 0, sizeof name);
  if (getsockname(descriptor, (struct sockaddr *)&name, &size)) return -1;
  size_t offset = offsetof(struct sockaddr_un, sun_path);
  if (name.sun_family != AF_UNIX || size <= offset) return 0;
  size_t count = size - offset;
  // An abstract address begins with a zero byte; a path ends with one.
  if (name.sun_path[0] == 0)
    name.sun_path[0] = '@';
  else
    count = strnlen(name.sun_path, count);
  if (count > room) count = room;
  memcpy(path, name.sun_path, count);
  return count;
}

int csystem_adopt(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0) return -1;
  return fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

ptrdiff_t csystem_notify(const char *address, const void *bytes, size_t count) {
  struct sockaddr_un name;
  size_t length = strlen(address);
  memset(&name, 0, sizeof name);
  name.sun_family = AF_UNIX;
  if (length >= sizeof name.sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  memcpy(name.sun_path, address, length);
  if (name.sun_path[0] == '@') name.sun_path[0] = 0;
  int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return -1;
  ptrdiff_t sent = sendto(
      descriptor, bytes, count, MSG_NOSIGNAL, (struct sockaddr *)&name,
      offsetof(struct sockaddr_un, sun_path) + length);
  int reason = errno;
  close(descriptor);
  errno = reason;
  return sent;
}

int csystem_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

int csystem_fill_standard_streams(void) {
  for (int descriptor = 0; descriptor < 3; descriptor++) {
    if (fcntl(descriptor, F_GETFD) >= 0) continue;
    // The lowest free number is taken, and those below are open by now.
    if (open("/dev/null", O_RDWR) < 0) return -1;
  }
  return 0;
}
