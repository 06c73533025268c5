/* SPDX-License-Identifier: Apache-2.0 */
/* Two kinds of notes. An index is kept under the digest of its blob: it is true
 * wherever the blob lies. A place (device, inode, size, times, offset in the
 * file) is kept with the digest that was read there: it is true until the file
 * changes, and saves hashing to commands that only look.
 *
 *	"index 6 sha256:4f5a.. 8c21.."		-> the index
 *	"place 1 DEV INO SIZE MTIME CTIME AT N"	-> "sha256:4f5a.."
 *
 * ctime is part of it, since cp -p and touch -r set mtime to what they like and
 * no call sets ctime. */
#include "layer/remember.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <time.h>

enum { KEY_MAX = 512 };

/* Raised when what an index says of the same bytes changes. */
#define INDEX_VERSION "6"

/* The limits are part of the key: an index that was made under wide limits must
 * not pass where the user asks for narrow ones. */
static bool index_key(const struct layer_place *p, const struct digest *blob,
		      struct buf *key, struct err *err)
{
	struct digest lim;
	return digest_of(DIGEST_SHA256, p->lim, sizeof *p->lim, &lim, err) ==
		       0 &&
	       buf_addf(key, err, "index " INDEX_VERSION " %s %s",
			digest_text(blob).text, digest_short(&lim).text) == 0;
}

/* False when no file on disk holds the layer. */
static bool place_key(const struct layer_place *p, struct stat *st,
		      struct buf *key, struct err *err)
{
	const struct source_layer *l = &p->image->layers[p->position];
	if (source_stat_layer(p->image, p->position, st, err) <= 0)
		return false;
	return buf_addf(key, err,
			"place 1 %ju %ju %jd %jd.%09ld %jd.%09ld %" PRIu64
			" %" PRIu64,
			(uintmax_t)st->st_dev, (uintmax_t)st->st_ino,
			(intmax_t)st->st_size, (intmax_t)st->st_mtim.tv_sec,
			st->st_mtim.tv_nsec, (intmax_t)st->st_ctim.tv_sec,
			st->st_ctim.tv_nsec, l->locator, l->blob_size) == 0;
}

/* Errors of a cache are the same as a miss: what is not remembered is read. */
bool layer_remember_digest(const struct layer_place *p, struct digest *out)
{
	scoped(buf_done) struct buf key = BUF_INIT(KEY_MAX);
	scoped(buf_done) struct buf value = BUF_INIT(CACHE_NOTE_MAX);
	struct err err = { 0 };
	struct stat st;
	return p->cache && place_key(p, &st, &key, &err) &&
	       store_note_get(p->cache, buf_str(&key), &value, &err) > 0 &&
	       digest_parse(buf_str(&value), out, &err) == 0;
}

bool layer_remember_index(const struct layer_place *p,
			  const struct digest *blob, struct layer_index *out)
{
	scoped(buf_done) struct buf key = BUF_INIT(KEY_MAX);
	scoped(stream_close) struct stream *in = NULL;
	struct err err = { 0 };
	return p->cache && blob->alg == DIGEST_SHA256 &&
	       index_key(p, blob, &key, &err) &&
	       store_get(p->cache, buf_str(&key), &in, &err) > 0 &&
	       layer_index_load(in, out, &err) == 0;
}

static void keep_index(const struct layer_place *p,
		       const struct layer_index *ix)
{
	scoped(buf_done) struct buf key = BUF_INIT(KEY_MAX);
	scoped(store_put_close) struct cache_put *put = NULL;
	struct sink *to;
	struct err err = { 0 };
	if (!index_key(p, &ix->blob, &key, &err) ||
	    store_put_begin(p->cache, buf_str(&key), &put, &to, &err) < 0 ||
	    layer_index_save(ix, to, &err) < 0)
		return;
	/* A cache that cannot be written is no reason to fail. */
	if (store_put_commit(&put, &err) < 0)
		err_clear(&err);
}

static void keep_place(const struct layer_place *p, const struct digest *blob)
{
	scoped(buf_done) struct buf key = BUF_INIT(KEY_MAX);
	struct err err = { 0 };
	struct timespec now;
	struct stat st;
	/* A file that was changed within the clock's grain may be changed again
	 * and keep its times (git's "racy" index entries). */
	clock_gettime(CLOCK_REALTIME, &now);
	if (!place_key(p, &st, &key, &err) ||
	    store_is_racy(&st, now.tv_sec * 1000000000ll + now.tv_nsec))
		return;
	if (store_note_put(p->cache, buf_str(&key),
			   str_of(digest_text(blob).text), &err) < 0)
		err_clear(&err);
}

void layer_remember(const struct layer_place *p, const struct layer_index *ix,
		    bool is_new)
{
	if (!p->cache || ix->blob.alg != DIGEST_SHA256)
		return;
	if (is_new)
		keep_index(p, ix);
	keep_place(p, &ix->blob);
}
