/* Where the lines of a block end, many at a time, and which of them JSON can hold as they are. */
/* SPDX-License-Identifier: MIT */
#include "newlines.h"

#include "scan.h"

enum {
	STEP = 64, /* bytes: a bit of a word for each */
};

/* What there is among the bytes of a step, the first in the lowest bit. */
struct step {
	uint64_t newlines, odd;
};

#ifdef __SSE2__

/* Sixteen bytes: bits of those that end a line, and of those that are not plain. */
static inline void look_at_16(const char *p, bool with_odd, int at, struct step *step)
{
	const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
	/* One more, and as signed bytes: DEL and what is above are below blanks as well. */
	__m128i odd = _mm_cmplt_epi8(_mm_add_epi8(bytes, _mm_set1_epi8(1)), _mm_set1_epi8(0x21));

	step->newlines |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'))) << at;
	if (!with_odd)
		return;
	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
	step->odd |= (uint64_t)(unsigned)_mm_movemask_epi8(odd) << at;
}

static inline struct step look(const char *p, bool with_odd)
{
	struct step step = { 0 };

	for (int at = 0; at < STEP; at += 16)
		look_at_16(p + at, with_odd, at, &step);
	return step;
}

#else

static inline struct step look(const char *p, bool with_odd)
{
	struct step step = { 0 };

	for (int at = 0; at < STEP; at++) {
		step.newlines |= (uint64_t)(p[at] == '\n') << at;
		step.odd |= (uint64_t)(with_odd && !scan_is_plain((unsigned char)p[at])) << at;
	}
	return step;
}

#endif

/* Lines that are being found. */
struct finding {
	size_t *ends, count;
	uint64_t odd;	 /* bit per line */
	uint64_t before; /* odd bytes of the line in hand, in the steps before */
};

/*
 * No branch asks whether a step ends a line: how long lines are nobody can foretell, and it would be guessed wrong.
 * Most steps end one line or none; those that end more are rare.
 */
static inline void take_step(struct finding *f, struct step step, size_t at, bool with_odd)
{
	uint64_t newlines = step.newlines, odd = step.odd & ~newlines;

	do {
		const uint64_t ends = newlines != 0, within = newlines ^ (newlines - 1);
		f->ends[f->count] = at + (size_t)__builtin_ctzll(newlines | UINT64_C(1) << (STEP - 1));
		if (with_odd) {
			f->before |= odd & within;
			f->odd |= (ends & (f->before != 0)) << f->count;
			f->before &= ends - 1;
			odd &= ~within;
		}
		f->count += ends;
		newlines &= newlines - 1;
	} while (newlines != 0 && f->count < NEWLINES_MAX);
	f->before |= odd;
}

static inline __attribute__((always_inline)) void find(struct newlines *lines, const char *block, size_t from,
						       size_t to, bool with_odd,
						       struct step (*look_at)(const char *p, bool))
{
	struct finding f = { .ends = lines->ends };
	struct step last;

	for (; to - from >= STEP && f.count < NEWLINES_MAX; from += STEP)
		take_step(&f, look_at(block + from, with_odd), from, with_odd);
	if (from < to && f.count < NEWLINES_MAX) {
		const uint64_t known = ~(~UINT64_C(0) << ((to - from) % STEP));
		last = look_at(block + from, with_odd);
		take_step(&f, (struct step){ last.newlines & known, last.odd & known }, from, with_odd);
	}
	lines->count = f.count;
	lines->next = 0;
	lines->odd = f.odd;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

/* The same with 32 bytes at a time. */
__attribute__((target("avx2"))) static inline struct step look_wide(const char *p, bool with_odd)
{
	struct step step = { 0 };

	for (int at = 0; at < STEP; at += 32) {
		const __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(p + at));
		const __m256i newlines = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n'));
		__m256i odd = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x21), _mm256_add_epi8(bytes, _mm256_set1_epi8(1)));
		step.newlines |= (uint64_t)(uint32_t)_mm256_movemask_epi8(newlines) << at;
		if (!with_odd)
			continue;
		odd = _mm256_or_si256(odd, _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"')));
		odd = _mm256_or_si256(odd, _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\')));
		step.odd |= (uint64_t)(uint32_t)_mm256_movemask_epi8(odd) << at;
	}
	return step;
}

__attribute__((target("avx2"))) static void find_wide(struct newlines *lines, const char *block, size_t from, size_t to,
						      bool with_odd)
{
	if (with_odd)
		find(lines, block, from, to, true, look_wide);
	else
		find(lines, block, from, to, false, look_wide);
}

#define FIND_WIDE __builtin_cpu_supports("avx2")
#else
#define find_wide(lines, block, from, to, with_odd)
#define FIND_WIDE false
#endif

void newlines_find(struct newlines *lines, const char *block, size_t from, size_t to, bool with_odd)
{
	if (FIND_WIDE)
		find_wide(lines, block, from, to, with_odd);
	else if (with_odd)
		find(lines, block, from, to, true, look);
	else
		find(lines, block, from, to, false, look);
}
