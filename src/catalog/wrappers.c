/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* Programs that run what their command line ends with. An option that takes a
 * word must be known here: without -u, `sudo -u app pip install x` would run
 * a program called app. */
const struct catalog_tool catalog_wrappers = {
	.name = "wrappers",
	.wrappers = WRAPPERS(
		{ .programs = "sudo doas",
		  .options = "-u -g -p -h -C -T -D -R -U -r -t --user --group "
			     "--prompt --host --chdir --chroot --close-from "
			     "--command-timeout --role --type --other-user",
		  .asks = "-l -v -V -K -e -L --list --validate --version "
			  "--edit --remove-timestamp" },
		{ .programs = "env",
		  .options = "-u -C -S --unset --chdir --split-string" },
		{ .programs = "exec", .options = "-a" },
		{ .programs = "command", .asks = "-v -V" },
		{ .programs = "busybox", .asks = "--list --install --help" },
		{ .programs = "nice", .options = "-n --adjustment" },
		{ .programs = "ionice",
		  .options = "-c -n -p -P -u --class --classdata",
		  .asks = "-p -P -u --pid --pgid --uid" },
		{ .programs = "timeout",
		  .options = "-s -k --signal --kill-after",
		  .operands = 1 },
		{ .programs = "stdbuf",
		  .options = "-i -o -e --input --output --error" },
		{ .programs = "gosu su-exec setarch", .operands = 1 },
		{ .programs = "runuser",
		  .options = "-u -g -G --user --group --supp-group",
		  .asks = "-l -c - --login --command" },
		{ .programs = "setpriv",
		  .options = "--reuid --regid --groups --inh-caps --ambient-"
			     "caps --bounding-set --securebits" },
		{ .programs = "xargs",
		  .options = "-a -d -E -I -L -n -P -s --arg-file --delimiter "
			     "--max-args --max-chars --max-lines "
			     "--max-procs --replace" },
		{ .programs = "time", .options = "-f -o --format --output" },
		{ .programs = "xvfb-run",
		  .options = "-e -f -n -p -s -w --error-file --auth-file "
			     "--server-num --xauth-protocol --server-args "
			     "--wait" },
		{ .programs = "nohup setsid builtin chronic eatmydata "
			      "fakeroot linux32 linux64 unbuffer" },
		/* Those that run a program in an environment of their own. */
		{ .programs = "conda mamba micromamba",
		  .verb = "run",
		  .options = "-n -p --name --prefix --cwd" },
		{ .programs = "poetry pipenv pdm", .verb = "run" },
		{ .programs = "bundle", .verb = "exec" }),
};
