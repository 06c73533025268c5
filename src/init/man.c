/* SPDX-License-Identifier: Apache-2.0 */
/* Writes pare-init.1 from options.def; runs while building. */
#include <stdio.h>

struct row {
	const char *name, *arg, *text;
};

static const struct row rows[] = {
#define OPT(letter, name, arg, help, man) { name, arg, man },
#include "init/options.def"
#undef OPT
};

static const char head[] =
	".SH NAME\n"
	"pare-init \\- the first process of a container, and its user switch\n"
	".SH SYNOPSIS\n"
	".B pare-init\n[\\fIoptions\\fR] [\\fB\\-\\-\\fR] \\fIprogram\\fR "
	"[\\fIarguments\\fR]\n.br\n"
	".B pare-init probe\n[\\fB\\-\\-timeout\\fR \\fItime\\fR] "
	"\\fItarget\\fR\n.br\n"
	".B pare-init\n\\fBtini\\fR|\\fBdumb-init\\fR|\\fBcatatonit\\fR|"
	"\\fBgosu\\fR|\\fBsu-exec\\fR ...\n"
	".SH DESCRIPTION\n"
	"Runs a program as the init of a container: every signal is handed "
	"to the program, every process that ends is reaped, and the program's "
	"code is returned. As process 1 it is the init of its namespace; "
	"otherwise it becomes the subreaper of what it starts. It sleeps until "
	"something happens.\n.PP\n"
	"Options end at the first word that is not one; the program's own "
	"options are never looked at.\n"
	".SH OPTIONS\n";

static const char tail[] =
	".SH PROBE\n"
	".B pare-init probe\nis for HEALTHCHECK. It ends with 0 or 1. Targets "
	"are\n"
	".BR http:// HOST[:PORT][/PATH]\n(healthy with a status of 200 to 399; "
	"no redirect is followed),\n"
	".BR tcp:// HOST:PORT ,\n"
	".BR unix:// PATH\n(something accepts the connection) and\n"
	".BR file: PATH\n(it exists). HOST is a numeric address, an IPv6 one "
	"in "
	"brackets, or localhost. The time limit is 3s unless given.\n"
	".SH OTHER NAMES\n"
	"Called as tini (docker-init), dumb-init, catatonit (podman-init), "
	"gosu or su-exec, or with such a name as the first word, it takes the "
	"options and the environment of that program and returns its codes.\n"
	".SH EXIT STATUS\n"
	"The program's code; 128 and the number of the signal that ended it; "
	"127 when it is not found and 126 when it cannot be run; 125 when "
	"pare-init itself fails.\n"
	".SH NOTES\n"
	"Signals are TERM, SIGTERM, 15, RTMIN+1 and the like. What the "
	"terminal sends to the process group is not sent a second time. A "
	"signal that was queued with a value keeps it when it goes to the "
	"child alone. /proc is not needed, but for \\-\\-grace where pare-init "
	"is not process 1: there it finds its descendants by it.\n"
	".SH SEE ALSO\n.BR pare (1),\n.BR signal (7)\n";

/* Hyphens as typed. */
static void put(const char *s)
{
	for (; *s; s++) {
		if (*s == '-')
			putchar('\\');
		putchar(*s);
	}
}

/* Breaks lines of text behind column 70; requests stay as they are. */
static void fill(const char *s, int escape)
{
	int column = 0, request = 0;

	for (; *s; s++) {
		if (!column)
			request = *s == '.';
		column = *s == '\n' ? 0 : column + 1;
		if (*s == ' ' && !request && column > 70) {
			putchar('\n');
			column = 0;
			continue;
		}
		if (*s == '-' && escape)
			putchar('\\');
		putchar(*s);
	}
}

int main(int argc, char **argv)
{
	printf(".TH PARE-INIT 1 \"\" \"pare %s\"\n", argc > 1 ? argv[1] : "");
	fill(head, 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fputs(".TP\n\\fB\\-\\-", stdout);
		put(rows[i].name);
		fputs("\\fR", stdout);
		if (*rows[i].arg) {
			fputs("=\\fI", stdout);
			put(rows[i].arg);
			fputs("\\fR", stdout);
		}
		putchar('\n');
		fill(rows[i].text, 1);
		putchar('\n');
	}
	fill(tail, 0);
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
