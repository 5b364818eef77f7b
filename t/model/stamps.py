#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Stamps in all notations that logs have, with what they mean: by Python's datetime and zoneinfo, not by our code.

stamps.py: lets siem-parse read a line for each, shows those that it reads otherwise, and says how many there were.
stamps.py rows: shows what it asks: TZ, reference, line, and time in microseconds since 1970 ("-": no stamp).
"""
import datetime, itertools, json, os, subprocess, sys, zoneinfo
from datetime import timedelta, timezone

UTC = timezone.utc
REFERENCE = '2024-08-01T00:00:00Z'
ABBREVIATIONS = {'UTC': 0, 'GMT': 0, 'CET': 60, 'CEST': 120, 'EET': 120, 'EEST': 180, 'MSK': 180, 'BST': 60, 'WEST': 60,
                 'EST': -300, 'EDT': -240, 'CST': -360, 'CDT': -300, 'MST': -420, 'MDT': -360, 'PST': -480, 'PDT': -420,
                 'JST': 540, 'AEST': 600, 'AEDT': 660, 'NZST': 720, 'NZDT': 780, 'NST': -210, 'ACST': 570}
rows = []

def micro(when): return (when - datetime.datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)

def row(line, when, tz='UTC', reference=REFERENCE): rows.append((tz, reference, line, str(micro(when)) if when else '-'))

def local(tz, *civil):
    """fold=0 is our rule: of an hour that comes twice the first; in one that is skipped the offset before it."""
    return datetime.datetime(*civil, tzinfo=zoneinfo.ZoneInfo(tz), fold=0).astimezone(UTC)

def offset_text(minutes, colon=':'):
    return '%s%02d%s%02d' % ('-' if minutes < 0 else '+', abs(minutes) // 60, colon, abs(minutes) % 60)

def bsd(when): return when.strftime('%b ') + '%2d' % when.day + when.strftime(' %H:%M:%S')

# Times of all kinds: ends of months and years, leap days, midnights, fractions.
TIMES = [datetime.datetime(*t) for t in (
    (2024, 6, 10, 12, 0, 0), (2024, 2, 29, 23, 59, 59), (2023, 12, 31, 23, 59, 59), (2024, 1, 1, 0, 0, 0),
    (2000, 2, 29, 12, 30, 1), (2023, 3, 1, 0, 0, 7), (2023, 9, 9, 9, 9, 9), (2024, 7, 31, 23, 0, 59))]

for i, t in enumerate(TIMES):
    zone = ('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe')[i % 4]
    offset = (0, 120, -210, 345, -720, 840, 570, -60)[i]
    there = timezone(timedelta(minutes=offset))
    aware, named = t.replace(tzinfo=there), local(zone, *t.timetuple()[:6])
    fine = aware.replace(microsecond=(123456, 120000, 1, 999999, 0, 500000, 100, 7000)[i])
    # RFC 3339 and its relatives
    row(aware.strftime('%Y-%m-%dT%H:%M:%S') + offset_text(offset) + ' web1 su: x', aware)
    row(fine.strftime('%Y-%m-%dT%H:%M:%S.%f') + offset_text(offset) + ' web1 su: x', fine)
    row(t.strftime('%Y-%m-%dT%H:%M:%SZ web1 su: x'), t.replace(tzinfo=UTC))
    row(t.strftime('%Y-%m-%d %H:%M:%S,250 INFO [main] x: started'), named + timedelta(milliseconds=250), zone)
    row(t.strftime('%Y/%m/%d %H:%M:%S [error] 7#7: *1 x'), named, zone)
    # RFC 5424
    row('<34>1 ' + fine.strftime('%Y-%m-%dT%H:%M:%S.%f') + offset_text(offset) + ' web1 su - - - x', fine)
    # Common Log Format, Apache errors, C's asctime
    row('192.0.2.1 - - [' + aware.strftime('%d/%b/%Y:%H:%M:%S ') + offset_text(offset, '') + '] "GET / HTTP/1.1" 200 1', aware)
    row('[' + t.strftime('%a %b %d %H:%M:%S.123456 %Y') + '] [core:error] [pid 7] x', named + timedelta(microseconds=123456), zone)
    # BSD, with and without year
    row(bsd(t) + ' web1 su: x', named, zone, reference=t.strftime('%Y-%m-%dT%H:%M:%SZ'))
    row(t.strftime('%b %d %Y %H:%M:%S web1 su: x'), named, zone)
    row(t.strftime('%Y ') + bsd(t) + ' web1 su: x', named, zone)
    row(bsd(t) + t.strftime(' %Y web1 su: x'), named, zone)
    row('<13>' + bsd(t) + '.042 web1 su: x', named + timedelta(milliseconds=42), zone, reference=t.strftime('%Y-%m-%dT%H:%M:%SZ'))
    # epochs in JSON: seconds, milliseconds, microseconds, nanoseconds
    seconds = micro(t.replace(tzinfo=UTC)) // 10**6
    for digits in ('', '.25', '123', '123456', '123456789'):
        fraction = {'': 0, '.25': 250000, '123': 123000}.get(digits, 123456)
        row('{"time":%d%s,"message":"x"}' % (seconds, digits), t.replace(tzinfo=UTC) + timedelta(microseconds=fraction))
    row('type=SYSCALL msg=audit(%d.789:42): arch=c000003e syscall=59' % seconds, t.replace(tzinfo=UTC) + timedelta(milliseconds=789))
    # squid's native log
    row('%d.500      7 192.0.2.1 TCP_MISS/200 1 GET http://example.com/ - DIRECT/198.51.100.1 text/html' % seconds,
        t.replace(tzinfo=UTC) + timedelta(milliseconds=500))

# Zones by name, as Cisco and applications write them.
for name, minutes in ABBREVIATIONS.items():
    when = datetime.datetime(2024, 6, 10, 12, 0, 0, 123000, timezone(timedelta(minutes=minutes)))
    row('35: *Jun 10 2024 12:00:00.123 %s: %%SYS-5-CONFIG_I: x' % name, when)
    row('{"time":"2024-06-10 12:00:00.123 %s","message":"x"}' % name, when)
row('35: Jun 10 12:00:00.123: %SYS-5-CONFIG_I: x', local('Europe/Paris', 2024, 6, 10, 12, 0, 0, 123000), 'Europe/Paris')
row('<166>Jun 10 2024 12:00:00: %ASA-6-302013: x', local('Europe/Paris', 2024, 6, 10, 12), 'Europe/Paris')

# Gaps and folds: each quarter of an hour around all changes of clocks in a year, in zones that differ by half hours too.
def changes(tz, year):
    zone, at = zoneinfo.ZoneInfo(tz), datetime.datetime(year, 1, 1, tzinfo=UTC)
    while at.year == year:
        if (at + timedelta(hours=1)).astimezone(zone).utcoffset() != at.astimezone(zone).utcoffset(): yield at
        at += timedelta(hours=1)

for tz in ('Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Chatham', 'America/Sao_Paulo'):
    for at in changes(tz, 2017):
        naive = at.astimezone(zoneinfo.ZoneInfo(tz)).replace(tzinfo=None)
        for quarter in range(-6, 10):
            t = naive + timedelta(minutes=15 * quarter)
            row(t.strftime('%Y-%m-%d %H:%M:%S [error] x'), local(tz, *t.timetuple()[:6]), tz)
            row(bsd(t) + ' web1 su: x', local(tz, *t.timetuple()[:6]), tz, reference='2017-12-31T00:00:00Z')

# Leap seconds: the start of the next second.
for text, when in (('2016-12-31T23:59:60Z', (2017, 1, 1)), ('2015-07-01T01:59:60+02:00', (2015, 7, 1)), ('2012-06-30T23:59:60.5Z', (2012, 7, 1, 0, 0, 0, 500000))):
    row(text + ' web1 su: x', datetime.datetime(*when, tzinfo=UTC))
row('Dec 31 23:59:60 web1 su: x', datetime.datetime(2017, 1, 1, tzinfo=UTC), reference='2017-01-01T00:00:00Z')

# New Years: the latest year that does not put a stamp after the reference and a day.
for reference in ('2024-01-01T00:00:00Z', '2023-12-31T23:00:00Z', '2024-03-01T00:00:00Z', '2025-02-27T12:00:00Z', '2023-06-10T12:00:00Z'):
    latest = datetime.datetime.fromisoformat(reference.replace('Z', '+00:00')) + timedelta(days=1)
    for month, day, hour in ((1, 1, 0), (1, 2, 0), (1, 2, 1), (12, 31, 23), (12, 31, 0), (2, 28, 12), (2, 29, 0), (3, 1, 0), (3, 2, 0), (6, 11, 11), (6, 11, 13)):
        for year in range(latest.year, latest.year - 9, -1):
            try: when = datetime.datetime(year, month, day, hour, tzinfo=UTC)
            except ValueError: continue
            if when <= latest: break
        row('%s %2d %02d:00:00 web1 su: x' % (when.strftime('%b'), day, hour), when, reference=reference)

# Dates that are none.
for text in ('2023-02-29T00:00:00Z', '2024-11-31T00:00:00Z', '2024-13-01T00:00:00Z', '2024-06-10T24:00:00Z', '2024-06-10T12:60:00Z',
             'Nov 31 12:00:00', 'Feb 30 12:00:00', 'Jun  0 12:00:00', 'Jun 10 25:00:00', 'Jux 10 12:00:00', '2024-00-10 12:00:00'):
    row(text + ' web1 su: x', None)

CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

def told(event):
    """The time of an event, by its date_stamp; it must be that of its id too."""
    if event['format'] == 'unparsed': return '-'
    text = event['date_stamp'].replace('Z', '+00:00')
    leap = text[17:19] == '60'
    if leap: text = text[:17] + '59' + text[19:]
    time = micro(datetime.datetime.fromisoformat(text)) + leap * 10**6
    in_id = 0
    for letter in event['id'][:10]: in_id = in_id * 32 + CROCKFORD.index(letter)
    return str(time) if in_id == time // 1000 else '%d, but %d ms in its id' % (time, in_id)

def padded(text):
    """Fractions as Python 3.9 reads them: of three or six digits."""
    head, point, tail = text.partition('.')
    digits = len(tail) - len(tail.lstrip('0123456789'))
    return head + point + (tail[:digits].ljust(6, '0') + tail[digits:] if point else '')

if sys.argv[1:] == ['rows']:
    for cells in rows: print('\t'.join(cells))
    sys.exit()
bad = 0
key = lambda cells: cells[:2]
for (tz, reference), group in itertools.groupby(sorted(rows, key=key), key):
    group = list(group)
    parse = subprocess.run(['siem-parse', '--host', 'here', '--reference', reference], env=dict(os.environ, TZ=tz), check=True,
                           input=''.join(cells[2] + '\n' for cells in group), capture_output=True, text=True)
    events = parse.stdout.splitlines()
    if len(events) != len(group): sys.exit('%d events of %d lines' % (len(events), len(group)))
    for cells, event in zip(group, events):
        event = json.loads(event)
        event['date_stamp'] = padded(event['date_stamp'])
        got = told(event)
        if got == cells[3]: continue
        bad += 1
        print('\t'.join(cells), 'got', got, event['date_stamp'], event['format'])
print(len(rows), 'stamps,', bad, 'of them wrong')
sys.exit(bad > 0)
