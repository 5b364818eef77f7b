#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes lines into a file as a busy daemon does, while the file is rotated as logrotate does it; says how many lines.

rotate.py FILE LINES SEED HOW: HOW is rename, create (a new file is made at once, the writer goes on in the old one for a
while), copytruncate, delete, or burst (many renames in a row, as fast as they go).
"""
import os, random, shutil, sys, time

path, lines, seed, how = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
random.seed(seed)

def shift():
    for n in range(len(os.listdir('.')), 0, -1):
        if os.path.exists(f'{path}.{n}'): os.rename(f'{path}.{n}', f'{path}.{n + 1}')

def reopen(): return open(path, 'ab', buffering=0)

def line(n):
    return b'2024-06-10T12:00:00Z web1 writer[%d]: line %d of a log that is rotated %s\n' % (n % 9999, n, b'x' * random.randint(0, 80))

def write(out, first, count):
    text = b''.join(line(n) for n in range(first, first + count))
    cut = random.randint(0, len(text))              # lines may arrive in two pieces
    for part in (text[:cut], text[cut:]):
        while part: part = part[out.write(part):]

class Follower:                                     # how many lines it has written into the file "out"
    def __init__(self): self.file, self.lines = open('out', 'rb') if os.path.exists('out') else None, 0
    def told(self):
        self.lines += self.file.read().count(b'\n')
        return self.lines

out, done, begun, follower = reopen(), 0, 0, Follower()
while done < lines:
    count = min(random.randint(1, 3000), lines - done)
    write(out, done, count)
    done += count
    if random.random() < 0.3: time.sleep(random.random() * 0.02)
    if random.random() > 0.2: continue
    if how == 'burst':
        for _ in range(random.randint(1, 5)):
            shift()
            os.rename(path, path + '.1')
            out.close()
            out = reopen()
            count = min(random.randint(0, 50), lines - done)
            write(out, done, count)
            done += count
        continue
    if how in ('copytruncate', 'delete'):           # of what nobody has read a byte, nobody can tell that it has gone
        while follower.told() <= begun: time.sleep(0.002)
        begun = done
    if how == 'copytruncate':                       # nothing may be written between copy and truncation: that is lost for everybody
        shift()
        shutil.copyfile(path, path + '.1')
        os.truncate(path, 0)
        continue
    if how == 'delete':
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
