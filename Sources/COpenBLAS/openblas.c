#include "COpenBLAS.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

// cblas.h and LAPACK, by hand: the headers are needed for nothing else.
enum { ROW_MAJOR = 101, AS_IS = 111, TRANSPOSED = 112, UPPER = 121 };
typedef void (*sgemm_t)(int, int, int, int, int, int, float, const float *, int, const float *, int, float, float *, int);
typedef void (*dsyr_t)(int, int, int, double, const double *, int, double *, int);
typedef void (*posv_t)(const char *, const int *, const int *, void *, const int *, void *, const int *, int *, size_t);

static struct {
    int (*parallel)(void);
    void (*set_threads)(int);
    sgemm_t sgemm;
    dsyr_t dsyr;
    posv_t dposv, sposv;
} library;
static char reason[512];
static pthread_once_t once = PTHREAD_ONCE_INIT;

#if defined(__APPLE__)
static const char *const names[] = {"libopenblas.dylib", "/opt/homebrew/opt/openblas/lib/libopenblas.dylib"};
#else
static const char *const names[] = {"libopenblas.so.0", "libopenblas.so"};
#endif

static void load(void) {
    void *handle = NULL;
    for (size_t i = 0; !handle && i < sizeof names / sizeof *names; i++) handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        snprintf(
            reason, sizeof reason, "OpenBLAS cannot be opened (%s). Install it: apt-get install libopenblas0-pthread", dlerror());
        return;
    }
    struct { const char *name; void **place; } symbols[] = {
        {"openblas_get_parallel", (void **)&library.parallel},
        {"openblas_set_num_threads", (void **)&library.set_threads}, {"cblas_sgemm", (void **)&library.sgemm},
        {"cblas_dsyr", (void **)&library.dsyr}, {"dposv_", (void **)&library.dposv}, {"sposv_", (void **)&library.sposv},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *symbols[i].place = dlsym(handle, symbols[i].name);
        if (!*symbols[i].place)
            snprintf(reason, sizeof reason, "OpenBLAS lacks %s. Install Debian's libopenblas0-pthread", symbols[i].name);
    }
    // Parallelism here is by data (several texts or requests at once), which scales better than the library's own and does not
    // oversubscribe the cores.
    if (!*reason) library.set_threads(1);
}

const char *openblas_open(void) {
    pthread_once(&once, load);
    return *reason ? reason : NULL;
}

static void need(void) {
    const char *why = openblas_open();
    if (!why) return;
    fprintf(stderr, "kb: %s\n", why);
    _exit(2);
}

void openblas_sgemm(
    int m, int n, int k, const float *a, int lda, const float *b, int ldb, float *c, int ldc) {
    need();
    // A library built without threads shares buffers between calls: two at once corrupt each other.
    static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
    const int alone = library.parallel() == 0;
    if (alone) pthread_mutex_lock(&one_at_a_time);
    library.sgemm(ROW_MAJOR, AS_IS, TRANSPOSED, m, n, k, 1, a, lda, b, ldb, 0, c, ldc);
    if (alone) pthread_mutex_unlock(&one_at_a_time);
}

void openblas_dsyr(int n, double alpha, const double *x, double *a) {
    need();
    library.dsyr(ROW_MAJOR, UPPER, n, alpha, x, 1, a, n);
}

static int solve(posv_t posv, int n, int columns, void *a, void *b) {
    int info = 0;
    posv("L", &n, &columns, a, &n, b, &n, &info, 1);
    return info;
}

int openblas_dposv(int n, int columns, double *a, double *b) {
    need();
    return solve(library.dposv, n, columns, a, b);
}

int openblas_sposv(int n, int columns, float *a, float *b) {
    need();
    return solve(library.sposv, n, columns, a, b);
}
