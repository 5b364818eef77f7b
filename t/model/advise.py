#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cells of siem-window --advise against a run of siem-window with that limit and that time.

  advise.py [--seed N] [--cells N] [--late] siem-window
"""
import argparse, json, random, subprocess, sys, tempfile
from datetime import datetime, timezone

RULES = [{'name': 'limit', 'by': 'host', 'event_limit': 7, 'time_int': 3},
         {'name': 'held', 'by': 'host', 'event_limit': 4, 'time_int': '20m', 'hold': '2h', 'quiet': '15m'},
         {'name': 'values', 'by': 'host', 'event_limit': 3, 'time_int': '5m', 'distinct': 'val'},
         {'name': 'bytes', 'by': 'host', 'event_limit': 500, 'time_int': '1h30m', 'sum': 'num'},
         {'name': 'steps', 'by': 'host', 'time_int': '90s', 'when': {'kind|exists': True},
          'sequence': [{'kind': 'a'}, {'kind': 'b'}, {'kind': 'c'}]},
         {'name': 'silence', 'by': 'host', 'time_int': '40s', 'expect': 'self'},
         {'name': 'over', 'when': {'source_rule': ['limit', 'values']}, 'event_limit': 2, 'time_int': '2h'}]


def stamp(t):
    return datetime.fromtimestamp(t, timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def events(r, late):
    t, out = 1718020800, []
    for n in range(2000):
        t += int(r.expovariate(1 / r.choice([1, 5, 60, 400])))
        at = t - r.randrange(300) if late and r.random() < 0.1 else t
        out.append(json.dumps({'id': '01J00%021d' % n, 'date_stamp': stamp(at), 'extended': {
            'host': r.choice('aaabbc'), 'val': r.randrange(12), 'num': r.randrange(60), 'kind': r.choice('abcd')}}))
    return '\n'.join(out).encode() + b'\n'


def run(program, rules, lines, *options):
    with tempfile.NamedTemporaryFile('w', suffix='.json') as f:
        json.dump([{'severity': 5, 'when': {'kind': ['a', 'b', 'c']}, **rule} for rule in rules], f)
        f.flush()
        p = subprocess.run([program, '-r', f.name, *options], input=lines, capture_output=True)
    if p.returncode:
        sys.exit(f'status {p.returncode}: {p.stderr.decode()}')
    return p.stdout.decode()


def main():
    a = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1])
    a.add_argument('--seed', type=int, default=random.randrange(1 << 30))
    a.add_argument('--cells', type=int, default=8)
    a.add_argument('--late', action='store_true')
    a.add_argument('program')
    o = a.parse_args()
    r = random.Random(o.seed)
    lines, cells, alerts = events(r, o.late), 0, 0
    options = r.choice([[], ['--late', '6m']]) if o.late else []
    for rule in RULES:
        table = run(o.program, RULES, lines, *options, '--advise', rule['name']).splitlines()
        heads = [h.rstrip('*') for h in table[1].split()[1:]]
        own = str(rule.get('event_limit', '')) + '*' * ('event_limit' in rule)
        assert [h for h in table[1].split() if '*' in h] == [own] * bool(own), table
        assert sum('*' in row.split()[0] for row in table[2:]) == 1, table
        grid = [(row.split()[0].rstrip('*'), head, count) for row in table[2:]
                for head, count in zip(heads, row.split()[1:], strict=True)]
        for time, head, count in r.sample(grid, min(o.cells, len(grid))):
            edit = {**rule, 'time_int': time, **({'event_limit': int(head)} if own else {})}
            out = run(o.program, [edit if x is rule else x for x in RULES], lines, *options, '--emit', 'open')
            want = sum(json.loads(l)['source_rule'] == rule['name'] for l in out.splitlines())
            if want != int(count):
                print(f'seed {o.seed}: {rule["name"]}, {time}, {head}: {count} told, {want} in a run')
                return 1
            cells, alerts = cells + 1, alerts + want
    print(f'{cells} cells, {alerts} alerts agree (seed {o.seed})')
    return 0


if __name__ == '__main__':
    sys.exit(main())
