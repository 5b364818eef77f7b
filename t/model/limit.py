#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The limit rule and its episodes, straight from their definitions, against siem-window on random streams.

  limit.py [--streams N] [--seed N] [--late] [--keep] siem-window

Everything is looked at anew for each event: the matches of a key are a list, the window is a filter over it.
Streams are told apart by a field; each has its own rules, so that one process judges many streams at once.
SPDX-License-Identifier: MIT
"""
import argparse, collections, itertools, json, os, random, subprocess, sys, tempfile
from datetime import datetime, timedelta, timezone

START = 1718020800                                          # seconds; one unit of a stream's time is a second
ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'


def stamp(t):
    return (datetime.fromtimestamp(START, timezone.utc) + timedelta(seconds=t)).strftime('%Y-%m-%dT%H:%M:%SZ')


def ulid(t, n):
    number = ((START + t) * 1000) << 80 | n
    return ''.join(ALPHABET[number >> 5 * i & 31] for i in reversed(range(26)))


# ---- the model: an event is (time, number, members of "host", members of "who"); None where the field is missing

def keys_of(rule, event):
    """All combinations of the values of the "by" fields, each once; none where one is missing."""
    values = [event[field] for field in rule['by']]
    if any(not v for v in values):
        return []
    found = [dict(zip(rule['by'], combination)) for combination in itertools.product(*values)]
    return [json.loads(k) for k in dict.fromkeys(map(json.dumps, found))]


def model(rule, events):
    """Lines as (time at which it is written, phase, key, fields) of one rule over events in order of time."""
    n, window, quiet, hold = rule['limit'], rule['time_int'], rule['quiet'], rule['hold']
    keys = {json.dumps(k): k for e in events for k in keys_of(rule, e)}
    lines = []
    for key in keys.values():
        matches = [e for e in events if key in keys_of(rule, e)]
        episode = None                                      # the latest: {"open", "counted": [events], ...}
        for i, now in enumerate(matches):
            t = now['t']
            if episode and episode['open'] and t - episode['last'] >= quiet:
                close(lines, rule, key, episode)
            if episode and episode['open']:
                episode['counted'].append(now)
                episode['last'] = t
                if rule['grow'] and len(episode['counted']) >= rule['grow'] * episode['told']:
                    episode['told'] = len(episode['counted'])
                    lines.append(line(rule, key, episode, 'grow', t))
                continue
            inside = [e for e in matches[:i + 1] if window == 0 and e is now or window and t - window < e['t'] <= t]
            if len(inside) <= n:
                continue
            broke = inside[-(n + 1):]
            again = episode and t - episode['closed'] < hold
            if not again:
                episode = {'opened': now, 'first': broke[0]['t'], 'counted': [], 'broke': broke}
            episode['counted'] += [e for e in broke if e not in episode['counted']]
            episode.update(open=True, last=t, told=len(episode['counted']))
            lines.append(line(rule, key, episode, 'reopen' if again else 'open', t))
        if episode and episode['open']:
            close(lines, rule, key, episode)
    return lines


def close(lines, rule, key, episode):
    episode['open'], episode['closed'] = False, episode['last'] + rule['quiet']
    lines.append(line(rule, key, episode, 'close', episode['closed']))


def line(rule, key, episode, phase, t):
    count = len(episode['counted'])
    most = rule['ids_max']
    broke = episode['broke'][:most]
    rest = [e for e in episode['counted'] if e not in episode['broke']]
    ids = [e['id'] for e in broke + rest[max(0, len(rest) - (most - len(broke))):]]
    return {'t': t, 'source_rule': rule['name'], 'phase': phase, 'key': key, 'severity': rule['severity'],
            'magnitude': (count // 2 // (rule['limit'] + 1) // 2 + 5) * (7 - rule['severity']),
            'event_limit': rule['limit'], 'event_count': count, 'date_stamp': stamp(episode['opened']['t']),
            'first': stamp(episode['first']), 'last': stamp(episode['last']), 'source_ids': ids,
            'message': f'{count} by {", ".join(map(str, key.values()))} of {episode["opened"]["id"]}',
            **({'ids_dropped': count - len(ids)} if count > len(ids) else {})}


# ---- random streams

def random_rule(r, name):
    limit = r.choice([0, 0, 1, 1, 2, 3, 5, 9])
    time_int = r.choice([1, 2, 5, 10, 30]) if limit or r.random() < 0.7 else 0
    quiet = r.choice([time_int, time_int, time_int, 1, 3, 8, 40])
    return {'name': name, 'limit': limit, 'time_int': time_int, 'quiet': quiet, 'hold': r.choice([0, 0, 0, 5, 20, 100]),
            'grow': r.choice([0, 0, 2, 3]), 'by': r.choice([['host'], ['host'], ['who'], ['host', 'who'], []]),
            'ids_max': r.choice([1, 3, 5, 100]), 'severity': r.randrange(8), 'plain': limit == 0 and r.random() < 0.5}


def as_rule(rule, stream):
    json_rule = {'name': rule['name'], 'severity': rule['severity'], 'when': {'stream': stream}, 'by': rule['by'],
                 'event_limit': rule['limit'], 'time_int': f'{rule["time_int"]}s', 'quiet': f'{rule["quiet"]}s',
                 'hold': f'{rule["hold"]}s', 'grow': rule['grow'], 'ids_max': rule['ids_max'],
                 'message': '{count} by {by} of {id}'}
    for name, unsaid in (('grow', not rule['grow']), ('hold', not rule['hold']), ('event_limit', rule['plain']),
                         ('time_int', not rule['time_int']), ('quiet', rule['quiet'] == rule['time_int'])):
        if unsaid:
            del json_rule[name]
    return json_rule


def random_values(r, names):
    if r.random() < 0.08:
        return None
    return [r.choice(names) for _ in range(r.randrange(4))] if r.random() < 0.15 else [r.choice(names)]


def random_stream(r, stream, numbers):
    t, gap = 0, r.choice([0.3, 1, 3, 12])
    events = []
    for _ in range(r.randrange(1, 40)):
        t += r.choice([0, int(r.expovariate(1 / gap)), int(r.expovariate(1 / gap)), r.choice([1, 5, 10, 30])])
        number = next(numbers)
        events.append({'t': t, 'id': ulid(t, number), 'stream': stream, 'host': random_values(r, 'ab'),
                       'who': random_values(r, ['x', 'y', 7])})
    return events


def as_line(r, event):
    fields = {'id': event['id'], 'date_stamp': stamp(event['t']), 'extended': {'stream': event['stream']}}
    for name in ('host', 'who'):
        value = event[name]
        if value is not None:
            alone = len(value) == 1 and r.random() < 0.7
            fields['extended'][name] = value[0] if alone else value
    return json.dumps(fields, separators=(',', ':')).encode()


def merged(r, streams, late):
    """All events in order of time; with late, in an order in which none comes more than late seconds late."""
    events = sorted((e for s in streams for e in s), key=lambda e: e['t'])
    if late:
        arrival = sorted(((e['t'] + r.uniform(0, late), i) for i, e in enumerate(events)))
        events = [events[i] for _, i in arrival]
    return events


# ---- comparing

def run(program, rules, lines, options):
    with tempfile.TemporaryDirectory(prefix='siem-model-') as folder:
        path = os.path.join(folder, 'rules.json')
        with open(path, 'w') as f:
            json.dump({'rules_model': rules}, f)
        p = subprocess.run([program, '-r', path, *options], input=b'\n'.join(lines) + b'\n', capture_output=True, timeout=300)
    if p.returncode != 0:
        sys.exit(f'{program} ends with {p.returncode}: {p.stderr.decode()[:2000]}')
    return [json.loads(l) for l in p.stdout.splitlines()]


def comparable(line):
    return json.dumps({k: v for k, v in line.items() if k not in ('t', 'id', 'time_int', 'parsed_on')}, sort_keys=True)


def check_order(got, wanted):
    """Lines of one rule and key come in the order of the model, and one episode has one id."""
    ids = {}
    for g, w in zip(got, wanted):
        if comparable(g) != comparable(w):
            return f'wanted {comparable(w)}\n  got    {comparable(g)}'
        if w['phase'] == 'open':
            if g['id'] in ids:
                return f'id {g["id"]} is given twice'
            ids[g['id']] = True
        elif list(ids)[-1:] != [g['id']]:
            return f'{w["phase"]} has another id than its episode'
    return None if len(got) == len(wanted) else f'wanted {len(wanted)} lines, got {len(got)}'


def compare(rules, streams, got, final):
    by = collections.defaultdict(list)
    for g in got:
        by[g['source_rule'], json.dumps(g['key'])].append(g)
    faults = []
    for (rule, stream), events in zip(rules, streams):
        wanted = collections.defaultdict(list)
        order = sorted(range(len(events)), key=lambda i: events[i]['t'])
        for w in model(rule, [events[i] for i in order]):
            wanted[json.dumps(w['key'])].append(w)
        for key in set(wanted) | {k for n, k in by if n == rule['name']}:
            w, g = wanted.get(key, []), by.get((rule['name'], key), [])
            if final:
                w = [x for x in w if x['phase'] == 'close']
                fault = None if list(map(comparable, w)) == list(map(comparable, g)) else f'wanted {w}\n  got    {g}'
            else:
                fault = check_order(g, w)
            if fault:
                faults.append(f'{rule} {key}\n  {fault}\n  events ' + json.dumps([[e["t"], e["host"], e["who"]] for e in events]))
    return faults


def in_time(rules, got):
    """Over all rules and keys, lines come in the order of the times at which they are due."""
    quiet = {rule['name']: rule['quiet'] for rule, _ in rules}
    due = [datetime.fromisoformat(g['last'].replace('Z', '+00:00')).timestamp() +
           (quiet[g['source_rule']] if g['phase'] == 'close' else 0) for g in got]
    return [f'line {i + 2} comes after one that is due later' for i, (a, b) in enumerate(zip(due, due[1:])) if a > b]


def batch(program, r, count, late, final):
    numbers = itertools.count(1)
    rules, streams = [], []
    for i in range(count):
        streams.append(random_stream(r, f's{i}', numbers))
        rules.append((random_rule(r, f'r{i}'), f's{i}'))
    events = merged(r, streams, late)
    lines = [as_line(r, e) for e in events]
    place = {e['id']: i for i, e in enumerate(events)}
    for s in streams:
        s.sort(key=lambda e: place[e['id']])                # events of the same time: as they arrive
    options = (['--late', f'{late}s'] if late else []) + (['--final'] if final else [])
    got = run(program, [as_rule(rule, stream) for rule, stream in rules], lines, options)
    faults = compare(rules, streams, got, final) + in_time(rules, got)
    return faults, len(lines), len(got)


def main():
    a = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1])
    a.add_argument('--streams', type=int, default=4000)
    a.add_argument('--batch', type=int, default=100)
    a.add_argument('--seed', type=int, default=random.randrange(1 << 30))
    a.add_argument('program')
    o = a.parse_args()
    r = random.Random(o.seed)
    events = alerts = 0
    for n in range(0, o.streams, o.batch):
        late = r.choice([0, 0, 3, 20])
        faults, lines, out = batch(o.program, r, o.batch, late, r.random() < 0.25)
        events, alerts = events + lines, alerts + out
        if faults:
            print(f'seed {o.seed}, streams {n} to {n + o.batch}, late {late}: {len(faults)} differ; the first:\n{faults[0]}')
            return 1
    print(f'{o.streams} streams, {events} events, {alerts} lines agree (seed {o.seed})')
    return 0


if __name__ == '__main__':
    sys.exit(main())
