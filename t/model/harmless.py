#!/usr/bin/env python3
# Ordinary days of a small company, as logs.
# SPDX-License-Identifier: MIT
"""Ordinary days: logs in which nothing happens that an administrator wants to be told of.

  harmless.py DIRECTORY [DAYS [PART ..]]

A part is the name of a method of Days or of a function of harmless_admin.py; all of them where none is named. Writes auth.log, syslog, kern.log, mail.log, access.log, error.log, audit.log, mysql.log, postgresql.log and ftp.log,
each in the order of time, the same bytes on every run. People mistype passwords, follow dead links, search for
"o'brien select union"; machines reboot, answer late to a firewall, and are asked by monitoring every few minutes.
No rule that ships may raise an alert on them (t/rules.bats).
"""
import random, sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import harmless_admin

START = datetime(2025, 3, 3, tzinfo=timezone.utc)   # a Monday
SEED = 20250303
MACHINES = 'gate web1 web2 mail db1 files build1 desk7'.split()
PEOPLE = {'anna': '10.20.0.11', 'bela': '10.20.0.12', 'chris': '10.20.0.13', 'dora': '10.20.0.14', 'emil': '10.20.0.15',
          'fatima': '2001:db8:20::16', 'george': '10.20.0.17', 'hana': '10.20.0.18'}
MONITOR, BACKUP, ANSIBLE, LAN_DNS = '10.20.1.5', '10.20.1.6', '10.20.1.7', '10.20.1.53'
AGENTS = ['Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0',
          'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36',
          'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1']
CRAWLERS = [('192.0.2.66', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'),
            ('192.0.2.67', 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)'),
            ('192.0.2.68', 'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)')]
PAGES = ['/', '/products', '/products/42', '/products/table-lamp', '/about', '/contact', '/blog/', '/blog/2025/02/select-the-right-lamp',
         '/search?q=lamp', '/search?q=o%27brien', '/search?q=student+union', '/search?q=select+all+from+union+lamps', '/help?topic=drop+table+lamps',
         '/cart', '/checkout', '/api/v1/items?limit=20&offset=40', '/docs/../about', '/download?file=manual.pdf', '/admin-guide.html',
         '/search?q=%3Cb%3Elamp%3C%2Fb%3E', '/blog/2024/12/what-log4shell-taught-us', '/robots.txt', '/sitemap.xml', '/search?q=100%25+cotton']
ASSETS = ['/static/app.js', '/static/app.css', '/static/logo.svg', '/favicon.ico', '/static/fonts/inter.woff2'] + [f'/img/{i}.webp' for i in range(30)]
DEAD = ['/old-shop', '/apple-touch-icon.png', '/apple-touch-icon-precomposed.png', '/blog/2019/05/gone', '/img/missing.png', '/feed', '/.well-known/security.txt']
COMMANDS = ['/usr/bin/apt update', '/usr/bin/apt upgrade', '/usr/bin/systemctl restart nginx', '/usr/bin/journalctl -u nginx', '/usr/bin/less /var/log/syslog',
            '/usr/bin/vim /etc/nginx/sites-available/shop', '/usr/bin/systemctl status postgresql', '/usr/bin/tail -f /var/log/mail.log', '/usr/bin/docker ps']


class Days:
    def __init__(self, days):
        self.random = random.Random(SEED)
        self.days, self.lines, self.pid = days, {}, dict.fromkeys(MACHINES, 1000)
        self.audit_serial = 1000

    # ---- how each log writes its lines

    def add(self, log, time, text):
        self.lines.setdefault(log, []).append((time, len(self.lines.get(log, ())), text))

    def syslog(self, time, machine, tag, text, log='syslog', pid=None):
        if tag != 'kernel' and pid is None:
            pid = self.next_pid(machine)
        head = f'{tag}[{pid}]' if tag != 'kernel' else 'kernel'
        self.add(log, time, f'{time:%b} {time.day:2} {time:%H:%M:%S} {machine} {head}: {text}')

    def kernel(self, time, machine, text):
        self.syslog(time, machine, 'kernel', f'[{(time - START).total_seconds() + 90000:.6f}] {text}', 'kern.log')

    def web(self, time, client, request, status, size, agent, referrer='-', user='-'):
        self.add('access.log', time, f'{client} - {user} [{time:%d/%b/%Y:%H:%M:%S} +0000] "{request} HTTP/1.1" {status} {size} "{referrer}" "{agent}"')

    def audit(self, time, *records):
        self.audit_serial += 1
        for kind, text in records:
            self.add('audit.log', time, f'type={kind} msg=audit({time.timestamp():.3f}:{self.audit_serial}): {text}')

    def next_pid(self, machine):
        self.pid[machine] += self.random.randrange(1, 30)
        return self.pid[machine]

    # ---- when things happen

    def every(self, minutes, jitter=5.0):
        """Times through all days, so many minutes apart and a few seconds off."""
        time = START + timedelta(seconds=self.random.uniform(0, minutes * 60))
        while time < START + timedelta(days=self.days):
            yield time + timedelta(seconds=self.random.uniform(0, jitter))
            time += timedelta(minutes=minutes)

    def at_work(self, a_day):
        """Times within working hours, on weekdays, about so many a day."""
        for day in range(self.days):
            date = START + timedelta(days=day)
            if date.weekday() < 5:
                for _ in range(self.random.randint(a_day * 3 // 4, a_day * 5 // 4)):
                    yield date + timedelta(hours=8, seconds=self.random.triangular(0, 36000))

    def later(self, time, least, most):
        return time + timedelta(seconds=self.random.uniform(least, most))

    # ---- what happens

    def ssh_session(self, time, user, address, machine, method, wrong=0):
        pid, port = self.next_pid(machine), self.random.randrange(32768, 61000)
        say = lambda text: self.syslog(time, machine, 'sshd', text, 'auth.log', pid)
        say(f'Connection from {address} port {port} on 10.20.0.1 port 22 rdomain ""')
        for _ in range(wrong):
            say(f'pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={address}  user={user}')
            time = self.later(time, 2, 3)
            say(f'Failed password for {user} from {address} port {port} ssh2')
            time = self.later(time, 3, 9)
        key = ' ssh2: ED25519 SHA256:' + user.ljust(43, 'x') if method == 'publickey' else ' ssh2'
        say(f'Accepted {method} for {user} from {address} port {port}{key}')
        say(f'pam_unix(sshd:session): session opened for user {user}(uid=1001) by (uid=0)')
        self.syslog(time, machine, 'systemd-logind', f'New session {pid % 5000} of user {user}.', 'auth.log', 611)
        time = self.later(time, 5, 3000)
        say(f'Received disconnect from {address} port {port}:11: disconnected by user')
        say(f'Disconnected from user {user} {address} port {port}')
        say(f'pam_unix(sshd:session): session closed for user {user}')
        self.syslog(time, machine, 'systemd-logind', f'Session {pid % 5000} logged out. Waiting for processes to exit.', 'auth.log', 611)

    def ssh(self):
        for time in self.at_work(45):
            user = self.random.choice(list(PEOPLE))
            method = self.random.choice(['publickey', 'publickey', 'password'])
            wrong = self.random.choices([0, 1, 2], [30, 3, 1])[0] if method == 'password' else 0
            self.ssh_session(time, user, PEOPLE[user], self.random.choice(MACHINES), method, wrong)
        for time in self.every(60):                                   # backups, and a play over all machines
            for machine in MACHINES:
                self.ssh_session(self.later(time, 0, 40), 'backup', BACKUP, machine, 'publickey')
        for time in self.every(12 * 60):
            for machine in MACHINES * 3:
                self.ssh_session(self.later(time, 0, 90), 'deploy', ANSIBLE, machine, 'publickey')
        for time in self.every(5):                                    # monitoring looks whether port 22 answers
            machine = self.random.choice(MACHINES)
            self.syslog(time, machine, 'sshd', f'Connection closed by {MONITOR} port {self.random.randrange(32768, 61000)} [preauth]', 'auth.log')
        for time in self.at_work(1):                                  # a wrong name, once
            user = self.random.choice(list(PEOPLE))
            pid, port = self.next_pid('gate'), self.random.randrange(32768, 61000)
            self.syslog(time, 'gate', 'sshd', f'Invalid user {user}a from {PEOPLE[user]} port {port}', 'auth.log', pid)
            self.syslog(self.later(time, 3, 4), 'gate', 'sshd', f'Connection closed by invalid user {user}a {PEOPLE[user]} port {port} [preauth]', 'auth.log', pid)
            self.ssh_session(self.later(time, 10, 20), user, PEOPLE[user], 'gate', 'publickey')

    def sudo(self):
        for time in self.at_work(60):
            user, machine = self.random.choice(['anna', 'bela', 'chris']), self.random.choice(MACHINES)
            pid = self.next_pid(machine)
            if self.random.random() < 0.02:
                self.syslog(time, machine, 'sudo', f'pam_unix(sudo:auth): authentication failure; logname={user} uid=1001 euid=0 tty=/dev/pts/1 ruser={user} rhost=  user={user}', 'auth.log', pid)
                time = self.later(time, 3, 6)
            self.syslog(time, machine, 'sudo', f'{user:>8} : TTY=pts/1 ; PWD=/home/{user} ; USER=root ; COMMAND={self.random.choice(COMMANDS)}', 'auth.log', pid)
            self.syslog(time, machine, 'sudo', f'pam_unix(sudo:session): session opened for user root(uid=0) by {user}(uid=1001)', 'auth.log', pid)
            self.syslog(self.later(time, 1, 60), machine, 'sudo', 'pam_unix(sudo:session): session closed for user root', 'auth.log', pid)
        for time in self.every(24 * 60):
            pid = self.next_pid('db1')
            self.syslog(time, 'db1', 'su', '(to postgres) root on none', 'auth.log', pid)
            self.syslog(time, 'db1', 'su', 'pam_unix(su-l:session): session opened for user postgres(uid=112) by (uid=0)', 'auth.log', pid)
            self.syslog(self.later(time, 30, 60), 'db1', 'su', 'pam_unix(su-l:session): session closed for user postgres', 'auth.log', pid)

    def cron(self):
        for machine in MACHINES:
            for time in self.every(10):
                pid = self.next_pid(machine)
                self.syslog(time, machine, 'CRON', 'pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)', 'auth.log', pid)
                self.syslog(time, machine, 'CRON', '(root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)', 'syslog', pid + 1)
                self.syslog(self.later(time, 0, 1), machine, 'CRON', 'pam_unix(cron:session): session closed for user root', 'auth.log', pid)

    def services(self):
        units = ['Daily apt download activities', 'Daily apt upgrade and clean activities', 'Rotate log files', 'Daily man-db regeneration', 'Discard unused blocks']
        for machine in MACHINES:
            for time in self.every(300):
                unit = self.random.choice(units)
                self.syslog(time, machine, 'systemd', f'Starting {unit}...', pid=1)
                self.syslog(self.later(time, 1, 20), machine, 'systemd', f'Finished {unit}.', pid=1)
            for time in self.every(24 * 60):
                self.syslog(time, machine, 'rsyslogd', '[origin software="rsyslogd" swVersion="8.2302.0" x-pid="700" x-info="https://www.rsyslog.com"] rsyslogd was HUPed', pid=700)
            for time in self.every(17):
                self.syslog(time, machine, 'chronyd', f'Selected source 10.20.1.{self.random.randrange(50, 54)} (ntp{self.random.randrange(1, 4)}.lan)', pid=650)
        for time in self.every(5 * 24 * 60):                          # a new kernel: everything stops, and starts again
            self.reboot(time, self.random.choice(MACHINES))
        for time in self.every(4 * 24 * 60):                          # one program falls over, once
            machine = self.random.choice(MACHINES)
            self.kernel(time, machine, 'evince[4711]: segfault at 8 ip 00007f3c2a1b2c3d sp 00007ffd12345678 error 4 in libpoppler.so.126.0.0[7f3c2a000000+200000]')
            self.syslog(time, machine, 'systemd', 'shop-worker.service: Main process exited, code=exited, status=1/FAILURE', pid=1)
            self.syslog(time, machine, 'systemd', "shop-worker.service: Failed with result 'exit-code'.", pid=1)
            self.syslog(self.later(time, 5, 6), machine, 'systemd', 'shop-worker.service: Scheduled restart job, restart counter is at 1.', pid=1)
            self.syslog(self.later(time, 6, 7), machine, 'systemd', 'Started Shop worker.', pid=1)

    def reboot(self, time, machine):
        names = ['OpenBSD Secure Shell server', 'Regular background program processing daemon', 'A high performance web server', 'System Logging Service',
                 'D-Bus System Message Bus', 'Network Time Synchronization', 'Permit User Sessions', 'Getty on tty1', 'LSB: exim Mail Transport Agent']
        self.syslog(time, machine, 'systemd-logind', 'System is rebooting.', 'auth.log', 611)
        for name in names * 4:
            self.syslog(self.later(time, 0, 8), machine, 'systemd', f'Stopped {name}.', pid=1)
        self.syslog(self.later(time, 8, 9), machine, 'sshd', 'Received signal 15; terminating.', 'auth.log', 820)
        up = self.later(time, 40, 60)
        for text in ['Linux version 6.1.0-31-amd64 (debian-kernel@lists.debian.org)', 'Command line: BOOT_IMAGE=/vmlinuz ro quiet', 'x86/fpu: Supporting XSAVE feature 0x001',
                     'loop: module loaded', 'sd 0:0:0:0: [sda] Attached SCSI disk', 'EXT4-fs (sda1): mounted filesystem with ordered data mode', 'random: crng init done']:
            self.kernel(up, machine, text)
        for name in names * 4:
            self.syslog(self.later(up, 1, 12), machine, 'systemd', f'Started {name}.', pid=1)
        self.syslog(self.later(up, 12, 13), machine, 'sshd', 'Server listening on 0.0.0.0 port 22.', 'auth.log', 820)

    def firewall(self):
        def block(time, machine, inside, source, to, rest):
            self.kernel(time, machine, f'[UFW BLOCK] IN={inside} OUT= MAC=01:00:5e:00:00:fb:52:54:00:12:34:56:08:00 SRC={source} DST={to} LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID={self.random.randrange(65536)} {rest}')
        for time in self.every(2):                                    # chatter of the LAN
            who = self.random.choice(list(PEOPLE.values())[:5])
            port, to = self.random.choice([(5353, '224.0.0.251'), (1900, '239.255.255.250'), (137, '10.20.0.255'), (138, '10.20.0.255'), (17500, '255.255.255.255')])
            block(time, self.random.choice(MACHINES), 'eth0', who, to, f'PROTO=UDP SPT={port} DPT={port} LEN=40')
        for time in self.every(45):                                   # answers that come when nobody waits for them any more
            server, machine = self.random.choice(['192.0.2.200', '192.0.2.201', '198.51.100.200']), self.random.choice(MACHINES)
            for _ in range(self.random.randrange(4, 14)):
                block(self.later(time, 0, 20), machine, 'eth0', server, '10.20.0.1', f'PROTO=TCP SPT=443 DPT={self.random.randrange(32768, 61000)} WINDOW=0 RES=0x00 {self.random.choice(["RST", "ACK RST", "ACK FIN", "ACK"])} URGP=0')
        for time in self.every(30):
            for _ in range(self.random.randrange(3, 25)):
                block(self.later(time, 0, 3), 'gate', 'eth0', LAN_DNS, '10.20.0.1', f'PROTO=UDP SPT=53 DPT={self.random.randrange(1024, 65536)} LEN=90')
        for time in self.every(7):                                    # what drifts through the Internet: one packet each
            block(time, 'gate', 'eth1', f'203.0.113.{self.random.randrange(1, 255)}', '198.51.100.7', f'PROTO=TCP SPT={self.random.randrange(1024, 65536)} DPT={self.random.choice([22, 23, 80, 443, 445, 3389, 8080])} WINDOW=1024 RES=0x00 SYN URGP=0')
        for time in self.every(180):                                  # containers come and go
            name = f'veth{self.random.randrange(1 << 28):07x}'
            for text in [f'docker0: port 1({name}) entered blocking state', f'device {name} entered promiscuous mode', f'docker0: port 1({name}) entered forwarding state']:
                self.kernel(time, 'build1', text)
            self.kernel(self.later(time, 60, 600), 'build1', f'device {name} left promiscuous mode')

    def web_visits(self):
        site = 'https://shop.example'
        for time in self.every(0.9, 40):
            client, agent = f'198.51.100.{self.random.randrange(1, 150)}', self.random.choice(AGENTS)
            for _ in range(self.random.randrange(1, 5)):
                page = self.random.choice(PAGES)
                self.web(time, client, f'GET {page}', 200, self.random.randrange(800, 60000), agent, site + '/')
                for asset in self.random.sample(ASSETS, self.random.randrange(1, 6)):
                    self.web(self.later(time, 0, 2), client, f'GET {asset}', self.random.choice([200, 200, 304]), self.random.randrange(0, 90000), agent, site + page.split('?')[0])
                if self.random.random() < 0.06:
                    self.web(self.later(time, 0, 2), client, f'GET {self.random.choice(DEAD)}', 404, 153, agent, site + '/')
                time = self.later(time, 5, 60)
        for address, agent in CRAWLERS:
            for time in self.every(3):
                dead = self.random.random() < 0.05
                self.web(time, address, 'GET ' + self.random.choice(DEAD if dead else PAGES), 404 if dead else 200, self.random.randrange(100, 40000), agent)
        for time in self.every(1):
            self.web(time, MONITOR, 'GET /health', 200, 2, 'UptimeProbe/1.0')
        for time in self.at_work(6):                                  # an editor, who mistypes her password at times
            client, agent = PEOPLE['dora'], AGENTS[0]
            self.web(time, client, 'GET /wp-login.php', 200, 4211, agent)
            if self.random.random() < 0.2:
                self.web(self.later(time, 2, 4), client, 'POST /wp-login.php', 200, 4411, agent, site + '/wp-login.php')
            time = self.later(time, 8, 12)
            self.web(time, client, 'POST /wp-login.php', 302, 0, agent, site + '/wp-login.php')
            for _ in range(12):
                time = self.later(time, 1, 90)
                self.web(time, client, self.random.choice(['GET /wp-admin/', 'GET /wp-admin/edit.php', 'POST /wp-admin/admin-ajax.php', 'POST /wp-admin/post.php', 'GET /wp-admin/upload.php']), 200, 9000, agent, site + '/wp-admin/')
        for time in self.every(20):                                   # a program whose token runs out
            client = '10.20.2.9'
            self.web(time, client, 'GET /api/v1/orders', 401, 31, 'python-requests/2.32.3')
            self.web(self.later(time, 0, 1), client, 'POST /api/v1/token', 200, 900, 'python-requests/2.32.3')
            self.web(self.later(time, 1, 2), client, 'GET /api/v1/orders', 200, 5311, 'python-requests/2.32.3')
        for time in self.every(4 * 24 * 60):                          # a new version is put in place: a few seconds of 502
            for _ in range(4):
                client, at = f'198.51.100.{self.random.randrange(1, 150)}', self.later(time, 0, 5)
                self.web(at, client, 'GET /cart', 502, 157, AGENTS[1], site + '/')
                self.add('error.log', at, f'{at:%Y/%m/%d %H:%M:%S} [error] 811#811: *{self.random.randrange(99999)} connect() failed (111: Connection refused) while connecting to upstream, client: {client}, server: shop.example, request: "GET /cart HTTP/1.1", upstream: "http://127.0.0.1:8000/cart", host: "shop.example"')

    def web_traps(self):
        """What looks like an attack and is none: a whole office behind one address, broken pages, applications, curious readers."""
        office = '198.51.100.230'
        words = ['q=%2Fetc%2Fpasswd', 'q=sql+union+select+tutorial', 'q=%3Cscript%3E+tag', 'q=curl+http+post', 'q=rm+-rf', 'q=cat+%26+dog', 'q=o%27reilly+and+sons',
                 'q=rock+%27n%27+roll', 'q=drop+table', 'q=sleep+well', 'q=phpmyadmin', 'q=${PRICE}', 'next=..%2Fabout', 'return=%2Fcart%3Fstep%3D2', 'q=price+%3C+20+and+size+%3E+3']
        for time in self.at_work(260):                                # 200 people, who all come from the same address
            agent, path = self.random.choice(AGENTS), self.random.choice(PAGES + ['/api/v1/me', '/api/v1/orders', '/search?' + self.random.choice(words)])
            self.web(time, office, f'GET {path}', 200, 4000, agent)
        for time in self.at_work(60):
            agent = self.random.choice(AGENTS)
            if self.random.random() < 0.05:
                self.web(time, office, 'POST /api/v1/login', 401, 40, agent)
            self.web(self.later(time, 6, 20), office, 'POST /api/v1/login', 200, 400, agent)
        for time in self.at_work(3):                                  # a page all of whose images are gone; an application that starts with an old token
            client = f'198.51.100.{self.random.randrange(150, 200)}'
            for n in range(25):
                self.web(self.later(time, 0, 2), client, f'GET /img/gallery/{n}.jpg', 404, 153, AGENTS[1], 'https://shop.example/gallery')
            for part in ('me', 'cart', 'orders', 'messages', 'settings', 'news', 'lamps', 'rooms'):
                self.web(self.later(time, 9, 10), client, f'GET /api/v1/{part}', 401, 31, AGENTS[1], 'https://shop.example/')
        for time in self.at_work(2):                                  # a proxy that asks for a ticket first, and a telephone that knows an old password
            for _ in range(4):
                time = self.later(time, 2, 5)
                self.web(time, '10.20.0.14', 'GET /intranet/', 401, 31, AGENTS[1])
                self.web(self.later(time, 0, 0.1), '10.20.0.14', 'GET /intranet/', 200, 9000, AGENTS[1], user='dora')
            for folder in range(4):
                self.syslog(self.later(time, 60, 61), 'mail', 'dovecot', f'imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<emil>, method=PLAIN, rip=10.20.0.15, lip=10.20.0.25, TLS, session=<{folder}old>', 'mail.log', 900)
        for time in self.every(600):                                  # somebody looks once whether an application is here
            self.web(time, f'203.0.113.{self.random.randrange(1, 255)}', 'GET ' + self.random.choice(['/phpmyadmin/', '/wp-login.php', '/.env', '/admin.php']), 404, 153, AGENTS[0])

    def mail(self):
        for time in self.every(3):
            queue, pid = f'4Z{self.random.randrange(1 << 36):09X}', self.next_pid('mail')
            peer = f'192.0.2.{self.random.randrange(100, 130)}'
            say = lambda at, tag, text: self.syslog(at, 'mail', 'postfix/' + tag, text, 'mail.log', pid)
            say(time, 'smtpd', f'connect from mx.example.net[{peer}]')
            say(time, 'smtpd', f'{queue}: client=mx.example.net[{peer}]')
            say(self.later(time, 0, 1), 'cleanup', f'{queue}: message-id=<{queue.lower()}@example.net>')
            say(self.later(time, 1, 2), 'qmgr', f'{queue}: from=<news@example.net>, size={self.random.randrange(900, 90000)}, nrcpt=1 (queue active)')
            say(self.later(time, 1, 2), 'smtpd', f'disconnect from mx.example.net[{peer}] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 quit=1 commands=7')
            say(self.later(time, 2, 3), 'local', f'{queue}: to=<{self.random.choice(list(PEOPLE))}@shop.example>, relay=local, delay=0.7, delays=0.5/0/0/0.2, dsn=2.0.0, status=sent (delivered to maildir)')
            say(self.later(time, 3, 4), 'qmgr', f'{queue}: removed')
        for time in self.every(25):                                   # somebody's spam, and the grey list
            peer = f'203.0.113.{self.random.randrange(1, 255)}'
            self.syslog(time, 'mail', 'postfix/smtpd', f'NOQUEUE: reject: RCPT from unknown[{peer}]: 450 4.2.0 <anna@shop.example>: Recipient address rejected: Greylisted; from=<a@example.org> to=<anna@shop.example> proto=ESMTP helo=<example.org>', 'mail.log')
        for time in self.every(4):
            user = self.random.choice(list(PEOPLE))
            pid = self.next_pid('mail')
            if self.random.random() < 0.01:
                self.syslog(time, 'mail', 'dovecot', f'imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<{user}>, method=PLAIN, rip={PEOPLE[user]}, lip=10.20.0.25, TLS, session=<{pid}abc>', 'mail.log', 900)
                time = self.later(time, 4, 9)
            self.syslog(time, 'mail', 'dovecot', f'imap-login: Login: user=<{user}>, method=PLAIN, rip={PEOPLE[user]}, lip=10.20.0.25, mpid={pid}, TLS, session=<{pid}xyz>', 'mail.log', 900)
            self.syslog(self.later(time, 5, 900), 'mail', 'dovecot', f'imap({user})<{pid}><{pid}xyz>: Disconnected: Logged out in=120 out=3000 deleted=0 expunged=0 trashed=0 hdr_count=0 hdr_bytes=0 body_count=0 body_bytes=0', 'mail.log', 900)

    def leases(self):
        for time in self.every(6):
            n = self.random.randrange(100, 140)
            mac = f'52:54:00:12:34:{n % 100:02d}'
            for text in [f'DHCPDISCOVER from {mac} via eth0', f'DHCPOFFER on 10.20.0.{n} to {mac} via eth0', f'DHCPREQUEST for 10.20.0.{n} (10.20.0.1) from {mac} via eth0', f'DHCPACK on 10.20.0.{n} to {mac} via eth0']:
                time = self.later(time, 0, 0.4)
                self.syslog(time, 'gate', 'dhcpd', text, pid=733)

    def databases(self):
        for time in self.every(5):
            self.add('postgresql.log', time, f'{time:%Y-%m-%d %H:%M:%S}.{time.microsecond // 1000:03d} UTC [620] LOG:  checkpoint starting: time')
        for time in self.every(15):
            pid = self.next_pid('db1')
            self.add('postgresql.log', time, f'{time:%Y-%m-%d %H:%M:%S}.000 UTC [{pid}] shop@shop LOG:  connection authorized: user=shop database=shop SSL enabled')
        for time in self.at_work(1):
            pid = self.next_pid('db1')
            self.add('postgresql.log', time, f'{time:%Y-%m-%d %H:%M:%S}.000 UTC [{pid}] anna@shop FATAL:  password authentication failed for user "anna"')
            self.add('mysql.log', time, f"{time:%Y-%m-%dT%H:%M:%S}.000000Z {pid} [Note] Access denied for user 'anna'@'{PEOPLE['anna']}' (using password: YES)")
        for time in self.every(240):
            self.add('mysql.log', time, f'{time:%Y-%m-%dT%H:%M:%S}.000000Z 0 [Note] InnoDB: page_cleaner: 1000ms intended loop took 4012ms.')

    def ftp(self):
        for time in self.every(40):
            pid, user = self.next_pid('files'), self.random.choice(['anna', 'chris'])
            head = lambda at: f'{at:%a %b} {at.day:2} {at:%H:%M:%S %Y} [pid {pid}]'
            self.add('ftp.log', time, f'{head(time)} CONNECT: Client "{PEOPLE[user]}"')
            if self.random.random() < 0.03:
                time = self.later(time, 3, 5)
                self.add('ftp.log', time, f'{head(time)} [{user}] FAIL LOGIN: Client "{PEOPLE[user]}"')
            time = self.later(time, 3, 5)
            self.add('ftp.log', time, f'{head(time)} [{user}] OK LOGIN: Client "{PEOPLE[user]}"')
            self.add('ftp.log', time, f'{head(time)} [{user}] OK UPLOAD: Client "{PEOPLE[user]}", "/in/report.pdf", 88231 bytes, 913.20Kbyte/sec')

    def audit_trail(self):
        for time in self.every(6):
            self.audit(time, ('SYSCALL', 'arch=c000003e syscall=59 success=yes exit=0 a0=55d a1=55e a2=55f a3=8 items=2 ppid=900 pid=901 auid=4294967295 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=(none) ses=4294967295 comm="run-parts" exe="/usr/bin/run-parts" subj=unconfined key="exec"'),
                       ('EXECVE', 'argc=3 a0="run-parts" a1="--report" a2="/etc/cron.hourly"'), ('CWD', 'cwd="/"'),
                       ('PATH', 'item=0 name="/usr/bin/run-parts" inode=131 dev=08:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0 cap_frootid=0'),
                       ('PROCTITLE', 'proctitle=72756E2D7061727473002D2D7265706F7274'))
        for time in self.at_work(10):
            user = self.random.choice(list(PEOPLE))
            self.audit(time, ('USER_AUTH', f'pid={self.next_pid("gate")} uid=0 auid=4294967295 ses=4294967295 subj=unconfined msg=\'op=PAM:authentication grantors=pam_unix acct="{user}" exe="/usr/sbin/sshd" hostname={PEOPLE[user]} addr={PEOPLE[user]} terminal=ssh res=success\''))
            self.audit(self.later(time, 0, 1), ('USER_LOGIN', f'pid={self.next_pid("gate")} uid=0 auid=1001 ses=7 subj=unconfined msg=\'op=login id=1001 exe="/usr/sbin/sshd" hostname={PEOPLE[user]} addr={PEOPLE[user]} terminal=/dev/pts/0 res=success\''))


def main():
    folder, days, names = Path(sys.argv[1]), Days(int(sys.argv[2]) if len(sys.argv) > 2 else 7), sys.argv[3:]
    parts = [days.ssh, days.sudo, days.cron, days.services, days.firewall, days.web_visits, days.web_traps, days.mail, days.leases, days.databases, days.ftp, days.audit_trail]
    more = [(part.__name__, lambda part=part: part(days)) for part in harmless_admin.PARTS]
    for name, part in [(part.__name__, part) for part in parts] + more:
        if not names or name in names:
            part()
    folder.mkdir(parents=True, exist_ok=True)
    for log, lines in days.lines.items():
        (folder / log).write_text(''.join(text + '\n' for _, _, text in sorted(lines)))


main()
