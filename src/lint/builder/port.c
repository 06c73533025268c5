/* SPDX-License-Identifier: Apache-2.0 */
/* EXPOSE: [[IP:]HOST:]PORT[-PORT][/PROTOCOL], as the builder takes it apart.
 *
 * Counted from the right, so that an address may hold colons: in
 * "::1:8080:80/tcp" the port is 80, that of the host 8080, and ::1 is left. */
#include <arpa/inet.h>

#include "base/chars.h"
#include "dockerfile/expand.h"
#include "lint/builder/builder.h"

/* strconv.ParseInt and 0 to 65535. */
static bool is_number(struct str s, uint64_t *v)
{
	bool minus = s.n && s.p[0] == '-';
	bool sign = minus || (s.n && s.p[0] == '+');
	return str_to_u64(str_from(s, sign), v) && *v <= UINT16_MAX &&
	       !(minus && *v);
}

/* NULL: it is a port or a range, of *n ports. */
static const char *range_fault(struct str s, uint64_t *n)
{
	uint64_t from, to;
	struct str first = s, last = s;
	bool range = str_cut(s, '-', &first, &last);
	if (!range)
		first = last = s;
	*n = 1;
	if (range && first.n == 0)
		return "a port is a number from 0 to 65535";
	if (!is_number(first, &from))
		return "a port is a number from 0 to 65535";
	if (!range || str_eq(first, last))
		return NULL;
	if (!is_number(last, &to))
		return "a range is two numbers from 0 to 65535";
	*n = to - from + 1;
	return to < from ? "the range ends below its beginning" : NULL;
}

static const char *address_fault(struct str ip)
{
	char text[INET6_ADDRSTRLEN + 1];
	uint8_t raw[16];
	if (ip.n > 1 && ip.p[0] == '[' && ip.p[ip.n - 1] == ']')
		ip = (struct str){ ip.p + 1, ip.n - 2 };
	if (ip.n == 0)
		return NULL;
	if (ip.n >= sizeof text)
		return "that is no IP address";
	memcpy(text, ip.p, ip.n);
	text[ip.n] = 0;
	return inet_pton(AF_INET, text, raw) == 1 ||
			       inet_pton(AF_INET6, text, raw) == 1
		       ? NULL
		       : "that is no IP address";
}

/* The part behind the last colon, which goes from *s. */
static struct str cut_last(struct str *s)
{
	size_t at = s->n;
	while (at > 0 && s->p[at - 1] != ':')
		at--;
	struct str last = str_from(*s, at);
	s->n = at ? at - 1 : 0;
	return last;
}

const char *lint_port_fault(struct str port)
{
	struct str rest = port, protocol = STR("");
	uint64_t n, n_host;
	struct str inside = cut_last(&rest), host = cut_last(&rest);
	if (str_cut(inside, '/', &inside, &protocol) && inside.n == 0)
		return "there is no port in front of the protocol";
	if (inside.n == 0)
		return "there is no port";
	if (protocol.n && !str_eq_nocase(protocol, STR("tcp")) &&
	    !str_eq_nocase(protocol, STR("udp")) &&
	    !str_eq_nocase(protocol, STR("sctp")))
		return "the protocols are tcp, udp and sctp";
	const char *why = address_fault(rest);
	if (!why)
		why = range_fault(inside, &n);
	if (!why && host.n)
		why = range_fault(host, &n_host);
	if (!why && host.n && n != n_host && n != 1)
		why = "the ranges have different lengths";
	return why;
}

/* A comment cannot stand behind an instruction: its words would be ports. */
static int refuse_comment(struct refusal *r, struct span at)
{
	struct span rest = r->in->rest.at;
	struct span words = span_of(at.at, span_end(rest));
	struct str said = span_str(r->f->df->text, words);
	return lint_refuse(r, words,
			   "EXPOSE takes %s for ports, which the builder "
			   "refuses; write it on a line of its own",
			   lint_refusal_shown(said).text);
}

/* What is wrong of the whole line is told once; 1: it was. */
static int refuse_all(struct refusal *r, struct span at, struct str port)
{
	int done = 0;
	if (port.p[0] == '#')
		done = refuse_comment(r, at);
	else if (port.p[0] == '[')
		done = lint_refuse(
			r, r->in->rest.at,
			"EXPOSE knows no JSON form, so %s is no port; "
			"write the ports with blanks between them",
			lint_refusal_shown(r->in->rest.text).text);
	else if (memchr(port.p, ',', port.n))
		done = lint_refuse(
			r, at,
			"EXPOSE %s is no port: ports stand with blanks "
			"between them, not commas",
			str_quoted(port).text);
	else
		return 0;
	return done < 0 ? -1 : 1;
}

/* The builder stops at the first port; each one has a cause of its own. */
static int refuse_port(struct refusal *r, struct span at, struct str port)
{
	const char *why = lint_port_fault(port);
	if (!why)
		return 0;
	r->told = false;
	int done = refuse_all(r, at, port);
	if (done)
		return done;
	return lint_refuse(r, at, "EXPOSE %s is refused: %s",
			   str_quoted(port).text, why);
}

/* The words of a literal have places of their own; of an expanded one the
 * whole word is to blame. */
int lint_refuse_expose(struct refusal *r)
{
	for (size_t i = 0; i < r->in->n_words; i++) {
		const struct df_word *w = &r->in->words[i];
		struct expand_word *words;
		size_t n;
		bool known;
		int read = lint_refusal_words(r, w, &words, &n, &known);
		if (read < 0)
			return -1;
		for (size_t k = 0; read && known && k < n; k++) {
			int done = refuse_port(r, w->at, words[k].text);
			if (done)
				return done < 0 ? -1 : 0;
		}
	}
	return 0;
}
