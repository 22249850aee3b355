#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { EVENT_ROOM = 256 };

int csystem_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int control(int poller, int operation, int descriptor, int interest) {
  struct epoll_event event = {.data.fd = descriptor};
  if (interest & CSYSTEM_READABLE) event.events |= EPOLLIN;
  if (interest & CSYSTEM_WRITABLE) event.events |= EPOLLOUT;
  return epoll_ctl(poller, operation, descriptor, &event);
}

int csystem_epoll_add(int poller, int descriptor, int interest) {
  return control(poller, EPOLL_CTL_ADD, descriptor, interest);
}

int csystem_epoll_change(int poller, int descriptor, int interest) {
  return control(poller, EPOLL_CTL_MOD, descriptor, interest);
}

int csystem_epoll_remove(int poller, int descriptor) {
  return control(poller, EPOLL_CTL_DEL, descriptor, 0);
}

int csystem_epoll_wait(int poller, struct csystem_event *events, int room, int milliseconds) {
  struct epoll_event reports[EVENT_ROOM];
  int count = epoll_wait(poller, reports, room < EVENT_ROOM ? room : EVENT_ROOM, milliseconds);
  for (int i = 0; i < count; i++) {
    uint32_t bits = reports[i].events;
    int readiness = 0;
    if (bits & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) readiness |= CSYSTEM_READABLE;
    if (bits & (EPOLLOUT | EPOLLHUP | EPOLLERR)) readiness |= CSYSTEM_WRITABLE;
    events[i].descriptor = reports[i].data.fd;
    events[i].readiness = readiness;
  }
  return count;
}

int csystem_unix_socket(void) {
  return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static int address(const char *path, struct sockaddr_un *result) {
  memset(result, 0, sizeof *result);
  result->sun_family = AF_UNIX;
  if (strlen(path) >= sizeof result->sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(result->sun_path, path);
  return 0;
}

int csystem_unix_bind(int descriptor, const char *path) {
  struct sockaddr_un name;
  if (address(path, &name)) return -1;
  return bind(descriptor, (struct sockaddr *)&name, sizeof name);
}

int csystem_unix_connect(int descriptor, const char *path) {
  struct sockaddr_un name;
  if (address(path, &name)) return -1;
  return connect(descriptor, (struct sockaddr *)&name, sizeof name);
}

size_t csystem_unix_path_room(void) {
  return sizeof ((struct sockaddr_un *)0)->sun_path - 1;
}

int csystem_accept(int listener) {
  return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

ptrdiff_t csystem_send(int descriptor, const void *bytes, size_t count) {
  return send(descriptor, bytes, count, MSG_NOSIGNAL);
}

int csystem_stop_signals(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  int failure = pthread_sigmask(SIG_BLOCK, &signals, NULL);
  if (failure) {
    errno = failure;
    return -1;
  }
  return signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

int csystem_ignore_sigpipe(void) { return signal(SIGPIPE, SIG_IGN) == SIG_ERR ? -1 : 0; }

int csystem_event(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

int csystem_signal(int event) {
  uint64_t one = 1;
  return write(event, &one, sizeof one) == sizeof one ? 0 : -1;
}

int csystem_open_lock(const char *path) {
  return open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
}

int csystem_lstat(const char *path, struct csystem_file *file) {
  struct stat status;
  memset(file, 0, sizeof *file);
  if (lstat(path, &status)) {
    file->kind = CSYSTEM_ABSENT;
    return errno == ENOENT ? 0 : -1;
  }
  file->device = status.st_dev;
  file->inode = status.st_ino;
  if (S_ISSOCK(status.st_mode))
    file->kind = CSYSTEM_SOCKET;
  else if (S_ISLNK(status.st_mode))
    file->kind = CSYSTEM_SYMLINK;
  else if (S_ISDIR(status.st_mode))
    file->kind = CSYSTEM_DIRECTORY;
  else
    file->kind = CSYSTEM_OTHER;
  return 0;
}

int csystem_set_timezone(const char *name) {
  if (setenv("TZ", name, 1)) return -1;
  tzset();
  return 0;
}

int csystem_local_date(int64_t seconds, int *year, int *month, int *day) {
  time_t time = seconds;
  struct tm parts;
  if (!localtime_r(&time, &parts)) return -1;
  *year = parts.tm_year + 1900;
  *month = parts.tm_mon + 1;
  *day = parts.tm_mday;
  return 0;
}

int csystem_raise_open_files(uint64_t wanted, uint64_t *granted) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit)) return -1;
  if (limit.rlim_cur < wanted) {
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    if (setrlimit(RLIMIT_NOFILE, &limit)) return -1;
  }
  *granted = limit.rlim_cur;
  return 0;
}

int csystem_trim_memory(void) { return malloc_trim(0); }

int64_t csystem_resident_bytes(void) {
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[128];
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  if (count <= 0) return 0;
  text[count] = 0;
  long long whole = 0, resident = 0;
  if (sscanf(text, "%lld %lld", &whole, &resident) != 2) return 0;
  return resident * sysconf(_SC_PAGESIZE);
}
