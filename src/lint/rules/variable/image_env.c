/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/variable/image_env.h"

#include "lint/facts/bases.h"
#include "lint/facts/words.h"

#define JAVA                                                            \
	"JAVA_HOME JAVA_VERSION LANG LANGUAGE LC_ALL JAVA_URL_VERSION " \
	"JAVA_BASE_URL JAVA_DEBIAN_VERSION CA_CERTIFICATES_JAVA_VERSION"

/* Of all their versions together. */
static const struct {
	const char *repos;
	const char *names;
} images[] = {
	{ "scratch alpine busybox debian ubuntu buildpack-deps", "" },
	{ "centos rockylinux almalinux amazonlinux oraclelinux photon", "" },
	{ "fedora", "DISTTAG FGC FBR container" },
	{ "archlinux", "LANG" },
	{ "opensuse/leap opensuse/tumbleweed registry.suse.com/bci/bci-base",
	  "" },
	{ "node", "NODE_VERSION YARN_VERSION NPM_CONFIG_LOGLEVEL" },
	{ "golang", "GOLANG_VERSION GOTOOLCHAIN GOPATH GOCACHE" },
	{ "rust", "RUSTUP_HOME CARGO_HOME RUST_VERSION RUSTUP_VERSION" },
	{ "python",
	  "LANG GPG_KEY PYTHON_VERSION PYTHON_SHA256 PYTHON_PIP_VERSION "
	  "PYTHON_SETUPTOOLS_VERSION PYTHON_GET_PIP_URL "
	  "PYTHON_GET_PIP_SHA256" },
	{ "ruby",
	  "LANG RUBY_VERSION RUBY_MAJOR RUBY_DOWNLOAD_URL "
	  "RUBY_DOWNLOAD_SHA256 RUBYGEMS_VERSION BUNDLER_VERSION GEM_HOME "
	  "BUNDLE_PATH BUNDLE_BIN BUNDLE_APP_CONFIG "
	  "BUNDLE_SILENCE_ROOT_WARNING" },
	{ "php",
	  "PHPIZE_DEPS PHP_INI_DIR PHP_CFLAGS PHP_CPPFLAGS PHP_LDFLAGS "
	  "PHP_EXTRA_BUILD_DEPS PHP_EXTRA_CONFIGURE_ARGS GPG_KEYS PHP_VERSION "
	  "PHP_URL PHP_ASC_URL PHP_SHA256 PHP_MD5 APACHE_CONFDIR "
	  "APACHE_ENVVARS" },
	{ "nginx",
	  "NGINX_VERSION NJS_VERSION NJS_RELEASE PKG_RELEASE DYNPKG_RELEASE "
	  "ACME_VERSION" },
	{ "httpd", "HTTPD_PREFIX HTTPD_VERSION HTTPD_SHA256 HTTPD_PATCHES "
		   "APACHE_DIST_URLS" },
	{ "redis",
	  "GOSU_VERSION REDIS_VERSION REDIS_DOWNLOAD_URL REDIS_DOWNLOAD_SHA" },
	{ "postgres", "GOSU_VERSION LANG PG_MAJOR PG_VERSION PGDATA PG_SHA256 "
		      "DOCKER_PG_LLVM_DEPS" },
	{ "mysql",
	  "GOSU_VERSION MYSQL_MAJOR MYSQL_VERSION MYSQL_SHELL_VERSION" },
	{ "openjdk eclipse-temurin amazoncorretto ibm-semeru-runtimes", JAVA },
	{ "maven", JAVA " MAVEN_HOME MAVEN_CONFIG MAVEN_VERSION" },
	{ "gradle", JAVA " GRADLE_HOME GRADLE_VERSION" },
	{ "tomcat",
	  JAVA " CATALINA_HOME TOMCAT_NATIVE_LIBDIR LD_LIBRARY_PATH GPG_KEYS "
	       "TOMCAT_MAJOR TOMCAT_VERSION TOMCAT_SHA512 OPENSSL_VERSION "
	       "TOMCAT_TGZ_URLS TOMCAT_ASC_URLS" },
};

bool lint_image_env_find(struct str reference, const char **names)
{
	struct str repo = lint_image_of(reference).repo;
	for (size_t i = 0; i < ARRAY_LEN(images); i++)
		if (lint_word_in(repo, images[i].repos)) {
			*names = images[i].names;
			return true;
		}
	return false;
}
