#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes lines into a file as a busy daemon does, while the file is rotated as logrotate does it; says how many lines.

rotate.py FILE LINES SEED HOW: HOW is rename, create (a new file is made at once, the writer goes on in the old one for a
while), copytruncate or delete.
"""
import os, random, shutil, sys, time

path, lines, seed, how = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
random.seed(seed)

def shift():
    for n in range(30, 0, -1):
        if os.path.exists(f'{path}.{n}'): os.rename(f'{path}.{n}', f'{path}.{n + 1}')

def reopen(): return open(path, 'ab', buffering=0)

def line(n):
    return b'2024-06-10T12:00:00Z web1 writer[%d]: line %d of a log that is rotated %s\n' % (n % 9999, n, b'x' * random.randint(0, 80))

def write(out, first, count):
    text = b''.join(line(n) for n in range(first, first + count))
    cut = random.randint(0, len(text))              # lines may arrive in two pieces
    for part in (text[:cut], text[cut:]):
        while part: part = part[out.write(part):]

out, done = reopen(), 0
while done < lines:
    count = min(random.randint(1, 3000), lines - done)
    write(out, done, count)
    done += count
    if random.random() < 0.3: time.sleep(random.random() * 0.02)
    if random.random() > 0.2: continue
    time.sleep(0.02)                                # a name that changes hands faster than this, nobody can follow
    if how == 'copytruncate':                       # nothing may be written between copy and truncation: that is lost for everybody
        shift()
        shutil.copyfile(path, path + '.1')
        os.truncate(path, 0)
        continue
    if how == 'delete':
        time.sleep(0.1)                             # what nobody has opened nobody can read
        os.unlink(path)
    else:
        shift()
        os.rename(path, path + '.1')
    if how == 'create':
        open(path, 'ab').close()
        late = min(random.randint(0, 500), lines - done)
        write(out, done, late)
        done += late
        time.sleep(random.random() * 0.05)
    out.close()
    out = reopen()
out.close()
print(done)
