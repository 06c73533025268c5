/* SPDX-License-Identifier: Apache-2.0 */
/* gunzip over isa-l, under names of its own. */
#define decoder_gzip decoder_gzip_isal
#define codec_inflater_new isal_inflater_new
#define codec_inflater_reset isal_inflater_reset
#define codec_inflater_step isal_inflater_step
#define codec_inflater_carry isal_inflater_carry
#define codec_inflater_free isal_inflater_free

#include "codec/inflate_isal.c"
#include "codec/gunzip.c" /* what it includes was included with the names */
