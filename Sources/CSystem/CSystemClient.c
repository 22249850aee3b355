// The calls of the client that Swift cannot import: ppoll, memmem and variadic prctl.
#define _GNU_SOURCE
#include "CSystem.h"

#include <poll.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

int csystem_sleep_exactly(void) { return prctl(PR_SET_TIMERSLACK, 1UL, 0, 0, 0); }

int csystem_wait_readable(int descriptor, int64_t nanoseconds) {
  struct pollfd watched = {.fd = descriptor, .events = POLLIN};
  struct timespec time = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  return ppoll(&watched, 1, &time, NULL);
}

const void *csystem_find(const void *bytes, size_t count, const void *text, size_t length) {
  return memmem(bytes, count, text, length);
}
