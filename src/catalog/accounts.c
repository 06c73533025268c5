/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_accounts = {
	.name = "accounts",
	.switches_user = "gosu su-exec setpriv runuser chpst setuidgid "
			 "s6-setuidgid capsh pare-init fixuid",
	.drops_root =
		"nginx httpd apache2 apachectl apache2ctl apache2-foreground "
		"httpd-foreground php-fpm lighttpd haproxy squid "
		"postfix dovecot named dnsmasq sshd cron crond "
		"supervisord supervisorctl s6-svscan runsvdir my_init "
		"systemd init dockerd unbound vsftpd rsyslogd",
	.estimates = ESTIMATES(
		{ "useradd-lastlog", 292000292,
		  "/var/log/lastlog with a record of 292 bytes for each UID "
		  "up to 1,000,000, as a layer stores it" }),
};
