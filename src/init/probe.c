/* SPDX-License-Identifier: Apache-2.0 */
/* probe: a HEALTHCHECK without curl or a shell.
 *
 * Ends with 0 or 1 and nothing else, as docker wants it. Names are not
 * resolved and redirects not followed: a health check talks to its own
 * container. */
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/poll.h>
#include <linux/un.h>
#include "init/init.h"

#define FAMILY_UNIX 1
#define FAMILY_INET 2
#define FAMILY_INET6 10
#define KIND_STREAM_NONBLOCK (1 | O_NONBLOCK | O_CLOEXEC)
#define TARGET_SIZE 1024
#define HOST_MAX 48 /* an address and a port */
#define HEAD_MAX 16 /* "HTTP/1.1 200" and what follows it */

struct probe {
	struct init *in;
	const char *target;
	int64_t due_ns;
	int fd;
};

/* struct sockaddr_in and sockaddr_in6 begin alike; the address is at 4 or 8. */
struct address {
	uint16_t family;
	uint8_t port[2];
	uint8_t bytes[24];
};

static NORETURN void unhealthy(struct probe *p, const char *why)
{
	die(p->in, "probe %s: %s", p->target, why);
}

static NORETURN void failed(struct probe *p, int err)
{
	unhealthy(p, error_text(-err));
}

static void wait_for(struct probe *p, short events)
{
	struct pollfd fd = { (int)p->fd, events, 0 };
	int64_t left = p->due_ns - now_ns();
	struct ktime t = { left / NS_PER_S, left % NS_PER_S };

	if (left <= 0 || SYS6(ppoll, &fd, 1, &t, NULL, 8, 0) <= 0)
		failed(p, -ETIMEDOUT);
}

static void nap(struct probe *p)
{
	struct ktime t = { 0, 10 * NS_PER_MS };

	if (now_ns() > p->due_ns)
		failed(p, -ETIMEDOUT);
	if (SYS6(ppoll, NULL, 0, &t, NULL, 8, 0) < 0)
		failed(p, -EINTR);
}

/* 0, or -errno; the end of time ends the probe. */
static int try_connect(struct probe *p, int family, const void *address,
		       size_t size)
{
	int err = 0, n = sizeof err;
	int r;

	p->fd = SYS3(socket, family, KIND_STREAM_NONBLOCK, 0);
	if (p->fd < 0)
		return p->fd;
	r = SYS3(connect, p->fd, address, size);
	if (r == -EINPROGRESS) {
		wait_for(p, POLLOUT);
		r = SYS6(getsockopt, p->fd, 1 /* SOL_SOCKET */,
			 4 /* SO_ERROR */, &err, &n, 0);
		r = r ? r : -err;
	}
	if (r)
		SYS1(close, p->fd);
	return r;
}

/* --- addresses ----------------------------------------------------------- */

static bool parse_v4(const char *s, uint8_t *out)
{
	for (int i = 0; i < 4; i++) {
		long n = take_number(&s, 255);

		if (n < 0 || *s != (i < 3 ? '.' : 0))
			return false;
		out[i] = (uint8_t)n;
		s++;
	}
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One group of up to four hex digits; *s moves behind it. */
static bool take_group(const char **s, uint8_t *out)
{
	int value = 0, n = 0;

	for (; n < 4 && hex_digit(**s) >= 0; n++)
		value = value * 16 + hex_digit(*(*s)++);
	out[0] = (uint8_t)(value >> 8);
	out[1] = (uint8_t)value;
	return n > 0;
}

/* RFC 4291 2.2, forms 1 and 2: groups of hex digits, "::" once. `out` is
 * zero. */
static bool parse_v6(const char *s, uint8_t *out)
{
	int n = 0, gap = -1;

	while (*s) {
		if (s[0] == ':' && s[1] == ':' && gap < 0) {
			gap = n;
			s += 2;
			continue;
		}
		if (n && gap != n && *s++ != ':')
			return false;
		if (n == 16 || !take_group(&s, out + n))
			return false;
		n += 2;
	}
	if (gap < 0 || n == 16)
		return gap < 0 && n == 16;
	for (int i = n - 1; i >= gap;
	     i--) { /* what is behind goes to the end */
		out[16 - n + i] = out[i];
		out[i] = 0;
	}
	return true;
}

/* A numeric address; that of IPv6 follows a '['. */
static int connect_address(struct probe *p, const char *host, int port)
{
	struct address to = { 0 };
	bool v6 = *host == '[';

	to.family = v6 ? FAMILY_INET6 : FAMILY_INET;
	to.port[0] = (uint8_t)(port >> 8);
	to.port[1] = (uint8_t)port;
	if (!(v6 ? parse_v6(host + 1, to.bytes + 4) : parse_v4(host, to.bytes)))
		unhealthy(p, "not an address");
	return try_connect(p, to.family, &to,
			   v6 ? sizeof(struct sockaddr_in6)
			      : sizeof(struct sockaddr_in));
}

static void connect_host(struct probe *p, const char *host, int port)
{
	bool local = str_eq(host, "localhost");
	int r = connect_address(p, local ? "127.0.0.1" : host, port);

	if (r && local)
		r = connect_address(p, "[::1", port);
	if (r)
		failed(p, r);
}

/* HOST[:PORT], cut into pieces. */
static void connect_to(struct probe *p, char *host, int port)
{
	char *end = host;

	if (*host == '[') { /* the ']' becomes the end */
		cut(&end, ']');
		if (*end && *end++ != ':')
			port = -1;
	} else {
		cut(&end, ':');
	}
	if (*end)
		port = (int)parse_number(end, 65535);
	if (port <= 0)
		unhealthy(p, "needs HOST:PORT");
	connect_host(p, host, port);
}

/* --- the probes ---------------------------------------------------------- */

static void send_request(struct probe *p, const char *host, const char *path)
{
	const char *s = path;

	while ((unsigned char)*s > ' ')
		s++;
	if (*s || s - path > 512)
		unhealthy(p, "bad path");
	say(p->in, TO_FD + p->fd,
	    "GET /%s HTTP/1.1\r\nHost: %s\r\n"
	    "User-Agent: pare-init\r\nConnection: close\r\n\r\n",
	    path, host);
}

/* The status is all that is read, so what the body looks like does not
 * matter. 200 to 399 is healthy, as for an orchestrator's own HTTP probe. */
static void probe_http(struct probe *p, char *path)
{
	char *host = cut(&path, '/'), whole[HOST_MAX + 1];
	size_t length = str_len(host);
	char head[HEAD_MAX + 1] = { 0 };
	int n = 0, got;

	if (length > HOST_MAX)
		unhealthy(p, "not an address");
	memcpy(whole, host, length + 1); /* connect_to() cuts it to pieces */
	connect_to(p, host, 80);
	send_request(p, whole, path);
	do {
		wait_for(p, POLLIN);
		got = SYS3(read, p->fd, head + n, HEAD_MAX - n);
		if (got > 0)
			n += got;
	} while (n < HEAD_MAX && got > 0);
	if (!str_after(head, "HTTP/1.") || n < 12)
		unhealthy(p, "not HTTP");
	head[12] = 0;
	if (head[9] != '2' && head[9] != '3')
		unhealthy(p, head);
}

static void probe_unix(struct probe *p, const char *path)
{
	struct sockaddr_un to = { .sun_family = FAMILY_UNIX };
	size_t n = str_len(path);
	int r;

	if (!n || n >= sizeof to.sun_path)
		unhealthy(p, "bad path");
	memcpy(to.sun_path, path, n);
	while ((r = try_connect(p, FAMILY_UNIX, &to, sizeof to)) == -EAGAIN)
		nap(p); /* its queue is full, which is no illness yet */
	if (r)
		failed(p, r);
}

static void probe_file(struct probe *p, const char *path)
{
	struct stat st;
	int r = SYS4(newfstatat, AT_FDCWD, path, &st, 0);

	if (r)
		failed(p, r);
}

static void run(struct probe *p, char *target)
{
	char *rest = target;

	cut(&rest, ':');
	if (str_eq(target, "file")) {
		probe_file(p, rest);
		return;
	}
	if (!str_after(rest, "//"))
		unhealthy(p, "not understood");
	rest += 2;
	if (str_eq(target, "http"))
		probe_http(p, rest);
	else if (str_eq(target, "tcp"))
		connect_to(p, rest, 0);
	else if (str_eq(target, "unix"))
		probe_unix(p, rest);
	else
		unhealthy(p, "not understood");
}

void probe_main(struct init *in, char **argv)
{
	int64_t timeout_ns = 3 * NS_PER_S;
	char target[TARGET_SIZE];
	struct probe p = { .in = in };
	const char *value;

	if (*argv && (value = str_after(*argv, "--timeout"))) {
		argv++;
		if (*value == '=')
			value++;
		else if (*argv)
			value = *argv++;
		timeout_ns = parse_duration(value);
	}
	if (!*argv || argv[1] || timeout_ns < 0 ||
	    str_len(*argv) >= sizeof target)
		die(in,
		    "probe [--timeout=TIME] http://|tcp://|unix://|file:...");
	p.target = *argv;
	p.due_ns = now_ns() + timeout_ns;
	memcpy(target, *argv, str_len(*argv) + 1);
	run(&p, target);
	sys_exit(0);
}
