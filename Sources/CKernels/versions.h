// How the loops of this target are compiled.
#ifndef VERSIONS_H
#define VERSIONS_H

// One body, three instruction sets, chosen by the loader (ifunc); a level, not a model: "arch=haswell" would be that one of Intel's. Other
// processors get the plain version, which NEON vectorises.
#if defined(__x86_64__) && defined(__linux__)
#define MULTIVERSIONED __attribute__((target_clones("avx512f", "arch=x86-64-v3", "default")))
#else
#define MULTIVERSIONED
#endif
#define INLINE static inline __attribute__((always_inline))
#endif
