#if defined(__linux__)
#define _GNU_SOURCE
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>
#endif
#include <pthread.h>
#include <stdlib.h>
#include "CKernels.h"

#if defined(__linux__)
// Of the linker: where initialised data begins and ends; absent from other linkers' programs.
extern char __data_start[] __attribute__((weak));
extern char _edata[] __attribute__((weak));
#endif

void process_populate_data(void) {
#if defined(__linux__)
    const int populate_write = 23;  // MADV_POPULATE_WRITE, absent from older headers and kernels: then nothing happens
    if (!__data_start || !_edata) return;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)__data_start / page * page;
    (void)madvise((void *)start, (uintptr_t)_edata - start, populate_write);
#endif
}

void process_use_large_pages(const void *start, int64_t size) {
#if defined(__linux__)
    const int hugepage = 14;  // MADV_HUGEPAGE
    (void)madvise((void *)(uintptr_t)start, (size_t)size, hugepage);
#endif
}

void process_touch(const void *start, const void *end) {
    for (const volatile char *place = start; place < (const char *)end; place += 16 << 10) (void)*place;
}

typedef struct {
    void (*body)(void *);
    void *argument;
#if defined(__GLIBC__)
    cpu_set_t allowed;
    int is_placed;
#endif
} start;

static void *run(void *argument) {
    start own = *(start *)argument;
    free(argument);
#if defined(__GLIBC__)
    if (own.is_placed) (void)pthread_setaffinity_np(pthread_self(), sizeof own.allowed, &own.allowed);
#endif
    own.body(own.argument);
    return NULL;
}

int process_begin_thread(void (*body)(void *), void *argument) {
    start *own = malloc(sizeof *own);
    pthread_attr_t attributes;
    if (!own || pthread_attr_init(&attributes)) {
        free(own);
        return -1;
    }
    own->body = body;
    own->argument = argument;
#if defined(__GLIBC__)
    own->is_placed = 0;
    int here = sched_getcpu();
    if (here >= 0 && here < CPU_SETSIZE && !sched_getaffinity(0, sizeof own->allowed, &own->allowed)) {
        cpu_set_t others = own->allowed;
        CPU_CLR(here, &others);
        own->is_placed = CPU_COUNT(&others) > 0 && !pthread_attr_setaffinity_np(&attributes, sizeof others, &others);
    }
#endif
    pthread_t thread;
    int failed = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED)
        || pthread_create(&thread, &attributes, run, own);
    pthread_attr_destroy(&attributes);
    if (failed) free(own);
    return failed ? -1 : 0;
}
