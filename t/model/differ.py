#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""siem-window --diff against two runs, one with each set of rules, on the random streams of window.py.

  differ.py [--streams N] [--seed N] [--disorder] siem-window
"""
import argparse, collections, itertools, json, os, random, subprocess, sys, tempfile

import window


def edited(r, rule):
    """The same rule, but for one or two of its numbers; or it is gone."""
    new = {**rule, **dict(r.sample([
        ('limit', max(0, rule['limit'] + r.choice([-2, -1, 1, 2]))) if rule['limit'] else ('severity', 1),
        ('time_int', r.choice([1, 2, 5, 10, 30]) if rule['time_int'] else 0), ('quiet', r.choice([1, 3, 8, 40])),
        ('hold', r.choice([0, 5, 20, 100])), ('ids_max', 2), ('max_open', 3), ('only', r.choice([None, 'a']))],
        r.choice([0, 1, 2])))}
    return None if r.random() < 0.05 else new


def last_lines(lines):
    """Of each episode, how it ended."""
    return list({line['id']: line for line in lines if line['phase'] == 'close'}.values())


def same(a, b):
    return all(a[name] == b[name] for name in ('event_count', 'first', 'last'))


def differences(old, new):
    """(what, line, count before): those that one event opened go together, then those that have a time in common."""
    groups, found, unchanged = collections.defaultdict(lambda: ([], [])), [], 0
    for side, lines in enumerate((old, new)):
        for line in last_lines(lines):
            groups[line['source_rule'], json.dumps(line['key'])][side].append(line)
    for before, after in groups.values():
        for line in list(after):
            for twin in [b for b in before if b['id'] == line['id']]:
                before.remove(twin)
                after.remove(line)
                unchanged += same(twin, line)
                found += [] if same(twin, line) else [('~', line, twin['event_count'])]
        rest = sorted([(l['first'], l['last'], side, l['id'], l) for side, ls in ((0, before), (1, after)) for l in ls],
                      key=lambda x: x[:4])
        while rest:
            first, last, side, _, line = rest.pop(0)
            i = next((i for i, o in enumerate(rest) if o[2] != side and o[0] <= last), None)
            if i is None:
                found.append(('-+'[side], line, None))
                continue
            other = rest.pop(i)[4]
            b, a = (line, other) if side == 0 else (other, line)
            if same(b, a):
                unchanged += 1
            else:
                found.append(('~', a, b['event_count']))
    return found, unchanged


def run(program, lines, *options):
    p = subprocess.run([program, *options], input=lines, capture_output=True, timeout=300)
    if p.returncode:
        sys.exit(f'{program} ends with {p.returncode}: {p.stderr.decode()[:2000]}')
    return [json.loads(line) for line in p.stdout.splitlines()], p.stderr.decode()


def main():
    a = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1])
    a.add_argument('--streams', type=int, default=400)
    a.add_argument('--seed', type=int, default=random.randrange(1 << 30))
    a.add_argument('--disorder', action='store_true')
    a.add_argument('program')
    o = a.parse_args()
    r, numbers = random.Random(o.seed), itertools.count(1)
    streams = [window.random_stream(r, f's{i}', numbers) for i in range(o.streams)]
    old = [window.random_rule(r, f'r{i}', r.choice(window.SHAPES)) for i in range(o.streams)]
    new = [edited(r, rule) for rule in old]
    lines = b''.join(window.as_line(r, e) + b'\n' for e in window.merged(r, streams, 0, o.disorder))
    with tempfile.TemporaryDirectory(prefix='siem-model-') as folder:
        paths = [os.path.join(folder, name) for name in ('old.json', 'new.json')]
        for path, rules in zip(paths, (old, new)):
            with open(path, 'w') as f:
                json.dump([window.as_rule(rule, f's{i}') for i, rule in enumerate(rules) if rule], f)
        runs = [run(o.program, lines, '-r', path)[0] for path in paths]
        got, told = run(o.program, lines, '-r', paths[1], '--diff', paths[0])
        nothing, same_told = run(o.program, lines, '-r', paths[1], '--diff', paths[1])
    wanted, unchanged = differences(*runs)
    wanted = sorted(json.dumps({'diff': what, **({'old_count': n} if n is not None else {}), **line})
                    for what, line, n in wanted)
    kinds = collections.Counter(line['diff'] for line in got)
    summary = f"{kinds['+']} episodes gained, {kinds['-']} lost, {kinds['~']} changed, {unchanged} as they were"
    faults = [f'{name} {line}' for name, line in
              [('only wanted', w) for w in wanted if json.loads(w) not in got] +
              [('only got', json.dumps(g)) for g in got if json.dumps(g) not in wanted]]
    faults += [] if summary in told else [f'wanted {summary}, got {told[-200:]}']
    faults += [f'a set against itself: {nothing[0]}'] if nothing else []
    faults += [] if f'0 changed, {len(last_lines(runs[1]))} as they were' in same_told else [same_told[-200:]]
    faults += [] if min(kinds['+'], kinds['-'], kinds['~']) > 0 else [f'too little differs: {kinds}']
    print(f'seed {o.seed}: {dict(kinds)}, {unchanged} as they were', *faults[:6], sep='\n')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
