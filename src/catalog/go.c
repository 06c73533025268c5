/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_go = {
	.name = "go",
	.programs = "go",
	.packages = "golang golang-go go",
	.toolchain =
		&(const struct catalog_toolchain){ .images = "golang",
						   .programs = "go",
						   .verbs = "build install",
						   .needs = "go gopls dlv air "
							    "golangci-lint" },
	.options = "-C -tags -ldflags -gcflags -asmflags -gccgoflags -o -p "
		   "-mod -modfile -overlay -pkgdir -toolexec -buildmode "
		   "-compiler -exec -covermode -coverpkg -installsuffix -pgo",
	.symbols =
		&(const struct catalog_symbols){
			.build = "build",
			.install = "install",
			.into = "/go/bin",
			.into_variable = "GOBIN",
			.linker_options = "-ldflags --ldflags",
			.stripping_flags = "s w",
			.variables = "GOFLAGS",
			.debugging = "-gcflags -buildmode -race" },
	.verbs = { .pin = "install get run", .build = "build install" },
	.project =
		&(const struct catalog_project){
			.verbs = "mod", .manifest = "go.mod and go.sum" },
	.caches = CACHES({ .name = "go-build",
			   .key = "go-build",
			   .programs = "go",
			   .verbs = "build install test run vet",
			   .mounts = "~/.cache/go-build",
			   .variables = "GOCACHE",
			   .clean_verbs = "clean",
			   .needs = "go",
			   .remedy = "build in a stage of its own, or "
				     "mount a cache there" },
			 /* Programs lie in /go/bin: a mount on /go takes the
			  * modules too, but not all in /go is modules. */
			 { .name = "go-modules",
			   .key = "go-modules",
			   .programs = "go",
			   .verbs = "build install test run get mod",
			   .second = "mod+download+tidy+vendor",
			   .manifests = "go.mod go.sum go.*",
			   .always = "mod get",
			   .mounts = "/go/pkg/mod ~/go/pkg/mod /go ~/go",
			   .options = "-mod=vendor",
			   .variables = "GOMODCACHE GOPATH",
			   .clean_verbs = "clean",
			   .needs = "go",
			   .remedy = "build in a stage of its own, or "
				     "mount a cache there" }),
	.places =
		PLACES(ALL_BELOW("**/.cache/go-build", "go-build", "go-build"),
		       ALL_BELOW("go/pkg/mod", "go-mod", NULL),
		       ALL_BELOW("root/go/pkg/mod", "go-mod", NULL),
		       ALL_BELOW("home/*/go/pkg/mod", "go-mod", NULL),
		       ALL_BELOW("**/go/pkg/mod", NULL, "go-modules")),
	.drops = DROPS({ .name = "go-build",
			 .holds = "object files of the go compiler",
			 .breaks = "nothing; the next go build is slow",
			 .presets = ANY_PRESET },
		       { .name = "go-mod",
			 .holds = "sources of modules that go fetched",
			 .breaks = "go build and go run without a network",
			 .presets = ANY_PRESET }),
	.estimates = ESTIMATES(
		{ "go-build", 88355476,
		  "cache after go build of a server on net/http, Go 1.26", true,
		  NULL },
		{ "go-modules", 137135345,
		  "pkg/mod after go get of gin 1.8.2: sources and archives",
		  true, NULL },
		{ "go-symbols", 2599448,
		  "a server on net/http, Go 1.26: 8,428,321 bytes, with -s -w "
		  "5,828,873",
		  true, NULL },
		{ "toolchain", 239607159,
		  "/usr/local/go of Go 1.26, linux/amd64", true, NULL }),
};
