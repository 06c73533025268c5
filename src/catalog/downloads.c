/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"

/* What fails on a server's error page where an archive, a package, a key or
 * JSON was meant to be. */
const struct catalog_tool catalog_downloads = {
	.name = "downloads",
	.checks_any = "sha1sum sha224sum sha256sum sha384sum sha512sum md5sum "
		      "b2sum shasum gpgv cosign minisign signify slsa-verifier",
	.checks =
		"tar bsdtar unzip gunzip gzip zcat xz unxz xzcat bunzip2 "
		"bzip2 bzcat zstd unzstd zstdcat lzip 7z 7za cpio ar gpg gpg2 "
		"apt-key openssl jq yq dpkg dpkg-deb apt apt-get rpm rpmkeys "
		"rpm2cpio yum dnf dnf5 microdnf zypper apk pip pip3 npm gem "
		"docker podman keytool psql sqlite3",
};
