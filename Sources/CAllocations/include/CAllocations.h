// How often this process has asked for memory, for the bench.
#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

/// How often the calling thread has asked the C library for memory.
long allocations_of_thread(void);

#endif
