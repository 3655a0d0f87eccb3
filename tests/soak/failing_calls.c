/* Calls of the C library that change files, with a fault at one of them: killed, refused once, or refused from then on.

   Loaded before the C library (LD_PRELOAD), so that Python, both SQLites and whatever else is in the process go through
   it. The Nth call after `arm` is the one; a write that is killed or refused has written half. Nothing is counted while
   it is not armed, nor what goes to pipes and terminals. The clock of the day can be held still. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { PASSED, KILLED, NO_SPACE_FROM_HERE, REFUSED_ONCE };
static atomic_int armed, kind;
static atomic_long number, made;
static atomic_long frozen;

void arm(int what, long at) { kind = what; number = at; made = 0; armed = 1; }
long disarm(void) { armed = 0; return made; }
void freeze(long seconds) { frozen = seconds; }

/* Return the error of this call, 0 where it passes; what kills kills after `half` was called. */
static int fault(int grows) {
    if (!armed) return 0;
    long at = made++;
    if (kind == KILLED && at == number) return -1;
    if (kind == REFUSED_ONCE && at == number) return EIO;
    if (kind == NO_SPACE_FROM_HERE && at >= number && grows) return ENOSPC;
    return 0;
}

static void end(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

static int regular(int descriptor) {
    struct stat facts;
    return armed && fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode);
}

#define THEIRS(result, name, ...) \
    static result (*theirs)(__VA_ARGS__); \
    if (!theirs) theirs = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define REFUSE(grows) \
    do { int error = fault(grows); if (error < 0) end(); if (error) { errno = error; return -1; } } while (0)

#define WRITE(NAME, ORDER, ...) \
    do { \
        if (!regular(descriptor)) break; \
        int error = fault(1); \
        if (!error) break; \
        if (size > 1) { size_t whole = size; size = whole / 2; (void)!theirs ORDER; } \
        if (error < 0) end(); \
        errno = error; return -1; \
    } while (0)

ssize_t write(int descriptor, const void *content, size_t size) {
    THEIRS(ssize_t, "write", int, const void *, size_t);
    WRITE("write", (descriptor, content, size));
    return theirs(descriptor, content, size);
}
ssize_t pwrite(int descriptor, const void *content, size_t size, off_t at) {
    THEIRS(ssize_t, "pwrite", int, const void *, size_t, off_t);
    WRITE("pwrite", (descriptor, content, size, at));
    return theirs(descriptor, content, size, at);
}
ssize_t pwrite64(int descriptor, const void *content, size_t size, off64_t at) {
    THEIRS(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    WRITE("pwrite64", (descriptor, content, size, at));
    return theirs(descriptor, content, size, at);
}
ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    THEIRS(ssize_t, "writev", int, const struct iovec *, int);
    if (regular(descriptor)) REFUSE(1);
    return theirs(descriptor, parts, count);
}
int fsync(int descriptor) { THEIRS(int, "fsync", int); if (armed) REFUSE(0); return theirs(descriptor); }
int fdatasync(int descriptor) { THEIRS(int, "fdatasync", int); if (armed) REFUSE(0); return theirs(descriptor); }
int ftruncate(int descriptor, off_t size) {
    THEIRS(int, "ftruncate", int, off_t); if (armed) REFUSE(1); return theirs(descriptor, size);
}
int ftruncate64(int descriptor, off64_t size) {
    THEIRS(int, "ftruncate64", int, off64_t); if (armed) REFUSE(1); return theirs(descriptor, size);
}
int fallocate(int descriptor, int mode, off_t at, off_t size) {
    THEIRS(int, "fallocate", int, int, off_t, off_t); if (armed) REFUSE(1); return theirs(descriptor, mode, at, size);
}
ssize_t sendfile(int to, int from, off_t *at, size_t size) {
    THEIRS(ssize_t, "sendfile", int, int, off_t *, size_t); if (armed) REFUSE(1); return theirs(to, from, at, size);
}
ssize_t copy_file_range(int from, off64_t *there, int to, off64_t *here, size_t size, unsigned int flags) {
    THEIRS(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned int);
    if (armed) REFUSE(1);
    return theirs(from, there, to, here, size, flags);
}
int rename(const char *from, const char *to) {
    THEIRS(int, "rename", const char *, const char *); if (armed) REFUSE(0); return theirs(from, to);
}
int renameat(int a, const char *from, int b, const char *to) {
    THEIRS(int, "renameat", int, const char *, int, const char *); if (armed) REFUSE(0); return theirs(a, from, b, to);
}
int unlink(const char *path) { THEIRS(int, "unlink", const char *); if (armed) REFUSE(0); return theirs(path); }
int unlinkat(int folder, const char *path, int flags) {
    THEIRS(int, "unlinkat", int, const char *, int); if (armed) REFUSE(0); return theirs(folder, path, flags);
}
int link(const char *from, const char *to) {
    THEIRS(int, "link", const char *, const char *); if (armed) REFUSE(1); return theirs(from, to);
}
int linkat(int a, const char *from, int b, const char *to, int flags) {
    THEIRS(int, "linkat", int, const char *, int, const char *, int);
    if (armed) REFUSE(1);
    return theirs(a, from, b, to, flags);
}
int mkdir(const char *path, mode_t mode) {
    THEIRS(int, "mkdir", const char *, mode_t); if (armed) REFUSE(1); return theirs(path, mode);
}
int rmdir(const char *path) { THEIRS(int, "rmdir", const char *); if (armed) REFUSE(0); return theirs(path); }
int chmod(const char *path, mode_t mode) {
    THEIRS(int, "chmod", const char *, mode_t); if (armed) REFUSE(0); return theirs(path, mode);
}
int fchmod(int descriptor, mode_t mode) {
    THEIRS(int, "fchmod", int, mode_t); if (armed) REFUSE(0); return theirs(descriptor, mode);
}
int fchown(int descriptor, uid_t user, gid_t group) {
    THEIRS(int, "fchown", int, uid_t, gid_t); if (armed) REFUSE(0); return theirs(descriptor, user, group);
}

#define OPEN(NAME, SIGNATURE, ...) \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    THEIRS(int, NAME, SIGNATURE); \
    if (armed && flags & (O_CREAT | O_TRUNC)) REFUSE(1); \
    return theirs(__VA_ARGS__)
#define OF_PATH const char *, int, mode_t
#define OF_FOLDER int, const char *, int, mode_t
int open(const char *path, int flags, ...) { OPEN("open", OF_PATH, path, flags, mode); }
int open64(const char *path, int flags, ...) { OPEN("open64", OF_PATH, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { OPEN("openat", OF_FOLDER, folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { OPEN("openat64", OF_FOLDER, folder, path, flags, mode); }

int clock_gettime(clockid_t clock, struct timespec *now) {
    THEIRS(int, "clock_gettime", clockid_t, struct timespec *);
    if (frozen && clock == CLOCK_REALTIME) { now->tv_sec = frozen; now->tv_nsec = 0; return 0; }
    return theirs(clock, now);
}
int gettimeofday(struct timeval *now, void *zone) {
    THEIRS(int, "gettimeofday", struct timeval *, void *);
    if (frozen) { now->tv_sec = frozen; now->tv_usec = 0; return 0; }
    return theirs(now, zone);
}
time_t time(time_t *now) {
    THEIRS(time_t, "time", time_t *);
    if (frozen) { if (now) *now = frozen; return frozen; }
    return theirs(now);
}
