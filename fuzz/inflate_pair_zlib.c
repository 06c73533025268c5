/* SPDX-License-Identifier: Apache-2.0 */
/* gunzip over zlib, under names of its own. */
#define decoder_gzip decoder_gzip_zlib
#define codec_inflater_new zlib_inflater_new
#define codec_inflater_reset zlib_inflater_reset
#define codec_inflater_step zlib_inflater_step
#define codec_inflater_carry zlib_inflater_carry
#define codec_inflater_free zlib_inflater_free

#include "codec/inflate_zlib.c"
#include "codec/gunzip.c" /* what it includes was included with the names */
