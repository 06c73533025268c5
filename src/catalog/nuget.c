/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

#define DOTNET "dotnet+build+publish+run+pack+test msbuild"

const struct catalog_tool catalog_nuget = {
	.name = "nuget",
	.programs = "dotnet",
	.toolchain =
		&(const struct catalog_toolchain){
			.images = "mcr.microsoft.com/dotnet/sdk "
				  "mcr.microsoft.com/dotnet/core/sdk",
			.programs = "dotnet",
			.verbs = "publish build",
			.needs = "watch test" },
	.debug =
		&(const struct catalog_debug){
			.verbs = "publish",
			.given = "-c=Debug --configuration=Debug",
			.remedy = "dotnet publishes a debug build; use -c "
				  "Release" },
	.caches = CACHES({ .name = "nuget",
			   .key = "nuget-packages",
			   .programs = "dotnet",
			   .verbs = "restore build publish test run",
			   .mounts = "~/.nuget ~/.nuget/packages",
			   .variables = "NUGET_PACKAGES",
			   .clean_verbs = "nuget",
			   .remedy = "build in a stage of its own, or "
				     "mount a cache there" }),
	.places = PLACES(
		ALL_BELOW("**/.nuget/packages", "nuget", "nuget"),
		ALL_BELOW("**/.local/share/NuGet/http-cache", "nuget", "nuget"),
		ALL_BELOW("**/.local/share/NuGet/v3-cache", "nuget", "nuget"),
		ALL_BELOW("**/.local/share/NuGet/plugins-cache", "nuget",
			  "nuget")),
	.drops = DROPS({ .name = "nuget",
			 .holds = "packages and answers that nuget keeps",
			 .breaks = "dotnet build without a network; programs "
				   "that were not published and load packages "
				   "from there",
			 .presets = ANY_PRESET }),
	.traces = TRACES(TRACE_DIR("bin", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				   .made_by = DOTNET,
				   .beside = "*.csproj *.fsproj *.vbproj"),
			 TRACE_DIR("obj", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				   .made_by = DOTNET,
				   .beside = "*.csproj *.fsproj *.vbproj")),
};
