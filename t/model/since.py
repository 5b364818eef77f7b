#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""siem-parse --since against a whole run: what comes must be the rest of it from the first event of that time on, byte for byte.

since.py FILE COUNT SEED: makes a log sorted by time of each kind, and asks COUNT times; shows what differs.
"""
import datetime, os, random, subprocess, sys

path, count, r = sys.argv[1], int(sys.argv[2]), random.Random(int(sys.argv[3]))
START, END = datetime.datetime(2021, 11, 3), datetime.datetime(2024, 6, 1)

def write(kind, lines):
    """years: over three New Years; odd: lines without stamp, alone and thousands of them, blank and very long ones."""
    t, step = START, (END - START) / lines if 'years' in kind else datetime.timedelta(seconds=2)
    with open(path, 'w') as log:
        for i in range(lines):
            if r.random() < .7: t += step * r.random() * 2
            day = t.strftime('%b ') + '%2d' % t.day + t.strftime(' %H:%M:%S') if 'bsd' in kind else t.strftime('%Y-%m-%dT%H:%M:%SZ')
            text = day + (' web1 cron: same' if r.random() < .3 else ' web%d sshd[%d]: Failed password for root' % (i % 3, i))
            chance = r.random()
            if 'odd' in kind and chance < .05: text = 'no stamp %d' % r.randint(1, 3)
            elif 'odd' in kind and chance < .06: text = ''
            elif 'odd' in kind and chance < .0602: text += 'y' * r.randint(100000, 1200000)
            elif 'odd' in kind and chance < .0604: text = 'no stamp\n' * r.randint(1, 9000) + 'none'
            log.write(text + ' and more words, as lines of logs have, so that the file is long enough\n' if text else '\n')
    os.utime(path, (1717300000, 1717300000))

def run(*options):
    return subprocess.run(['siem-parse', '--host', 'here', *options, path], check=True, capture_output=True).stdout.splitlines()

def time_of(event): return datetime.datetime.fromisoformat(event.split(b'"date_stamp":"')[1][:19].decode())

bad = 0
for kind in 'iso', 'iso-odd', 'bsd', 'bsd-years', 'bsd-years-odd':
    write(kind, 40000)
    whole = run()
    times = [time_of(event) for event in whole]
    if times != sorted(times): sys.exit('the model does not sort ' + kind)
    for i in range(count):
        since = times[r.choice([0, 1, len(times) - 1, r.randrange(len(times))])] + datetime.timedelta(seconds=i % 2)
        wanted = whole[next((n for n, time in enumerate(times) if time >= since), len(times)):]
        if run('--since', since.isoformat() + 'Z') != wanted:
            bad += 1
            print(kind, since)
sys.exit(bad > 0)
