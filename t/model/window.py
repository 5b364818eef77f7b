#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""All shapes of rules and their episodes, straight from their definitions, against siem-window on random streams.

  window.py [--streams N] [--batch N] [--seed N] [--shape NAME] [--cuts N [--reload]] siem-window

Everything is looked at anew for each event: the matches of a key are a list, the window is a filter over it.
Streams are told apart by a field; each has its own rule, so that one process judges many streams at once.
With --cuts each batch is read in so many pieces by as many processes, which know of each other by --state alone.
Some rules come or go where a batch is cut. With --reload it is one process, which reads other rules there (SIGHUP).

Events come in order, up to --late late, or in any disorder. With --late some leap: a time more than a day above the
highest so far is believed if the next event is no more than a day before it; all are judged in order of their times,
and none is refused. In disorder, some are a little late, as of machines with other
clocks, one has a time far ahead, the newer log comes before the older one. The clock is the highest time so far; what is
remembered of a key, in runs, is kept in order of the events' own times.
"""
import argparse, collections, itertools, json, math, os, random, re, signal, subprocess, sys, tempfile, threading, time
from datetime import datetime, timedelta, timezone

START = 1718020800                                          # seconds; one unit of a stream's time is a second
ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
DAY = 86400
RUNS_MAX = 4                                                # of a key at a time
SHAPES = ['limit', 'plain', 'distinct', 'sum', 'sequence', 'all', 'first_seen', 'expect', 'self']


def stamp(t):
    return (datetime.fromtimestamp(START, timezone.utc) + timedelta(seconds=t)).strftime('%Y-%m-%dT%H:%M:%SZ')


def ulid(t, n):
    number = ((START + t) * 1000) << 80 | n
    return ''.join(ALPHABET[number >> 5 * i & 31] for i in reversed(range(26)))


# ---- the model: an event is a dict; "host", "who", "val" and "kind" are lists of values, None where there is none

def keys_of(rule, event):
    """All combinations of the values of the "by" fields, each once; none where one is missing."""
    by = rule['by'] + (['val'] if rule['shape'] == 'first_seen' else [])
    values = [event[field] for field in by]
    if any(not v for v in values):
        return []
    found = [dict(zip(by, combination)) for combination in itertools.product(*values)]
    return [json.loads(k) for k in dict.fromkeys(map(json.dumps, found))]


def kinds(event, letter):
    return letter in (event['kind'] or [])


def interests(rule, event):
    """Is it one of the events that the rule's criteria select?"""
    if rule['shape'] in ('sequence', 'all'):
        return any(kinds(event, letter) for letter in rule['steps'])
    if rule['shape'] == 'expect':
        return kinds(event, 'a') or kinds(event, 'b')
    return not rule['only'] or kinds(event, rule['only'])


def amount(rule, event):
    return sum(n for n in event['num'] or [] if n >= 1) if rule['shape'] == 'sum' else 1


def is_match(rule, event):
    """Some shapes have no use for an event that lacks their field."""
    return {'distinct': bool(event['val']), 'sum': amount(rule, event) > 0}.get(rule['shape'], True)


def broke(rule, matches, since):
    """The events that break the limit, the last match among them; None where it is not broken."""
    now, n, w, shape = matches[-1], rule['limit'], rule['time_int'], rule['shape']
    t = now['t']
    inside = [e for e in matches if t - w < e['t']] if w else [now]
    if shape in ('limit', 'plain'):
        return inside[-(n + 1):] if len(inside) > n else None
    if shape == 'sum':
        for i in reversed(range(len(inside))):
            if sum(amount(rule, e) for e in inside[i:]) > n:
                return inside[i:]
        return None
    if shape == 'distinct':
        seen = {}
        for i, e in enumerate(inside if w else matches[-1:]):
            for j, v in enumerate(e['val']):
                seen[str(v)] = (i, j)
        latest = sorted(seen.values())[-(n + 1):]
        return [inside[i] for i in sorted({i for i, _ in latest})] if len(seen) > n else None
    if shape == 'sequence':
        steps = rule['steps']
        if not kinds(now, steps[-1]):
            return None
        for chain in sorted(itertools.combinations(range(len(inside) - 1), len(steps) - 1), reverse=True):
            if all(kinds(inside[i], letter) for i, letter in zip(chain, steps)):
                return [inside[i] for i in chain] + [now]
        return None
    if shape == 'all':
        found = [[i for i, e in enumerate(inside) if kinds(e, letter)] for letter in rule['steps']]
        return [inside[i] for i in sorted({f[-1] for f in found})] if all(found) else None
    if shape == 'first_seen':
        known = any(t - rule['forget'] < e['t'] for e in matches[:-1])
        return None if known or t < since + rule['learn'] else [now]
    return None


def begins(rule, event):
    """Can it be the first of something?"""
    return kinds(event, {'sequence': rule['steps'][0], 'expect': 'a'}[rule['shape']]) \
        if rule['shape'] in ('sequence', 'expect') else True


def by_time(e):
    return e['t'], e['place']


class Memory:
    """What is remembered of a run, from which late events are judged: bounded, and in order of the events' own times."""

    def __init__(self, rule):
        self.rule, self.kept, self.chains, self.at = rule, [], {}, {}

    def put(self, event):
        """The events that break the limit, in order; None where it is not broken."""
        return getattr(self, self.rule['shape'])(event)

    def window(self, events):
        return events if events[-1]['t'] - events[0]['t'] < self.rule['time_int'] else None

    def limit(self, event):
        n = self.rule['limit']
        if n == 0:
            self.kept = [event]
            return [event]
        if len(self.kept) == n + 1 and event['t'] < self.kept[0]['t']:
            found = self.window([event] + self.kept[:n])
            self.kept = found or self.kept
            return found
        self.kept = sorted(self.kept + [event], key=by_time)[-(n + 1):]
        return self.window(self.kept) if len(self.kept) > n else None

    def plain(self, event):
        return [event]

    def sum(self, event):
        n, total = self.rule['limit'], lambda some: sum(amount(self.rule, e) for e in some)
        if total([event]) > n:
            self.kept = [event]
            return [event]
        kept = sorted(self.kept + [event], key=by_time)
        while total(kept[1:]) > n:
            kept = kept[1:]
        self.kept = kept
        inside = [e for e in kept if e['t'] - kept[0]['t'] < self.rule['time_int']]
        return inside if total(inside) > n and event in inside else None

    def distinct(self, event):
        n = self.rule['limit']
        if n == 0:
            self.kept = [event]
            return [event]
        for v in map(str, event['val']):
            if v not in self.at or self.at[v]['t'] <= event['t']:
                self.at[v] = event
        latest = sorted(self.at, key=lambda v: by_time(self.at[v]) + (max(
            (i for i, w in enumerate(self.at[v]['val']) if str(w) == v)),))[-(n + 1):]
        self.at = {v: self.at[v] for v in latest}
        found = sorted({e['place']: e for e in self.at.values()}.values(), key=by_time)
        return self.window(found) if len(self.at) > n and event in found else None

    def all(self, event):
        fresh = False
        for i, letter in enumerate(self.rule['steps']):
            if kinds(event, letter) and (i not in self.at or self.at[i]['t'] <= event['t']):
                self.at[i] = event
                fresh = True
        found = sorted({e['place']: e for e in self.at.values()}.values(), key=by_time)
        return self.window(found) if fresh and len(self.at) == len(self.rule['steps']) else None

    def sequence(self, event):
        """Of the chains of so many steps, that which began last."""
        steps, found = self.rule['steps'], None
        for n in reversed(range(1, len(steps) + 1)):
            if not kinds(event, steps[n - 1]):
                continue
            before = self.chains.get(n - 1, []) if n > 1 else []
            if n > 1 and (not before or before[-1]['t'] > event['t']):
                continue
            chain = before + [event]
            if event['t'] - chain[0]['t'] >= self.rule['time_int']:
                continue
            if n == len(steps):
                found = chain
            elif n not in self.chains or self.chains[n][0]['t'] <= chain[0]['t']:
                self.chains[n] = chain
        return found

    def first_seen(self, event):
        known = self.kept and event['t'] - self.kept[0]['t'] < self.rule['forget']
        if not self.kept or self.kept[0]['t'] <= event['t']:
            self.kept = [event]
        return None if known else [event]

    def times(self):
        """Of what an event could make a window with, if it came now."""
        rule, w = self.rule, self.rule['time_int']
        if rule['shape'] == 'plain' or (rule['shape'] == 'limit' and rule['limit'] == 0):
            return []
        if rule['shape'] == 'sequence':
            return [self.chains[1][0]['t']] if 1 in self.chains else []
        times = sorted(e['t'] for e in self.kept or self.at.values())
        return [t for t in times if rule['shape'] != 'all' or t > times[-1] - w]

    def after(self):
        """Late events are put to it if they come after that."""
        rule, times = self.rule, self.times()
        if not times or (rule['shape'] == 'distinct' and rule['limit'] == 0):
            return math.inf
        full = {'limit': len(self.kept) > rule['limit'], 'distinct': len(self.at) > rule['limit'],
                'sum': sum(amount(rule, e) for e in self.kept) > rule['limit']}.get(rule['shape'])
        if full:
            return min(times[0] - 1, times[-2] - rule['time_int']) if rule['shape'] == 'limit' else times[0] - 1
        return times[0] - (rule['forget'] if rule['shape'] == 'first_seen' else rule['time_int'])

    def until(self):
        rule, times = self.rule, self.times()
        return times[-1] + (rule['forget'] if rule['shape'] == 'first_seen' else rule['time_int']) if times else -math.inf


class Run:
    """One run of a key of one rule, event by event: times are those of events, but for the clock."""

    def __init__(self, rule, key, since, runs):
        self.rule, self.key, self.since, self.runs, self.lines = rule, key, since, runs, []
        self.matches, self.memory, self.episode, self.waits = [], Memory(rule), None, None
        self.sorted = True
        self.high, self.lag, self.clock, self.due, self.used = -math.inf, 0, since, 0, 0
        self.number = 0                                     # of the last event of the run
        self.order = {}

    def is_open(self):
        return self.episode is not None and self.episode['open']

    def as_it_comes(self):
        return self.rule['shape'] in ('expect', 'self')

    def ends(self):
        return min(self.episode['last'] + self.rule['quiet'], self.episode['since'] + self.rule['max_open'])

    def until(self):
        """When nothing of it matters any more, by its own time."""
        if self.waits:
            return math.inf
        return max(self.memory.until(), -math.inf if not self.episode else
                   self.ends() if self.is_open() else self.episode['closed'] + self.rule['hold'])

    def takes(self, t):
        after = self.memory.after()
        if self.episode:
            after = min(after, self.episode['first'] - (self.rule['quiet'] or 1))
        return self.as_it_comes() or after < t < self.until()

    def pass_clock(self, clock):
        """What is due until then: its own time goes on from its latest event as the clock does."""
        self.due = -math.inf
        while True:
            end = self.ends() + self.lag if self.is_open() else math.inf
            late = self.waits['t'] + self.rule['time_int'] + self.waits['ahead'] if self.waits else math.inf
            if min(end, late) > clock or min(end, late) == math.inf:
                break
            self.due = max(self.due, min(end, late))
            self.clock = max(self.clock, self.due)
            if late <= end:
                trigger, self.waits = self.waits, None
                if not self.is_open():
                    self.open([trigger] if trigger['id'] else [], trigger, trigger['t'] + self.rule['time_int'])
            else:
                self.close(self.ends())
        self.clock = clock

    def is_gone(self):
        return not self.is_open() and self.until() + self.lag <= self.clock

    def pass_own(self, t):
        if not self.as_it_comes() and self.is_open() and self.ends() <= t:
            self.close(self.ends())

    def line(self, phase):
        rule, episode = self.rule, self.episode
        count, most = len(episode['counted']), rule['ids_max']
        fixed = episode['broke'][:most]
        rest = [e for e in episode['counted'] if e not in episode['broke']]
        ids = [e['id'] for e in fixed + rest[max(0, len(rest) - (most - len(fixed))):]]
        total = sum(amount(rule, e) for e in episode['counted'])
        over = rule['limit'] + 1
        self.runs.lines.append({
            't': self.clock, 'final': self.runs.final, 'due': self.due, 'source_rule': rule['name'], 'phase': phase, 'key': self.key, 'severity': rule['severity'],
            'magnitude': total * (8 - rule['severity']) // over if rule['ratio'] else
            (total // 2 // over // 2 + 5) * (7 - rule['severity']),
            'event_limit': rule['limit'], 'event_count': count, 'date_stamp': stamp(episode['opened']),
            'first': stamp(episode['first']), 'last': stamp(episode['last']), 'source_ids': ids,
            'message': f'{count} ({total}) by {", ".join(map(str, self.key.values()))} of {episode["cause"]}',
            'episode': (id(self), episode['opened'], episode['cause']),
            **({'ids_dropped': count - len(ids)} if count > len(ids) else {})})

    def open(self, events, cause, t):
        """events broke the limit; what stands before the latest that is counted is not counted any more."""
        for other in self.runs.all:
            if other is not self:
                other.clock = self.clock
                other.pass_own(t)
        again = self.episode and t < self.episode['closed'] + self.rule['hold']
        if not again:
            self.episode = {'opened': t, 'first': cause['t'], 'last': t, 'counted': [],
                            'broke': events, 'cause': cause['id'] or '-', 'upto': 0}
        episode = self.episode
        episode['counted'] += [e for e in events if self.order[e['id']] > episode['upto']]
        episode.update(open=True, since=t, told=len(episode['counted']), upto=self.number)
        for e in events + [{'t': t}]:
            self.widen(e['t'])
        self.line('reopen' if again else 'open')

    def widen(self, t):
        self.episode['first'] = min(self.episode['first'], t)
        self.episode['last'] = max(self.episode['last'], t)

    def close(self, t):
        self.episode.update(open=False, closed=t)
        self.line('close')

    def grow(self, event, ends):
        episode = self.episode
        episode['counted'].append(event)
        episode.update(upto=self.number)
        self.widen(event['t'])
        if self.rule['grow'] and len(episode['counted']) >= self.rule['grow'] * episode['told']:
            episode['told'] = len(episode['counted'])
            if not ends:
                self.line('grow')
        if ends:
            self.close(episode['last'])

    def wait(self, event, clock):
        """expect: did what was missing come? A match that nothing waits for yet is waited for."""
        if self.rule['shape'] == 'self' and self.waits and 0 < self.waits['t'] - event['t'] < self.rule['time_int']:
            self.waits['ahead'] = clock - self.waits['t']
            return True
        expected = self.rule['shape'] == 'self' or kinds(event, 'b')
        if expected:
            self.waits = None
        if (self.rule['shape'] == 'self' or kinds(event, 'a')) and not self.waits:
            self.waits = {**event, 'ahead': clock - event['t']}
        return expected

    def broke(self, event, clock):
        if self.as_it_comes():
            return None
        events = self.memory.put(event)
        if events and self.rule['shape'] == 'first_seen' and clock < self.since + self.rule['learn']:
            events = None
        if self.sorted and event['t'] == clock:             # in order there is nothing to remember: all matches are asked
            wanted = broke(self.rule, self.matches, self.since)
            assert [e['id'] for e in events or []] == [e['id'] for e in wanted or []], (self.rule, self.matches)
        return events

    def event(self, event, clock):
        self.number += 1
        self.order[event['id']] = self.number
        if not is_match(self.rule, event):
            return
        self.sorted = self.sorted and event['t'] >= self.high
        self.matches.append(event)
        ends = self.as_it_comes() and self.wait(event, clock)
        self.high = max(self.high, event['t'])
        self.lag = max(0, clock - self.high)
        events = self.broke(event, clock)
        if self.is_open():
            self.grow(event, ends)
        elif events:
            self.open(events, event, event['t'])


class Runs:
    """The runs of one key: events that are far apart are judged apart."""

    def __init__(self, rule, key, since, clocks, place):
        self.rule, self.key, self.since, self.all, self.lines = rule, key, since, [], []
        self.clocks, self.place, self.final = clocks, place, False

    def new(self):
        self.all.append(Run(self.rule, self.key, self.since, self))
        return self.all[-1]

    def pass_to(self, place):
        """As far as the clock has come since, and then to where it is: it may have gone back."""
        passed = self.clocks[self.place + 1:place + 1]
        self.place = max(self.place, place)
        if passed:
            self.pass_clock(max(passed))
            for run in self.all:
                run.clock = passed[-1]

    def pass_clock(self, clock):
        before, self.lines = self.lines, []
        for run in self.all:
            run.pass_clock(clock)
        self.lines = before + sorted(self.lines, key=lambda line: line['due'])
        self.all = [run for run in self.all if not run.is_gone()]

    def event(self, event):
        self.pass_to(event['place'])
        run = max((run for run in self.all if run.takes(event['t'])), key=lambda run: run.used, default=None)
        if run is None:
            if not begins(self.rule, event):
                return
            if len(self.all) == RUNS_MAX:
                least = min(self.all, key=lambda run: run.used)
                if least.is_open():
                    least.close(least.high)
                self.all.remove(least)
            run = self.new()
            run.clock = event['clock']
        run.pass_own(event['t'])
        run.used = event['place'] + 1
        run.event(event, event['clock'])
        self.pass_clock(event['clock'])


def model(rule, events, since, until, clocks, begin, end):
    """Lines of one rule over events as they come, of which it sees those from begin to before end; it is taken out of
    use at until, or the input ends (None)."""
    keys = {}
    for key in rule['by_list']:
        keys[json.dumps(key)] = Runs(rule, key, since, clocks, begin)
        keys[json.dumps(key)].new().waits = {'t': since, 'id': None, 'ahead': 0}
    for event in events:
        if not interests(rule, event):
            continue
        for key in keys_of(rule, event):
            keys.setdefault(json.dumps(key), Runs(rule, key, since, clocks, event['place'] - 1)).event(event)
    for key in keys.values():
        key.pass_to(end - 1)
        key.final = until is None
        if until is None:
            for run in key.all:
                run.waits = None
            key.pass_clock(1e12)
        for run in key.all:
            if run.is_open():
                run.clock = math.inf if until is None else until
                run.close(run.clock)
    return [line for key in keys.values() for line in key.lines]


# ---- random streams

def random_rule(r, name, shape):
    limit = r.choice([0, 0, 1, 1, 2, 3, 5, 9]) if shape in ('limit', 'sum', 'distinct') else 0
    if shape in ('sum',):
        limit = r.choice([0, 1, 4, 10, 30])
    if shape == 'distinct':
        limit = r.choice([0, 1, 1, 2, 3])
    needs_time = limit or shape in ('sequence', 'all', 'expect', 'self')
    time_int = r.choice([1, 2, 5, 10, 30]) if needs_time or r.random() < 0.7 else 0
    unsaid = math.inf if shape in ('expect', 'self') else time_int
    quiet = r.choice([unsaid, unsaid, unsaid, 1, 3, 8, 40])
    by = r.choice([['host'], ['host'], ['who'], ['host', 'who'], []])
    listed = shape == 'self' and by and r.random() < 0.5
    return {'name': name, 'shape': shape, 'limit': limit, 'time_int': time_int, 'quiet': quiet, 'unsaid': unsaid,
            'hold': r.choice([0, 0, 0, 5, 20, 100]), 'max_open': r.choice([math.inf, math.inf, 3, 20]),
            'grow': r.choice([0, 0, 2, 3]), 'by': by, 'ratio': r.random() < 0.3, 'only': r.choice([None, None, 'a']),
            'steps': r.choice(['ab', 'ba', 'aa', 'abc', 'aab', 'abab' if shape == 'sequence' else 'ca']),
            'forget': r.choice([1, 5, 20, 1000]), 'learn': r.choice([0, 0, 10, 40]),
            'by_list': [dict(zip(by, v)) for v in itertools.product(*[{'host': 'ab', 'who': ['x', 7]}[f] for f in by])
                        ][:r.randrange(1, 4)] if listed else [],
            'ids_max': r.choice([1, 3, 5, 100]), 'severity': r.randrange(8)}


def as_rule(rule, stream):
    shape = rule['shape']
    only = {'kind': rule['only']} if rule['only'] else {}
    json_rule = {'name': rule['name'], 'severity': rule['severity'], 'when': {'stream': stream, **only},
                 'by': rule['by'], 'event_limit': rule['limit'], 'time_int': f'{rule["time_int"]}s',
                 'quiet': f'{rule["quiet"]}s', 'hold': f'{rule["hold"]}s', 'max_open': f'{rule["max_open"]}s',
                 'grow': rule['grow'], 'ids_max': rule['ids_max'], 'message': '{count} ({sum}) by {by} of {id}'}
    for name, unsaid in (('grow', not rule['grow']), ('hold', not rule['hold']),
                         ('event_limit', shape not in ('limit', 'sum', 'distinct')),
                         ('time_int', not rule['time_int']), ('quiet', rule['quiet'] == rule['unsaid']),
                         ('max_open', rule['max_open'] == math.inf)):
        if unsaid:
            del json_rule[name]
    if rule['ratio']:
        json_rule['magnitude'] = 'ratio'
    if shape in ('sequence', 'all'):
        json_rule['let'] = {k: {'kind': k} for k in rule['steps'][:1]}
        json_rule[shape] = [{'kind': k} if k not in json_rule['let'] else k for k in rule['steps']]
        json_rule['when'] = {'stream': stream}
    if shape == 'expect':
        json_rule.update(when={'stream': stream, 'kind': 'a'}, expect={'stream': stream, 'kind': 'b'})
    if shape == 'self':
        json_rule['expect'] = 'self'
    if rule['by_list']:
        flat = len(rule['by']) == 1
        json_rule['by_list'] = [list(k.values())[0] if flat else k for k in rule['by_list']]
    if shape == 'first_seen':
        json_rule.update(first_seen='val', forget=f'{rule["forget"]}s', learn=f'{rule["learn"]}s')
    if shape in ('sum', 'distinct'):
        json_rule[shape] = {'sum': 'num', 'distinct': 'val'}[shape]
    return json_rule


def random_values(r, names, several=0.15):
    if r.random() < 0.08:
        return None
    return [r.choice(names) for _ in range(r.randrange(4))] if r.random() < several else [r.choice(names)]


def random_stream(r, stream, numbers):
    t, gap = r.randrange(30), r.choice([0.3, 1, 3, 12])
    events = []
    for _ in range(r.randrange(1, 40)):
        t += r.choice([0, int(r.expovariate(1 / gap)), int(r.expovariate(1 / gap)), r.choice([1, 5, 10, 30])])
        number = next(numbers)
        events.append({'t': t, 'id': ulid(t, number), 'stream': stream, 'host': random_values(r, 'ab'),
                       'who': random_values(r, ['x', 'y', 7]), 'val': random_values(r, ['p', 'q', 'r', 's', 5]),
                       'num': random_values(r, [0, 1, 2, 3, 7, 50, -4]), 'kind': random_values(r, 'aabbcd', 0.3)})
    return events


def as_line(r, event):
    fields = {'id': event['id'], 'date_stamp': stamp(event['t']), 'extended': {'stream': event['stream']}}
    for name in ('host', 'who', 'val', 'num', 'kind'):
        value = event[name]
        if value is not None:
            alone = len(value) == 1 and r.random() < 0.7
            fields['extended'][name] = value[0] if alone else value
    return json.dumps(fields, separators=(',', ':')).encode()


def disordered(r, events):
    """The events of a stream as they come, with times that are wrong, late, or go back."""
    offsets = r.choice([[0], [0, 0, 0, -1, -2], range(-8, 1), [0, -60], [0, -5, -400], [0, 100, 700, -33, -200, 5000],
                        [0] * 30 + [30, 86400 * 366], range(-200, 1)])
    if r.random() < 0.15:                                   # the newer log stands before the older one
        at = r.randrange(len(events))
        times = [e['t'] for e in events[at:] + events[:at]]
        events = [{**e, 't': t} for e, t in zip(events, times)]
    return [{**e, 't': max(0, e['t'] + r.choice(offsets))} for e in events]


def leap(r, events):
    """Some that are alone have a time far ahead, each that a rule can want; and from some on, all come days later."""
    if r.random() < 0.4:
        return
    for place in sorted(r.sample(range(len(events)), min(len(events), r.randrange(3)))):
        days = r.choice([2, 40]) * DAY
        for e in events[place:]:
            e['t'] += days
    place = r.randrange(1, 40)
    while place < len(events):
        events[place].update(t=events[place]['t'] + r.choice([DAY + 5000, 2 * DAY, 700 * DAY]), kind=['a', 'b', 'c'])
        place += r.randrange(2, 200)


def merged(r, streams, late, disorder=False):
    """All events in order of time; with late, in an order in which none comes more than late seconds late."""
    events = sorted((e for s in streams for e in s), key=lambda e: e['t'])
    if late:
        arrival = sorted(((e['t'] + r.uniform(0, late), i) for i, e in enumerate(events)))
        leap(r, [events[i] for _, i in arrival])
        events = [events[i] for _, i in arrival]
    if disorder:
        wrong = {e['id']: e for s in streams for e in disordered(r, s)}
        events = [wrong[e['id']] for e in events]
    clock, before = -math.inf, None
    for place, e in enumerate(events):
        if before is not None and e['t'] < clock - DAY:     # a leap that the next event does not follow was none
            clock = before
        before = clock if -math.inf < clock < e['t'] - DAY else None
        clock = max(clock, e['t'])
        e.update(place=place, clock=e['t'] if late else clock)
    return events


# ---- comparing

def run(program, rules, lines, options):
    with tempfile.TemporaryDirectory(prefix='siem-model-') as folder:
        path = os.path.join(folder, 'rules.json')
        with open(path, 'w') as f:
            json.dump({'rules_model': rules}, f)
        p = subprocess.run([program, '-r', path, *options], input=b''.join(l + b'\n' for l in lines), capture_output=True,
                           timeout=300)
    if p.returncode != 0:
        sys.exit(f'{program} ends with {p.returncode}: {p.stderr.decode()[:2000]}')
    return [json.loads(l) for l in p.stdout.splitlines()]


class Reloading:
    """One process that reads other rules in between: it is asked how far it has come, and told to read them."""

    def __init__(self, program, folder, options):
        self.path, self.err, self.events = os.path.join(folder, 'rules.json'), '', 0
        self.command = [program, '-r', self.path, *options]

    def listen(self):
        for line in self.p.stderr:
            self.err += line.decode()

    def listens(self):
        """It would die of a signal that comes before it has begun to catch it."""
        with open(f'/proc/{self.p.pid}/status') as f:
            caught = re.search(r'SigCgt:\s*(\w+)', f.read())
        return caught is not None and int(caught[1], 16) >> signal.SIGUSR1 - 1 & 1

    def wait(self, what, ask):
        """Until it says so; asked again and again, as it reads while it can."""
        at = len(self.err)
        for _ in range(3000):
            ask()
            time.sleep(0.01)
            if re.search(what, self.err[at:]):
                return
        sys.exit(f'{self.command} does not say {what}: {self.err[-2000:]}')

    def piece(self, rules, lines, first, last):
        with open(self.path + '.new', 'w') as f:
            json.dump({'rules_model': rules}, f)
        os.rename(self.path + '.new', self.path)
        if first:
            self.p = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.out = []
            self.threads = [threading.Thread(target=self.listen),
                            threading.Thread(target=lambda: self.out.append(self.p.stdout.read()))]
            for thread in self.threads:
                thread.start()
        else:
            once = iter([signal.SIGHUP])
            self.wait('rules read again', lambda: [self.p.send_signal(which) for which in once])
        self.p.stdin.write(b''.join(l + b'\n' for l in lines))
        self.p.stdin.flush()
        self.events += len(lines)
        if not last:
            self.wait(rf'\b{self.events} events', lambda: self.listens() and self.p.send_signal(signal.SIGUSR1))

    def end(self):
        self.p.stdin.close()
        for thread in self.threads:
            thread.join()
        if self.p.wait() != 0:
            sys.exit(f'{self.command} ends with {self.p.returncode}: {self.err[-2000:]}')
        return [json.loads(l) for l in self.out[0].splitlines()]


def comparable(line):
    return json.dumps({k: v for k, v in line.items() if k not in ('t', 'id', 'time_int', 'parsed_on', 'episode', 'due', 'final')}, sort_keys=True)


def check_order(got, wanted, phases):
    """Lines of one rule and key come in the order of the model, and one episode has one id."""
    ids = {}
    for g, w in zip(got, wanted):
        g['t'] = w['t']
        if comparable(g) != comparable(w):
            return f'wanted {comparable(w)}\n  got    {comparable(g)}'
        if phases is None and w['phase'] == 'open':
            if g['id'] in ids.values():
                return f'id {g["id"]} is given twice'
            ids[w['episode']] = g['id']
        elif phases is None and ids[w['episode']] != g['id']:
            return f'{w["phase"]} has another id than its episode'
    return None if len(got) == len(wanted) else f'wanted {len(wanted)} lines, got {len(got)}: {wanted}\n  got {got}'


def compare(judged, got, phases, ends, clocks):
    """judged: (rule, its events in order, when it began, when it was taken out of use or None, lines it sees)."""
    by = collections.defaultdict(list)
    for g in got:
        by[g['source_rule'], json.dumps(g['key'])].append(g)
    faults = []
    for rule, events, since, until, (begin, end) in judged:
        wanted = collections.defaultdict(list)
        for w in model(rule, events, since, until, clocks, begin, end):
            if w['phase'] in (phases or [w['phase']]) and not (w['final'] and not ends):
                wanted[json.dumps(w['key'])].append(w)
        for key in set(wanted) | {k for n, k in by if n == rule['name']}:
            fault = check_order(by.get((rule['name'], key), []), wanted.get(key, []), phases)
            if fault:
                faults.append(f'{rule} {key} since {since} until {until}\n  {fault}\n  events ' + '\n'.join(
                    json.dumps({k: v for k, v in e.items() if k != 'stream'}) for e in events))
    if not faults and clocks == sorted(clocks):
        faults = [f'line {i + 2} comes after one that is due later' for i, (a, b) in
                  enumerate(zip(got, got[1:])) if a['t'] > b['t']]
    return faults


def batch(program, r, count, late, phases, shapes, cuts, disorder, reload):
    numbers = itertools.count(1)
    streams = [random_stream(r, f's{i}', numbers) for i in range(count)]
    rules = [random_rule(r, f'r{i}', r.choice(shapes)) for i in range(count)]
    events = merged(r, streams, late, disorder)
    if disorder:
        came = collections.defaultdict(list)
        for e in events:
            came[e['stream']].append(e)
        streams = [came[f's{i}'] for i in range(count)]
    lines = [as_line(r, e) for e in events]
    place = {e['id']: i for i, e in enumerate(events)}
    options = (['--late', f'{late}s'] if late else []) + (['--emit', ','.join(phases)] if phases else [])
    in_order = lambda some: sorted(some, key=lambda e: (late and e['t'], e['place']))
    events_judged = in_order(events)                        # with late, events stand in the order of their times
    clocks = [e['clock'] for e in events_judged]
    if late:
        for i, e in enumerate(events_judged):
            e['place'] = i
    pieces = sorted(r.randrange(len(lines) + 1) for _ in range(cuts))
    stays = [(0, math.inf)] * count                         # of each rule: the lines that it sees
    if cuts and not late:
        stays = [r.choice([(0, math.inf), (0, math.inf), (pieces[0], math.inf), (0, pieces[-1])]) for _ in rules]
    if cuts and late and not reload:                        # so that none waits at the end
        for _ in range(2):                                  # and is believed to be that late
            tail = {'t': max(e['t'] for e in events) + late, 'id': ulid(0, next(numbers)), 'stream': 'none'}
            lines.append(as_line(r, collections.defaultdict(lambda: None, tail)))
    got = []
    with tempfile.TemporaryDirectory(prefix='siem-model-') as folder:
        process = Reloading(program, folder, options)
        for i, (a, b) in enumerate(zip([0] + pieces, pieces + [len(lines)])):
            here = [as_rule(rule, f's{i}') for i, rule in enumerate(rules) if stays[i][0] <= a < stays[i][1] or
                    (a == b == len(lines) and stays[i][1] == math.inf)]
            if reload:
                process.piece(here, lines[a:b], i == 0, i == cuts)
                continue
            state = ['--state', os.path.join(folder, 'state')] if cuts else []
            got += run(program, here, lines[a:b], options + state)
        if reload:
            got = process.end()
    judged = []
    for i, (rule, stream) in enumerate(zip(rules, streams)):
        first, last = stays[i]
        seen = [e for e in events if first <= place[e['id']] < last]
        gone = None
        if last < math.inf:
            gone = clocks[last - 1] if last else 0
        since = seen[0]['clock'] if seen and not late else min([e['clock'] for e in seen], default=0)
        judged.append((rule, in_order(e for e in stream if first <= place[e['id']] < last), since, gone,
                       (min(first, len(clocks)), min(last, len(clocks)))))
    return compare(judged, got, phases, reload or not cuts, clocks), len(lines), len(got)


def main():
    a = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1])
    a.add_argument('--streams', type=int, default=4000)
    a.add_argument('--batch', type=int, default=100)
    a.add_argument('--seed', type=int, default=random.randrange(1 << 30))
    a.add_argument('--shape', choices=SHAPES)
    a.add_argument('--cuts', type=int, default=0)
    a.add_argument('--reload', action='store_true')
    a.add_argument('--disorder', type=float, default=0.6, help='share of the batches in which events come out of order')
    a.add_argument('program')
    o = a.parse_args()
    r = random.Random(o.seed)
    events = alerts = 0
    for n in range(0, o.streams, o.batch):
        late = r.choice([0, 0, 3, 20])
        phases = r.choice([None, None, None, ['close'], ['open', 'close'], ['reopen', 'grow']])
        shapes = [o.shape] if o.shape else SHAPES
        disorder = not late and r.random() < o.disorder
        faults, lines, out = batch(o.program, r, o.batch, late, phases, shapes, o.cuts, disorder, o.reload)
        events, alerts = events + lines, alerts + out
        if faults:
            print(f'seed {o.seed}, streams {n} to {n + o.batch}, late {late}, disorder {disorder}, {phases}: {len(faults)} differ; the first:\n'
                  f'{faults[0]}')
            return 1
    print(f'{o.streams} streams, {events} events, {alerts} lines agree (seed {o.seed})')
    return 0


if __name__ == '__main__':
    sys.exit(main())
