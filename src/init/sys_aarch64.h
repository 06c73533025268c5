/* SPDX-License-Identifier: Apache-2.0 */
/* init/sys_aarch64.h - the entry point and the system call of aarch64. */
#pragma once

/* The kernel enters with argc at the stack pointer, 16-byte aligned. */
#define ENTRY                            \
	__asm__(".text\n.globl _start\n" \
		".hidden start\n"        \
		"_start:\n"              \
		"	mov x29, #0\n"         \
		"	mov x30, #0\n"         \
		"	mov x0, sp\n"          \
		"	bl start\n"            \
		"	brk #0\n")

static inline __attribute__((always_inline)) long sys6(long nr, long a, long b,
						       long c, long d, long e,
						       long f)
{
	register long x8 __asm__("x8") = nr;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;
	__asm__ volatile("svc #0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
			 : "memory");
	return x0;
}

static inline __attribute__((always_inline)) int sys4(long nr, long a, long b,
						      long c, long d)
{
	register long x8 __asm__("x8") = nr;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	__asm__ volatile("svc #0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3)
			 : "memory");
	return (int)x0;
}

static inline __attribute__((always_inline)) int sys3(long nr, long a, long b,
						      long c)
{
	return sys4(nr, a, b, c, 0);
}

static inline __attribute__((always_inline)) int sys1(long nr, long a)
{
	register long x8 __asm__("x8") = nr;
	register long x0 __asm__("x0") = a;
	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8) : "memory");
	return (int)x0;
}

static inline __attribute__((always_inline)) int sys2(long nr, long a, long b)
{
	register long x8 __asm__("x8") = nr;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1) : "memory");
	return (int)x0;
}
