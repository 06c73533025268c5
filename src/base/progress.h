/* SPDX-License-Identifier: Apache-2.0 */
/* base/progress.h - how far long work is, told to whoever shows it.
 *
 * Bytes are those of the phase at hand ("reading 12 MB of 45 MB"). Work is that
 * of all phases, in units of about a tenth of a nanosecond, so that bytes that
 * cost much count for much. The remainder is re-estimated whenever more
 * is known (progress_rest): it then fills the rest of the hundred per cent, so
 * the share that is done never falls. Without an estimate the phase is all.
 *
 * Counters may be bumped from any thread (they are atomic); phases and
 * estimates are one thread's. Only cli/ looks, from a thread of its own. NULL is
 * a valid progress: nobody looks. */
#pragma once
#include <stdatomic.h>
#include <stdint.h>

#include "base/err.h"

struct progress {
	_Atomic(const char *) phase; /* "reading", "writing", "proving" */
	_Atomic uint64_t done;	     /* bytes */
	_Atomic uint64_t total;	     /* bytes; 0: unknown */
	_Atomic unsigned weight;     /* work that a byte is */
	_Atomic uint64_t work, rest; /* since progress_rest; 0: no estimate */
	_Atomic unsigned before;     /* share done then */
};

enum { PROGRESS_ALL = 10000 };

/* The work of reading a blob's byte: hashed, inflated, hashed again. */
enum { PROGRESS_READ = 40 };

static inline void progress_phase(struct progress *p, const char *phase,
				  uint64_t total, unsigned weight)
{
	if (!p)
		return;
	atomic_store(&p->done, 0);
	atomic_store(&p->total, total);
	atomic_store(&p->weight, weight);
	atomic_store(&p->phase, phase);
}

/* Bytes from here on are that much work each. */
static inline void progress_weight(struct progress *p, unsigned weight)
{
	if (p)
		atomic_store(&p->weight, weight);
}

static inline void progress_work(struct progress *p, uint64_t work)
{
	if (p)
		atomic_fetch_add_explicit(&p->work, work, memory_order_relaxed);
}

static inline void progress_add(struct progress *p, uint64_t n)
{
	if (!p)
		return;
	atomic_fetch_add_explicit(&p->done, n, memory_order_relaxed);
	progress_work(p, n * atomic_load(&p->weight));
}

/* The share that is done, of PROGRESS_ALL; 0 without an estimate. */
unsigned progress_share(const struct progress *p);
/* So much work is left, in this phase and those to come; 0: it is done. */
void progress_rest(struct progress *p, uint64_t work);

struct stream;
struct sink;
/* Passes all through and adds it. Takes *inner over on success. */
must_check int count_open(struct stream **inner, struct progress *p,
			  struct stream **out, struct err *err);
/* The same for a sink; next is borrowed and not finished. */
must_check int count_sink_open(struct sink *next, struct progress *p,
			       struct sink **out, struct err *err);
