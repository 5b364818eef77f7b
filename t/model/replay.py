#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The same stream in other ways: cut in two, read again, rules in another order, split by key, fed slowly, followed.

  replay.py [--cuts N] [--seed N] [--disorder] siem-window

What comes out must be the same bytes; where lines of several processes come together, the same lines.
With --disorder events come out of order, as in window.py.
"""
import argparse, itertools, json, os, random, signal, subprocess, sys, tempfile, time
from datetime import datetime, timezone

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import window as model


def random_case(r, count, disorder):
    """Rules of all shapes, each over a stream of its own, and one over all of their alerts."""
    numbers = itertools.count(1)
    streams = [model.random_stream(r, f's{i}', numbers) for i in range(count)]
    rules = []
    for i in range(count):
        rule = model.random_rule(r, f'r{i:02}', model.SHAPES[i % len(model.SHAPES)])
        rules.append(model.as_rule({**rule, 'learn': 0}, f's{i}'))
    rules.append({'name': 'zz_over', 'severity': 1, 'when': {'source_rule': 'r*'}, 'by': 'source_rule', 'quiet': '20s',
                  'sum': 'magnitude', 'event_limit': 40, 'time_int': '60s', 'message': '{by} {sum}'})
    return rules, [model.as_line(r, e) + b'\n' for e in model.merged(r, streams, 0, disorder)]


class Runs:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def rules(self, name, rules):
        with open(self.path(name), 'w') as f:
            json.dump(rules, f)
        return ['-r', self.path(name)]

    def __call__(self, lines, *options):
        p = subprocess.run([self.program, *options], input=b''.join(lines), capture_output=True, timeout=120)
        if p.returncode != 0:
            sys.exit(f'{options} ends with {p.returncode}: {p.stderr.decode()[:2000]}')
        return p.stdout

    def slowly(self, lines, pauses, *options):
        """Fed with pauses, in which the program finds its input idle."""
        p = subprocess.Popen([self.program, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
        for i, line in enumerate(lines):
            p.stdin.write(line)
            if i in pauses:
                p.stdin.flush()
                time.sleep(0.6)
        return p.communicate(timeout=60)[0]


def clock(line):
    """A line that moves the clock as this one does, and nothing else."""
    return b'{"date_stamp":"%s"}\n' % json.loads(line)['date_stamp'].encode()


def followed(program, folder):
    """A log that grows, with pauses in which what is due is told: as when it is read at once, and before it goes on."""
    log, out = os.path.join(folder, 'log'), os.path.join(folder, 'out')
    rules = [{'name': 'many', 'severity': 3, 'when': {'message|contains': 'failed'}, 'event_limit': 2, 'time_int': '1s'},
             {'name': 'each', 'severity': 3, 'when': {'message|contains': 'failed'}, 'time_int': '1s'},
             {'name': 'silence', 'severity': 3, 'when': {'message|contains': 'alive'}, 'expect': 'self', 'time_int': '1s'}]
    with open(os.path.join(folder, 'followed.json'), 'w') as f:
        json.dump(rules, f)
    judge = [program, '-r', f.name]
    parse = [os.path.join(os.path.dirname(program), 'siem-parse')]
    open(log, 'w').close()
    reader = subprocess.Popen([*parse, '--follow', log], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with open(out, 'wb') as f:
        judging = subprocess.Popen([*judge, '--live'], stdin=reader.stdout, stdout=f, stderr=subprocess.DEVNULL)
    reader.stdout.close()
    for words in (['failed'] * 4 + ['alive'], ['failed'], ['alive', 'failed', 'failed', 'failed'], ['end']):
        now = datetime.now(timezone.utc).isoformat(timespec='milliseconds').replace('+00:00', 'Z')
        with open(log, 'a') as f:
            f.write(''.join(f'{now} gate test[{i}]: {word}\n' for i, word in enumerate(words)))
        told = {'failed': [('each', 'open'), ('each', 'close')], 'alive': [('silence', 'open')], 'end': []}
        wanted = set(sum((told[word] for word in words), []))
        for _ in range(200):                                # until the end of the episode is told, while nothing comes
            time.sleep(0.1)
            with open(out) as f:
                got = [json.loads(line) for line in f]
            since = [(g['source_rule'], g['phase']) for g in got if g['last'] >= now]
            if wanted <= set(since):
                break
        else:
            sys.exit(f'followed: {wanted} is not told while nothing comes, but {since}')
        time.sleep(1)                                       # the next time is later than what was due
    reader.send_signal(signal.SIGTERM)
    if reader.wait() != 0 or judging.wait() != 0:
        sys.exit(f'followed: ends with {reader.returncode}, {judging.returncode}')
    with open(out, 'rb') as f:
        got = f.read()
    whole = subprocess.run([*parse, log], capture_output=True, check=True).stdout
    same('followed', got, subprocess.run(judge, input=whole, capture_output=True, check=True).stdout)


def same(what, got, wanted):
    if got == wanted:
        return
    a, b = got.splitlines(), wanted.splitlines()
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    sys.exit(f'{what}: line {at + 1} of {len(a)}, {len(b)} wanted:\n  {a[at:at + 1]}\n  {b[at:at + 1]}')


def main():
    a = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1])
    a.add_argument('--cuts', type=int, default=100)
    a.add_argument('--seed', type=int, default=random.randrange(1 << 30))
    a.add_argument('--disorder', action='store_true')
    a.add_argument('program')
    o = a.parse_args()
    print(f'seed {o.seed}')
    r = random.Random(o.seed)
    rules, lines = random_case(r, 27, o.disorder)
    with tempfile.TemporaryDirectory(prefix='siem-replay-') as folder:
        run = Runs(o.program, folder)
        all_rules = run.rules('all', rules)
        state = ['--state', run.path('state')]

        def fresh():
            if os.path.exists(run.path('state')):
                os.remove(run.path('state'))
            return state

        whole = run(lines, *all_rules, *fresh())
        positions = r.sample(range(len(lines) + 1), min(o.cuts, len(lines) + 1))
        for at in positions:
            same(f'cut before line {at + 1}', run(lines[:at], *all_rules, *fresh()) + run(lines[at:], *all_rules, *state), whole)
        for at in positions[:len(positions) // 4]:
            start = max(0, at - r.randrange(200))
            same(f'read to line {at}, then again from line {start + 1}',
                 run(lines[:at], *all_rules, *fresh()) + run(lines[start:], *all_rules, *state), whole)
        print(f'{len(positions)} cuts of {len(lines)} events, {whole.count(10)} lines: the same')

        ended = run(lines, *all_rules)
        if not ended.startswith(whole):
            sys.exit('the state changes what is written')
        files = [run.rules(f'{i}', rules[i::5]) for i in range(5)]
        for order in itertools.islice(itertools.permutations(files), 0, 120, 13):
            same('files of rules in another order', run(lines, *sum(order, [])), ended)
        alone = b''.join(run(lines, *run.rules('one', [rule] + rules[-1:])) for rule in rules[:-1])
        once = lambda text: b''.join(sorted(set(text.splitlines(True))))
        same('each rule alone', once(alone), once(ended))   # the rule over all of them is in each

        keyed = [rule for rule in rules if rule.get('by') == ['host'] and 'by_list' not in rule]
        part = lambda line: hash_of(as_list(line)[0], 4) if len(as_list(line)) == 1 else None
        split = [run([line if part(line) == i else clock(line) for line in lines], *run.rules('keyed', keyed)) for i in range(4)]
        if sum(bool(lines) for lines in split) < 2:
            sys.exit('split by key: the keys are not spread')
        same('split by key', b''.join(sorted(b''.join(split).splitlines(True))), b''.join(sorted(run(
            [line if part(line) is not None else clock(line) for line in lines], *run.rules('keyed', keyed)).splitlines(True))))
        slow = run.slowly(lines, r.sample(range(len(lines)), 3), *all_rules, '--live')
        same('live', slow, ended)
        followed(o.program, folder)
        print('rules in any order, each alone, split by key, live, followed: the same')


def as_list(line):
    host = json.loads(line)['extended'].get('host') or []
    return host if isinstance(host, list) else [host]


def hash_of(text, most):
    return sum(text.encode()) % most


if __name__ == '__main__':
    main()
