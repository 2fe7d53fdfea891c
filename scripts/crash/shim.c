/* Counts the system calls that change a file, and at one of them stops the process or lets the call fail.
   Loaded with LD_PRELOAD by `python -m scripts.crash`; nothing is counted before crash_arm. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

enum { COUNT, KILL, TEAR, FULL, BROKEN, READONLY };
static long seen, at;
static int mode, armed;

void crash_arm(long point, int how) { seen = 0; at = point; mode = how; armed = 1; }
long crash_seen(void) { armed = 0; return seen; }

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

/* 0: go on. Else the call must fail with this errno. */
static int point(void) {
    if (!armed) return 0;
    seen++;
    if (at <= 0 || seen < at) return 0;
    if (seen == at && (mode == KILL || mode == TEAR)) die();
    if (mode == FULL) return ENOSPC;
    if (mode == READONLY) return EROFS;
    if (mode == BROKEN && seen == at) return EIO;
    return 0;
}
#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)
#define FAILS int e = point(); if (e) { errno = e; return -1; }

static ssize_t put(int fd, const void *b, size_t n, off64_t o, ssize_t (*real)(int, const void *, size_t, off64_t)) {
    if (armed && mode == TEAR && seen + 1 == at) { real(fd, b, n / 2, o); die(); }
    FAILS
    return real(fd, b, n, o);
}
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return put(fd, b, n, o, real);
}
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return put(fd, b, n, o, real);
}
ssize_t write(int fd, const void *b, size_t n) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (fd <= 2) return real(fd, b, n);
    if (armed && mode == TEAR && seen + 1 == at) { real(fd, b, n / 2); die(); }
    FAILS
    return real(fd, b, n);
}
int ftruncate64(int fd, off64_t n) { REAL(int, "ftruncate64", int, off64_t); FAILS return real(fd, n); }
int ftruncate(int fd, off_t n) { REAL(int, "ftruncate64", int, off64_t); FAILS return real(fd, n); }
int fsync(int fd) {
    REAL(int, "fsync", int);
    if (mode == FULL || mode == READONLY) return real(fd);
    FAILS return real(fd);
}
int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    if (mode == FULL || mode == READONLY) return real(fd);
    FAILS return real(fd);
}
/* A full disk still lets files be removed. */
int unlink(const char *p) {
    REAL(int, "unlink", const char *);
    if (mode == FULL) return real(p);
    FAILS return real(p);
}
int rename(const char *a, const char *b) { REAL(int, "rename", const char *, const char *); FAILS return real(a, b); }
int link(const char *a, const char *b) { REAL(int, "link", const char *, const char *); FAILS return real(a, b); }
int mkdir(const char *p, mode_t m) { REAL(int, "mkdir", const char *, mode_t); FAILS return real(p, m); }
static int opened(const char *p, int flags, mode_t m) {
    REAL(int, "open64", const char *, int, ...);
    if (flags & (O_CREAT | O_TRUNC) || (mode == READONLY && (flags & (O_WRONLY | O_RDWR)))) { FAILS }
    return real(p, flags, m);
}
#define MODE mode_t m = 0; if (flags & O_CREAT) { va_list a; va_start(a, flags); m = va_arg(a, mode_t); va_end(a); }
int open64(const char *p, int flags, ...) { MODE return opened(p, flags, m); }
int open(const char *p, int flags, ...) { MODE return opened(p, flags, m); }
