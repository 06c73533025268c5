/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz.h - what every target defines; called by libFuzzer or replay.c. */
#pragma once
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
