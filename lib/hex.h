/* Hexadecimal digits. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_HEX_H
#define SIEM_HEX_H

/* What a digit stands for, in either case; -1 where it is none. */
static inline int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
