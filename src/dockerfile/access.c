/* SPDX-License-Identifier: Apache-2.0 */
/* Counts of words are checked here, once: an instruction that BuildKit refuses
 * is among those that rules see, and has what could be read of it. */
#include "dockerfile/access.h"

#include "base/chars.h"

/* From the last one back: of flags that may stand more than once, the last
 * counts. */
const struct df_flag *dockerfile_flag(const struct df_instr *in,
				      const char *key)
{
	for (size_t i = in->n_flags; i-- > 0;)
		if (str_eqz(in->flags[i].key, key))
			return &in->flags[i];
	return NULL;
}

/* Anything but false switches on: other values are refused as syntax. */
bool dockerfile_flag_on(const struct df_instr *in, const char *key)
{
	const struct df_flag *f = dockerfile_flag(in, key);
	return f && !str_eq_nocase(f->text, STR("false"));
}

/* "FROM a AS b" is three words; "FROM a b" is refused, and which of the two is
 * the image nobody knows. */
const struct df_word *dockerfile_from_image(const struct df_instr *in)
{
	bool fits = in->n_words == 1 || in->n_words == 3;
	return in->kind == DF_FROM && fits ? &in->words[0] : NULL;
}

const struct df_word *dockerfile_from_name(const struct df_instr *in)
{
	bool named = in->kind == DF_FROM && in->n_words == 3 &&
		     str_eq_nocase(in->words[1].text, STR("as"));
	return named ? &in->words[2] : NULL;
}

static bool is_copy(const struct df_instr *in)
{
	return (in->kind & (DF_COPY | DF_ADD)) && in->n_words >= 2;
}

const struct df_word *dockerfile_copy_sources(const struct df_instr *in,
					      size_t *n)
{
	*n = is_copy(in) ? in->n_words - 1 : 0;
	return *n ? in->words : NULL;
}

const struct df_word *dockerfile_copy_dest(const struct df_instr *in)
{
	return is_copy(in) ? &in->words[in->n_words - 1] : NULL;
}

/* By place: two sources may announce one name. */
const struct df_heredoc *dockerfile_copy_heredoc(const struct df_instr *in,
						 const struct df_word *source)
{
	for (size_t i = 0; i < in->n_heredocs; i++)
		if (in->heredocs[i].word.at == source->at.at)
			return &in->heredocs[i];
	return NULL;
}

/* Of "HEALTHCHECK CMD curl x" the words behind CMD; NONE has none, and what else
 * stands there is refused as a whole (check_health.c). */
const struct df_word *dockerfile_command(const struct df_instr *in, size_t *n)
{
	size_t skip = in->kind == DF_HEALTHCHECK;
	bool fits = in->kind & (DF_CMD | DF_ENTRYPOINT | DF_RUN | DF_SHELL |
				DF_HEALTHCHECK);
	if (skip && in->n_words)
		fits = str_eq_nocase(in->words[0].text, STR("CMD"));
	*n = fits && in->n_words > skip ? in->n_words - skip : 0;
	return *n ? in->words + skip : NULL;
}

/* Dockerfile reference, "Environment replacement", and ARG. */
bool dockerfile_expands_args(const struct df_instr *in)
{
	return in->kind &
	       (DF_ADD | DF_ARG | DF_COPY | DF_ENV | DF_EXPOSE | DF_FROM |
		DF_LABEL | DF_STOPSIGNAL | DF_USER | DF_VOLUME | DF_WORKDIR);
}

/* All other flags are taken as they are written: --from=$x names a stage "$x",
 * which there cannot be (DF_EDGE_VARIABLE). */
bool dockerfile_expands_flag(const struct df_instr *in, const struct df_flag *f)
{
	static const struct {
		enum df_kind kinds;
		const char *key;
	} rows[] = {
		{ DF_ADD | DF_COPY, "chown" }, { DF_ADD | DF_COPY, "chmod" },
		{ DF_ADD, "checksum" },	       { DF_FROM, "platform" },
		{ DF_RUN, "mount" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if ((in->kind & rows[i].kinds) && str_eqz(f->key, rows[i].key))
			return true;
	return false;
}
