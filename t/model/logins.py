#!/usr/bin/env python3
# The failed logins of logins.tsv as logs: one file for each program.
# SPDX-License-Identifier: MIT
"""  logins.py TABLE DIRECTORY TIMES [NAME ..]

Writes for each line of the table a file of TIMES lines, a second apart, from an address of its own; TIMES 0 writes none.
The client calls itself NAME, in turn where several are given, admin where none is. Prints program, a tab, address.
"""
import json, re, sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

START = datetime(2025, 3, 3, 12, tzinfo=timezone.utc)


def line(template, address, name, time, count):
    """The template with its places filled; what was filled in is not looked at again."""
    day = f'{time:%b} {time.day:2} {time:%H:%M:%S}'
    words = {'A': address, 'U': name, 'J': json.dumps(name)[1:-1], 'S': f'{day} gate', 'I': f'{time:%Y-%m-%dT%H:%M:%S}', 'D': f'{time:%Y-%m-%d}', 'T': f'{time:%H:%M:%S}',
             'C': f'{time:%d/%b/%Y:%H:%M:%S} +0000', 'K': f'{time:%a} {day} {time.year}', 'E': str(int(time.timestamp())), 'N': str(1000 + count)}
    return re.sub(r'@([AUJSIDTCKEN])@', lambda place: words[place[1]], template).replace('\\t', '\t')


def main():
    table, folder, times, names = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:] or ['admin']
    folder.mkdir(parents=True, exist_ok=True)
    rows = [row.split('\t', 1) for row in table.read_text().splitlines() if row[0] != '#']
    for number, (program, template) in enumerate(rows):
        address = f'203.0.113.{number % 250 + 1}' if number < 250 else f'198.51.100.{number - 249}'
        lines = [line(template, address, names[n % len(names)], START + timedelta(seconds=n), n) for n in range(times)]
        (folder / f'{program}.log').write_text(''.join(text + '\n' for text in lines))
        print(program, address, sep='\t')


main()
