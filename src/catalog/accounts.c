/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_accounts = {
	.name = "accounts",
	.switches_user = "gosu su-exec setpriv runuser chpst setuidgid "
			 "s6-setuidgid capsh pare-init fixuid",
	.drops_root = "su sudo nginx httpd apache2 apachectl apache2ctl "
		      "apache2-foreground "
		      "httpd-foreground php-fpm lighttpd haproxy squid "
		      "postfix dovecot named dnsmasq sshd cron crond "
		      "supervisord supervisorctl s6-svscan runsvdir my_init "
		      "systemd init dockerd unbound vsftpd rsyslogd",
	.estimates = ESTIMATES(
		{ "lastlog-record", 292,
		  "one record of /var/log/lastlog in Debian 12; useradd makes "
		  "the file long enough for the new UID, and a layer stores "
		  "its holes, too",
		  false, NULL }),
};
