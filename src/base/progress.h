/* SPDX-License-Identifier: Apache-2.0 */
/* base/progress.h - how far long work is, told to whoever shows it.
 *
 * Counters may be bumped from any thread (they are atomic); only cli/ looks
 * at them, from a thread of its own. NULL is a valid progress: nobody looks. */
#pragma once
#include <stdatomic.h>
#include <stdint.h>

struct progress {
	_Atomic(const char *) phase; /* "reading", "writing", "proving" */
	_Atomic uint64_t done;	     /* bytes */
	_Atomic uint64_t total;	     /* bytes; 0: unknown */
};

static inline void progress_phase(struct progress *p, const char *phase,
				  uint64_t total)
{
	if (!p)
		return;
	atomic_store(&p->done, 0);
	atomic_store(&p->total, total);
	atomic_store(&p->phase, phase);
}

static inline void progress_add(struct progress *p, uint64_t n)
{
	if (p)
		atomic_fetch_add_explicit(&p->done, n, memory_order_relaxed);
}
