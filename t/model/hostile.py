#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lines that nobody should write, and what must come of them all the same.

  hostile.py make SEED COUNT <SAMPLES >LOG      SAMPLES: a line of log each; LOG: as many lines, mutated
  hostile.py check LOG EVENTS [RECORDS]         each line that is not blank has its event, in order, given back byte for byte;
                                                RECORDS: some events hold several lines, which may stand apart
  hostile.py same EVENTS ENRICHED               what an event had it still has, as it was
  hostile.py json FILE                          each line is one strict JSON object without repeated names, and UTF-8
"""
import base64, collections, json, random, re, sys

LINE_MAX = 1 << 20
BLANK = b' \t\r'
HALF = re.compile(rb'(?<!\\)\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)(?<!\\)\\u[dD][c-fC-F]..')


# ---- lines

def flip(r, line):
    line = bytearray(line)
    for _ in range(r.randint(1, 4)):
        if line:
            line[r.randrange(len(line))] = r.choice([r.randrange(256), r.choice(b'"\\{}[]<>=:,;|%&\x00\x1b\x7f\xff\x80')])
    return bytes(line)


def cut(r, line):
    a, b = sorted((r.randint(0, len(line)), r.randint(0, len(line))))
    return r.choice([line[:a], line[a:], line[:a] + line[b:], line[a:b]])


def double(r, line):
    a, b = sorted((r.randint(0, len(line)), r.randint(0, len(line))))
    return r.choice([line + line, line[:b] + line[a:b] * r.choice([1, 2, 30]) + line[b:]])


def insert(r, line):
    at = r.randint(0, len(line))
    return line[:at] + r.choice([
        b'\x00', b'\x00' * 9, b'\xff\xfe', b'\xc0\xaf', b'\xed\xa0\x80', b'\xf4\x90\x80\x80', b'\xc3', b'\xe2\x80\xae',
        b'\x1b[31m\x1b]0;x\x07', b'\x9b', b'\xc2\x9b', b'\r', b'\t', b'\x0b\x0c', b'\x7f', b'\xef\xbb\xbf', b'%s%n', b'\\u0000',
        b'\\ud800', b'\\', b'"', b"'", b'\xf0\x9f\x98\x80', b'e\xcc\x81' * 20, b' ' * 70, b'=' * 40]) + line[at:]


def number(r, line):
    """Some digits become others: huge, negative, with zeros before them, a date that is none."""
    digits = [i for i, c in enumerate(line) if 48 <= c <= 57]
    if not digits:
        return insert(r, line)
    a = r.choice(digits)
    b = a
    while b < len(line) and 48 <= line[b] <= 57:
        b += 1
    return line[:a] + r.choice([b'9' * r.choice([1, 10, 19, 20, 40, 400]), b'-1', b'0' * 30 + b'7', b'1e999', b'99', b'00', b'60',
                                b'2147483648', b'9223372036854775808', b'18446744073709551616', b'0x7f', b'1.5', b'']) + line[b:]


def deep(r, line):
    opened, closed = r.choice([(b'[', b']'), (b'{"a":', b'}'), (b'[{"":', b'}]'), (b'(', b')'), (b'<a>', b'</a>'), (b'[x ', b']')])
    n = r.choice([3, 127, 128, 129, 3000])
    middle = opened * n + b'1' + closed * r.choice([n, n, n - 1])
    at = r.randint(0, len(line))
    return r.choice([middle, line[:at] + middle + line[at:], b'{"message":' + middle + b'}'])


def splice(r, line, other):
    return line[:r.randint(0, len(line))] + other[r.randint(0, len(other)):]


def many(r, line):
    """More of something than anybody has use for."""
    n = r.choice([100, 130, 300, 2000])
    return line + r.choice([b''.join(b' k%d=v' % (i % r.choice([7, n])) for i in range(n)), b'[id x="y"]' * n, b', client: x' * n,
                            b'|' * n, b',' * n, b'\t' * n, b'"' * n, b' "a"' * n, b'&lt;' * n])


def wide(r, line):
    at = r.randint(0, len(line))
    return line[:at] + r.choice([b'x', b'\x00', b'\xff', b'"', b'\xc3\xa9', b'a=b ', b'[x] ', b'\\'])[:4] * r.choice(
        [70000, 300000, LINE_MAX - 7]) + line[at:]


def hostile_lines(seed, count, samples):
    r = random.Random(seed)
    usual = [flip, flip, cut, cut, double, insert, insert, number, number]
    for i in range(count):
        line = r.choice(samples)
        for _ in range(r.choice([0, 1, 1, 2, 3])):
            line = r.choice(usual)(r, line)
        if i % 50 == 7:
            line = r.choice([deep, many])(r, line)
        if i % 11 == 3:
            line = splice(r, line, r.choice(samples))
        if i % 1000 == 500:
            line = wide(r, line)
        if i % 40 == 9:
            line = r.choice([b'', b' ', b'\r', b'\t \r', b'\x00', b'\xff', b'{}', b'[]', b'"', b'<', b'-', b'#Fields:', b'{"id":"'])
        yield line.replace(b'\n', b'') + r.choice([b'', b'', b'', b'\r', b'\r\r'])


# ---- what must come of them

def pairs(members):
    names = [name for name, _ in members]
    if len(set(names)) != len(names):
        raise ValueError('a name stands twice: %s' % [n for n, c in collections.Counter(names).items() if c > 1][:3])
    return dict(members)


def refuse(word):
    raise ValueError('%s is no JSON' % word)


def strict(line):
    """The object in a line; numbers stay texts, for they may be of any size."""
    value = json.loads(line.decode('utf-8'), object_pairs_hook=pairs, parse_constant=refuse, parse_int=str, parse_float=str)
    if not isinstance(value, dict):
        raise ValueError('no object')
    json.dumps(value, ensure_ascii=False).encode('utf-8')   # halves of surrogate pairs are no text
    return value


def objects(path):
    with open(path, 'rb') as file:
        for number, line in enumerate(file, 1):
            try:
                if not line.endswith(b'\n'):
                    raise ValueError('no newline at the end')
                if any(c < 32 and c not in BLANK for c in line[:-1]):
                    raise ValueError('a control character')
                yield number, line, strict(line)
            except ValueError as why:
                sys.exit('%s:%d: %s: %r' % (path, number, why, line[:400]))


def own(line):
    """An event line of ours is its own event, but for blanks around it and halves of surrogate pairs."""
    return HALF.sub(b'\\\\ufffd', line.strip(BLANK)) if line.startswith(b'{"id":"') else None


def bytes_of(event):
    if 'raw_base64' in event:
        return base64.b64decode(event['raw_base64'], validate=True)
    return event['raw_text'].encode('utf-8')


def log_lines(path):
    with open(path, 'rb') as file:
        lines = file.read().split(b'\n')
    return [line for line in lines if line.strip(BLANK)]


def fits(line, event, text):
    """Is it the event of this line? Of a long one the start is there, and how much was cut off."""
    if text.rstrip(b'\n') == own(line):
        return True
    raw = bytes_of(event)
    if 'truncated' not in event:
        return raw == line
    return line.startswith(raw) and len(raw) + int(event['truncated']) == len(line) and len(raw) > LINE_MAX - 4


def check(log, events, records):
    lines = log_lines(log)
    if records:
        known, seen, raws = {own(line) for line in lines}, set(), collections.Counter()
        for _, text, event in objects(events):
            if text[:-1] in known:
                seen.add(text[:-1])
                raws[text[:-1]] += 1
            else:
                raws.update(bytes_of(event).split(b'\n'))
        wanted = collections.Counter(own(line) if own(line) in seen else line[:LINE_MAX] for line in lines)
        lost, new = wanted - raws, raws - wanted
        if lost or new:
            sys.exit('%s: lost %r, new %r' % (events, list(lost)[:2], list(new)[:2]))
        return len(lines)
    count = 0
    for number, text, event in objects(events):
        if count == len(lines) or not fits(lines[count], event, text):
            sys.exit('%s:%d: not the event of: %r' % (events, number, lines[count][:400] if count < len(lines) else None))
        count += 1
    if count != len(lines):
        sys.exit('%s: %d lines, %d events' % (log, len(lines), count))
    return count


def same(before, after):
    count = 0
    others = objects(after)
    for _, _, event in objects(before):
        number, text, other = next(others, (0, b'', {}))
        for name, value in event.items():
            there = other.get(name)
            if name == 'extended' and isinstance(value, dict) and isinstance(there, dict):
                value, there = list(value), [n for n in there if n in value]
            if there != value and not (name == 'extended' and set(there) == set(value)):
                sys.exit('%s:%d: %s is another: %r' % (after, number, name, text[:400]))
        count += 1
    if next(others, None):
        sys.exit('%s: more events than before' % after)
    return count


def main(argv):
    if argv[:1] == ['make'] and len(argv) == 3:
        samples = [line for line in sys.stdin.buffer.read().split(b'\n') if line]
        for line in hostile_lines(int(argv[1]), int(argv[2]), samples):
            sys.stdout.buffer.write(line + b'\n')
    elif argv[:1] == ['check'] and len(argv) in (3, 4):
        print(check(argv[1], argv[2], len(argv) == 4))
    elif argv[:1] == ['same'] and len(argv) == 3:
        print(same(argv[1], argv[2]))
    elif argv[:1] == ['json'] and len(argv) == 2:
        print(sum(1 for _ in objects(argv[1])))
    else:
        sys.exit(__doc__)


main(sys.argv[1:])
