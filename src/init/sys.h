/* SPDX-License-Identifier: Apache-2.0 */
/* init/sys.h - the kernel, without a C library.
 *
 * Every call returns what the kernel returned: a value, or a negative errno.
 * Signal sets are the kernel's own 64 bits, so that the real-time signals that
 * C libraries keep for themselves (32 to 34) are seen and forwarded too. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <asm/errno.h>
#include <asm/ioctls.h>
#include <asm/stat.h>
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/prctl.h>
#include <linux/stat.h>
#include <linux/wait.h>
#include <asm/signal.h>
#include <asm/siginfo.h>

#if defined(__x86_64__)
#include "sys_x86_64.h"
#elif defined(__aarch64__)
#include "sys_aarch64.h"
#endif

#define N_SIGNALS 64
#define ALL_SIGNALS (~UINT64_C(0))
#define SIGNAL_BIT(n) (UINT64_C(1) << ((n)-1))
#define NS_PER_S INT64_C(1000000000)
#define NS_PER_MS INT64_C(1000000)

struct ktime {
	int64_t s;
	int64_t ns;
};

/* The kernel's layout of a disposition, rt_sigaction(2). */
struct kaction {
	void *handler;
	unsigned long flags;
	void *restorer;
	uint64_t mask;
};

/* What getdents64(2) fills in; size bytes to the next one. */
struct kdirent {
	uint64_t inode;
	int64_t offset;
	uint16_t size;
	uint8_t type;
	char name[];
};

/* Few results need more than an int; those that do call sys6 itself. */
#define SYS0(name) sys1(__NR_##name, 0)
#define SYS1(name, a) sys1(__NR_##name, (long)(a))
#define SYS2(name, a, b) sys2(__NR_##name, (long)(a), (long)(b))
#define SYS3(name, a, b, c) sys3(__NR_##name, (long)(a), (long)(b), (long)(c))
#define SYS4(name, a, b, c, d) \
	sys4(__NR_##name, (long)(a), (long)(b), (long)(c), (long)(d))
#define SYS6(name, a, b, c, d, e, f)                                       \
	(int)sys6(__NR_##name, (long)(a), (long)(b), (long)(c), (long)(d), \
		  (long)(e), (long)(f))

static inline int sys_mask(int how, const uint64_t *set, uint64_t *old)
{
	return SYS4(rt_sigprocmask, how, set, old, sizeof *set);
}

static inline int sys_action(int sig, const struct kaction *set,
			     struct kaction *old)
{
	return SYS4(rt_sigaction, sig, set, old, sizeof set->mask);
}

static inline int sys_open(int dir, const char *path, int flags)
{
	return SYS4(openat, dir, path, flags | O_CLOEXEC, 0);
}
