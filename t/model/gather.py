#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Logs with events of several lines, and which lines make one: written anew, from the page, to judge siem-parse.

  gather.py make SEED COUNT   a log: records of audit events, interleaved, incomplete, of several machines, in native
                              form and in syslog, among lines of syslog, of applications with stack traces, and none
  gather.py events [join]     of a log on standard input: raw_text of each event, as JSON, in order
  gather.py drip SEED         standard input to standard output in pieces of any size
"""
import json
import os
import random
import re
import sys
import time

LINES_MAX, BYTES_MAX = 4096, 512 << 10
PARTS = {'LOGIN', 'SYSCALL', 'EXECVE', 'CWD', 'PATH', 'SOCKADDR', 'AVC', 'MMAP', '1321', 'UNKNOWN[1399]'}
LAST = {'PROCTITLE', 'EOE'}
RECORD = re.compile(r'^(?:node=(?P<node>\S+) )?type=(?P<type>\S+) (?:msg=)?audit\((?P<event>(?P<time>\d+\.\d+):\d+)\)')
SYSLOG = re.compile(r'^2024-06-10T12:(?P<m>\d\d):(?P<s>\d\d)Z (?P<host>\S+) (?P<program>[\w/-]+)(?:\[\d+\])?: (?P<text>.*)$')
APP = re.compile(r'^ *2024-06-10 12:(?P<m>\d\d):(?P<s>\d\d),\d\d\d ')
START = 1718020800  # 2024-06-10T12:00:00Z


def seconds(match):
    return START + 60 * int(match['m']) + int(match['s'])


class Line:
    """What the page says of a line: its machine, time, event; whether a format knows it."""
    def __init__(self, raw):
        self.raw, text = raw, raw.removesuffix('\r')
        self.host, self.time, self.event, self.type = '', None, None, None
        self.known, self.indented = True, text[:1] in (' ', '\t')
        self.marked = bool(re.match(r'(Caused by: |at |\.\.\. \d|#\d|--- End of |goroutine )', text))
        if (m := SYSLOG.match(text)):
            self.host, self.time = m['host'], seconds(m)
            inner = re.sub(r'^(\[\s*[\d.]+\] )?(audit: )?', '', m['text'])
            if m['program'] in ('kernel', 'audispd') and (r := RECORD.match(inner)):
                self.record(r, m['program'])
        elif (r := RECORD.match(text)):
            self.host, self.time = r['node'] or '', float(r['time'])
            self.record(r, '')
        elif (m := APP.match(text)):
            self.time = seconds(m)
        else:
            self.known = False

    def record(self, match, program):
        if match['type'] in PARTS | LAST:
            self.type = match['type']
            self.event = (self.host, program, match['node'] if program else '', match['event'])


def goes_on(first, line):
    if first is None or (first.event is not None):
        return False
    if (line.indented and not first.indented) or (not line.indented and line.marked):
        return True
    return first.known and first.time is not None and not line.known


def joined(lines):
    """Index of the first line of each line's event, by --join alone."""
    owner, first, at, size = [], None, 0, 0
    for i, line in enumerate(lines):
        if goes_on(first, line):
            if i - at < LINES_MAX and size + 1 + len(line.raw.encode()) <= BYTES_MAX:
                size += 1 + len(line.raw.encode())
            else:
                at, size = i, len(line.raw.encode())
        else:
            first, at, size = line, i, len(line.raw.encode())
        owner.append(at)
    return owner


def events(lines, join):
    owner = joined(lines) if join else list(range(len(lines)))
    aside = [owner[i] != i for i in range(len(lines))]
    for i, line in enumerate(lines):
        if line.event is None or owner[i] != i or line.type in LAST or aside[i]:
            continue
        size, calls = len(line.raw), line.type == 'SYSCALL'
        for j in range(i + 1, min(i + LINES_MAX, len(lines))):
            other = lines[j]
            if aside[j]:
                continue
            if other.event == line.event:
                size += 1 + len(other.raw)
                if size > BYTES_MAX or (calls and other.type == 'SYSCALL'):
                    break
                calls |= other.type == 'SYSCALL'
                owner[j], aside[j] = i, True
                if other.type in LAST:
                    break
            elif other.time is not None and other.host == line.host and abs(other.time - line.time) >= 2:
                break
    whole = {}
    for i, line in enumerate(lines):
        whole.setdefault(owner[i], []).append(line.raw)
    return ['\n'.join(whole[i]) for i in sorted(whole)]


def audit_event(dice, now, serial):
    """The lines of one event, perhaps without some."""
    stamp = f'audit({now:.3f}:{serial})'
    types = dice.choice([['SYSCALL', 'EXECVE', 'EXECVE', 'CWD', 'PATH', 'PATH', 'PROCTITLE'], ['AVC', 'SYSCALL', 'PROCTITLE'],
                         ['SYSCALL', 'SOCKADDR', 'PROCTITLE'], ['LOGIN', 'SYSCALL', 'PROCTITLE'], ['USER_AUTH'], ['PATH'],
                         ['SYSCALL', 'CWD', 'PATH'], ['SYSCALL', 'MMAP', 'EOE'], ['1321', 'UNKNOWN[1399]', 'SYSCALL', 'SYSCALL']])
    body = {'SYSCALL': f'arch=c000003e syscall=59 success=yes pid={serial} comm="x"', 'PATH': 'item=0 name="a b" nametype=NORMAL',
            'CWD': 'cwd="/tmp"', 'EXECVE': 'argc=2 a0="ls" a1=2D6C', 'PROCTITLE': 'proctitle=6C73'}
    node = dice.choice(['', '', '', 'node=n1 ', 'node=n2 '])
    way, host = dice.randrange(4), dice.choice(['web1', 'web2'])
    clock = f'2024-06-10T12:{int(now - START) // 60 % 60:02d}:{int(now) % 60:02d}Z {host}'
    heads = [f'{node}type=%s msg={stamp}: ', f'{node}type=%s msg={stamp}: ', f'{clock} audispd: {node}type=%s msg={stamp}: ',
             f'{clock} kernel: [   12.345] audit: type=%s {stamp}: ']
    return [heads[way] % t + body.get(t, 'a=1') for t in types if dice.random() > 0.03]


def other_lines(dice, now):
    clock = f'12:{int(now - START) // 60 % 60:02d}:{int(now) % 60:02d}'
    trace = [f'2024-06-10 {clock},123 ERROR [main] app: failed', 'java.io.IOException: x', '\tat a.B.c(B.java:7)',
             'Caused by: java.lang.Error', 'at d.E.f(E.java:8)', '\t... 12 more']
    return dice.choice([[f'2024-06-10T{clock}Z {dice.choice(["web1", "web2", "db1"])} sshd[7]: hello'], trace[:dice.randint(1, 6)],
                        ['what is this'], ['  indented text'], ['', ' \t'], [f'  2024-06-10 {clock},000 INFO [main] app: odd'],
                        [f'2024-06-10T{clock}Z web1 app: x\r', '\tand more\r'], ['#0 /srv/a.php(12): f()']])


def make(seed, count):
    dice, serial, pending, lines, now = random.Random(seed), 100, [], [], float(START)
    while len(lines) < count or pending:
        while len(pending) < 4 and len(lines) < count:
            now += dice.choice([0, 0, 0.004, 0.1, 0.6, 2.5])
            serial += 1
            pending.append(audit_event(dice, now, serial) if dice.random() < 0.6 else other_lines(dice, now))
        one = pending[0] if dice.random() < 0.7 else dice.choice(pending)
        if one:
            lines.append(one.pop(0))
        if not one:
            pending.remove(one)
    return lines


def drip(seed):
    dice, data = random.Random(seed), sys.stdin.buffer.read()
    while data:
        n = dice.choice([1, 7, 80, 500, 4000, 70000])
        os.write(1, data[:n])
        data = data[n:]
        if dice.random() < 0.05:
            time.sleep(0.002)


def main():
    if sys.argv[1] == 'make':
        sys.stdout.write(''.join(line + '\n' for line in make(int(sys.argv[2]), int(sys.argv[3]))))
    elif sys.argv[1] == 'events':
        text = sys.stdin.buffer.read().decode()
        lines = [Line(raw) for raw in text.removesuffix('\n').split('\n') if raw.strip(' \t\r')]
        for raw in events(lines, sys.argv[2:] == ['join']):
            print(json.dumps(raw, ensure_ascii=False))
    else:
        drip(int(sys.argv[2]))


main()
