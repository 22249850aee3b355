// The Linux headers and macros that Swift cannot import.
#ifndef CSYSTEM_H
#define CSYSTEM_H
#endif
