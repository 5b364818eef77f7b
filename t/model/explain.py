#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""siem-window --explain against what the windows held, looked at anew for each event, and the episodes of a run.

  explain.py [--seed N] siem-window
"""
import argparse, json, random, subprocess, sys, tempfile
from datetime import datetime, timezone

RULES = [{'name': 'limit', 'event_limit': 7, 'time_int': '60s'},
         {'name': 'none', 'event_limit': 0},
         {'name': 'values', 'event_limit': 3, 'time_int': '30s', 'distinct': 'val'},
         {'name': 'bytes', 'event_limit': 120, 'time_int': '45s', 'sum': 'num'},
         {'name': 'set', 'time_int': '20s', 'all': [{'kind': 'a'}, {'kind': 'b'}, {'kind': 'c'}]},
         {'name': 'steps', 'time_int': '20s', 'sequence': [{'kind': k} for k in 'abac']},
         {'name': 'silence', 'time_int': '40s', 'expect': 'self'}]


def stamp(t):
    return datetime.fromtimestamp(t, timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def events(r):
    t, out = 1718020800, []
    for n in range(1500):
        t += int(r.expovariate(1 / r.choice([0.5, 2, 5, 60])))
        out.append({'t': t, 'id': '01J00%021d' % n, 'host': r.choice('aaabbcdefghij'), 'val': r.randrange(9),
                    'num': r.randrange(1, 60), 'kind': r.choice('abcd')})
    return out


def held(rule, inside):
    """What a window with these events holds, counted no further than to one more than the limit."""
    limit = rule.get('event_limit')
    if rule['name'] in ('limit', 'none'):
        return min(len(inside), limit + 1)
    if rule['name'] == 'values':
        return min(len({e['val'] for e in inside}), limit + 1)
    if rule['name'] == 'bytes':
        total = 0
        for e in reversed(inside):
            if total <= limit:
                total += e['num']
        return total
    if rule['name'] == 'set':
        return len({e['kind'] for e in inside} & set('abc'))
    reached = 0
    for e in inside:
        if reached < 4 and e['kind'] == 'abac'[reached]:
            reached += 1
    return reached


def expected(rule, stream, episodes):
    keys, end = {}, stream[-1]['t']
    window = int(rule.get('time_int', '1s')[:-1])
    for e in stream:
        if e['kind'] in 'abc':
            keys.setdefault(e['host'], []).append(e)
    for host, seen in keys.items():
        line = {'source_rule': rule['name'], 'key': {'host': host}}
        if rule['name'] != 'silence':
            best, at = max((held(rule, [x for x in seen[:i + 1] if x['t'] > e['t'] - window]), -e['t'])
                           for i, e in enumerate(seen))
            of = rule.get('event_limit', len(rule.get('all', rule.get('sequence', []))))
            line |= {'percent': best * 100 // (of or 1), 'most': best,
                     'event_limit' if 'event_limit' in rule else 'steps': of, 'most_at': stamp(-at),
                     'at_end': held(rule, [x for x in seen if x['t'] > end - window]) if best and of else 0}
        else:
            line['came'] = len(seen)
        yield line | {'events': len(seen), 'episodes': episodes.count((rule['name'], host))}


def main():
    a = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1])
    a.add_argument('--seed', type=int, default=random.randrange(1 << 30))
    a.add_argument('program')
    o = a.parse_args()
    stream = events(random.Random(o.seed))
    lines = '\n'.join(json.dumps({'id': e['id'], 'date_stamp': stamp(e['t']),
                                  'extended': {k: e[k] for k in ('host', 'val', 'num', 'kind')}}) for e in stream)
    with tempfile.NamedTemporaryFile('w', suffix='.json') as f:
        json.dump([{'severity': 5, 'when': {'kind': ['a', 'b', 'c']}, 'by': 'host', **rule} for rule in RULES], f)
        f.flush()

        def run(*options):
            p = subprocess.run([o.program, '-r', f.name, *options], input=lines, capture_output=True, text=True,
                               check=True)
            return [json.loads(l) for l in p.stdout.splitlines()]

        opened = [(l['source_rule'], l['key']['host']) for l in run('--emit', 'open')]
        for rule in RULES:
            got = run('--explain', rule['name'])
            want = list(expected(rule, stream, opened))
            if rule['name'] == 'steps':                     # only from its first step on does it count a key's events
                want = [{k: v for k, v in l.items() if k != 'events'} for l in want if l['most']]
                got = [{k: v for k, v in l.items() if k != 'events'} for l in got]
            want.sort(key=lambda l: (-l.get('most', 0), -l['episodes'], json.dumps(l['key'])))
            for g, w in zip(got, want, strict=True):
                if g != w or list(g) != list(w):
                    print(f'seed {o.seed}:\n told {g}\n want {w}')
                    return 1
            alone = [l for l in run('--explain', rule['name']) if l['key']['host'] == 'b']
            for key in ('b', '{"host":"b"}'):
                assert run('--explain', rule['name'], '--key', key) == alone, key
    print(f'{len(RULES)} rules agree (seed {o.seed})')
    return 0


if __name__ == '__main__':
    sys.exit(main())
