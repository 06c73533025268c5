/* SPDX-License-Identifier: Apache-2.0 */
/* init/sys_x86_64.h - the entry point and the system call of x86-64. */
#pragma once

/* The kernel enters with argc at the stack pointer; psABI 3.4.1. */
#define ENTRY                            \
	__asm__(".text\n.globl _start\n" \
		".hidden start\n"        \
		"_start:\n"              \
		"	xor %ebp, %ebp\n"      \
		"	mov %rsp, %rdi\n"      \
		"	and $-16, %rsp\n"      \
		"	call start\n"          \
		"	hlt\n")

static inline __attribute__((always_inline)) long sys6(long nr, long a, long b,
						       long c, long d, long e,
						       long f)
{
	long ret;
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8),
			   "r"(r9)
			 : "rcx", "r11", "memory");
	return ret;
}

static inline __attribute__((always_inline)) int sys4(long nr, long a, long b,
						      long c, long d)
{
	long ret;
	register long r10 __asm__("r10") = d;
	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10)
			 : "rcx", "r11", "memory");
	return (int)ret;
}

static inline __attribute__((always_inline)) int sys3(long nr, long a, long b,
						      long c)
{
	long ret;
	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
	return (int)ret;
}

static inline __attribute__((always_inline)) int sys2(long nr, long a, long b)
{
	long ret;
	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(a), "S"(b)
			 : "rcx", "r11", "memory");
	return (int)ret;
}

static inline __attribute__((always_inline)) int sys1(long nr, long a)
{
	long ret;
	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(a)
			 : "rcx", "r11", "memory");
	return (int)ret;
}
