/* SPDX-License-Identifier: Apache-2.0 */
/* base/severity.h - how grave a finding is, the gravest first. */
#pragma once

enum severity { SEV_ERROR, SEV_WARN, SEV_INFO, SEV_STYLE };
