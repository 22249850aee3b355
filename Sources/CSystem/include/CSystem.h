// The Linux calls and macros that Swift cannot import: epoll, accept4, signalfd, eventfd, sockaddr_un
// and variadic open. Every function returns what the call of its name returns and leaves errno set.
#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stddef.h>
#include <stdint.h>

#include "CService.h"

enum { CSYSTEM_READABLE = 1, CSYSTEM_WRITABLE = 2 };

// One report of epoll_wait: hang-ups and errors count as readable and as writable.
struct csystem_event {
  int32_t descriptor;
  int32_t readiness;
};

enum csystem_file_kind {
  CSYSTEM_ABSENT,
  CSYSTEM_SOCKET,
  CSYSTEM_SYMLINK,
  CSYSTEM_DIRECTORY,
  CSYSTEM_OTHER
};

// What lstat says of a path.
struct csystem_file {
  int32_t kind;
  uint64_t device;
  uint64_t inode;
};

int csystem_epoll_create(void);
int csystem_epoll_add(int poller, int descriptor, int interest);
int csystem_epoll_change(int poller, int descriptor, int interest);
int csystem_epoll_remove(int poller, int descriptor);
int csystem_epoll_wait(int poller, struct csystem_event *events, int room, int milliseconds);

int csystem_unix_socket(void);                                  // socket: nonblocking, close on exec
int csystem_unix_bind(int descriptor, const char *path);        // bind
int csystem_unix_connect(int descriptor, const char *path);     // connect
size_t csystem_unix_path_room(void);                            // longest path that fits sun_path
int csystem_accept(int listener);                               // accept4
ptrdiff_t csystem_send(int descriptor, const void *bytes, size_t count);  // send, MSG_NOSIGNAL

int csystem_stop_signals(void);    // blocks SIGTERM and SIGINT, signalfd for both
int csystem_ignore_sigpipe(void);  // signal
int csystem_event(void);           // eventfd
int csystem_signal(int event);     // write: the eventfd becomes readable
int csystem_open_lock(const char *path);                        // open, created 0600, no symlink
int csystem_lstat(const char *path, struct csystem_file *file); // lstat; an absent file is no error

int csystem_set_timezone(const char *name);                     // setenv TZ, tzset
int csystem_local_date(int64_t seconds, int *year, int *month, int *day);  // localtime_r
int csystem_raise_open_files(uint64_t wanted, uint64_t *granted);          // setrlimit
int csystem_trim_memory(void);                                  // malloc_trim
int64_t csystem_resident_bytes(void);                           // /proc/self/statm; 0 unknown

// What a client calls beside them (CSystemClient.c).
int csystem_sleep_exactly(void);                                // prctl: timer slack of 1 ns
int csystem_wait_readable(int descriptor, int64_t nanoseconds);            // ppoll
const void *csystem_find(const void *bytes, size_t count, const void *text, size_t length);  // memmem

// What a processor has for SHA-256.
enum csystem_sha256_kind {
  CSYSTEM_SHA256_NONE,
  CSYSTEM_SHA256_ROTATIONS,    // BMI2: rotations into another register
  CSYSTEM_SHA256_INSTRUCTIONS  // the SHA extensions
};

int csystem_sha256_best(void);  // the best of the kinds that this processor has (cpuid)
// The digest of a message as eight words, by a kind other than none that the processor has.
void csystem_sha256(int kind, const void *message, size_t count, uint32_t *words);

#endif
