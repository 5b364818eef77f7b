# What administrators and their programs do on ordinary days.
# SPDX-License-Identifier: MIT
"""More of the ordinary days of harmless.py: packages are upgraded, tables of cron edited, passwords changed, clocks set
as machines start, services started by timers; programs watch sites, read feeds, fetch their mail with an old password;
people come from hotels. Each part is a function of a Days."""

PEOPLE = ['anna', 'bela', 'chris', 'dora', 'emil', 'george', 'hana']
ADMINS = ['anna', 'bela', 'chris']
SYSCALL = ('arch=c000003e syscall={call} success=yes exit=3 a0=ffffff9c a1=55d2a8d9e2a0 a2={flags} a3=1b6 items=2 ppid=900 pid={pid} auid={auid} uid=0 gid=0 '
           'euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=(none) ses=4294967295 comm="{comm}" exe="{exe}" subj=unconfined key="{key}"')


def touched(days, time, exe, paths, call=82, flags='0', comm=None, auid=4294967295, key='identity'):
    """An event of the audit: a program did something to these files."""
    records = [('SYSCALL', SYSCALL.format(call=call, flags=flags, pid=days.next_pid('gate'), auid=auid, comm=comm or exe.split('/')[-1], exe=exe, key=key)), ('CWD', 'cwd="/"')]
    records += [('PATH', f'item={n} name="{path}" inode={131 + n} dev=08:01 mode=0100644 ouid=0 ogid=0 rdev=00:00 nametype={"NORMAL" if n else "PARENT"} cap_fp=0') for n, path in enumerate(paths)]
    days.audit(time, *records, ('PROCTITLE', 'proctitle=2F62696E2F7368'))


def upgrades(days):
    """Packages bring new files for logins and for cron, their accounts and groups; services start anew."""
    for time in days.every(24 * 60):
        for machine in ('gate', 'web1', 'db1'):
            for name, number in (('postfix', 108), ('_chrony', 109), ('redis', 110)):
                days.syslog(days.later(time, 0, 9), machine, 'groupadd', f'new group: name={name}, GID={number + 8}', 'auth.log')
                days.syslog(days.later(time, 9, 20), machine, 'useradd', f'new user: name={name}, UID={number}, GID={number + 8}, home=/var/lib/{name}, shell=/usr/sbin/nologin, from=none', 'auth.log')
            for unit in ('ssh', 'cron', 'nginx', 'postgresql@15-main', 'systemd-timesyncd'):
                days.syslog(days.later(time, 30, 90), machine, 'systemd', f'Stopping {unit}.service - {unit}...', pid=1)
                days.syslog(days.later(time, 91, 95), machine, 'systemd', f'Started {unit}.service - {unit}.', pid=1)
        touched(days, time, '/usr/bin/dpkg', ['/etc/pam.d', '/etc/pam.d/sshd.dpkg-new', '/etc/pam.d/sshd'])
        touched(days, time, '/usr/bin/dpkg', ['/etc/cron.daily', '/etc/cron.daily/man-db.dpkg-new', '/etc/cron.daily/man-db'], key='cron')
        touched(days, time, '/usr/bin/perl', ['/etc/pam.d', '/etc/pam.d/common-auth'], 257, '241', 'pam-auth-update')
        touched(days, time, '/usr/sbin/useradd', ['/etc', '/etc/passwd+', '/etc/passwd'])
        touched(days, time, '/usr/bin/systemd-sysusers', ['/etc', '/etc/.#passwd1234', '/etc/passwd'])
        touched(days, time, '/usr/sbin/logrotate', ['/var/log', '/var/log/auth.log', '/var/log/auth.log.1'], key='logs')
    for time in days.at_work(8):                                       # who has a file open only reads it; a debugger; tests
        touched(days, time, '/usr/bin/bash', ['/etc/passwd'], 257, '80000', auid=1001)
        touched(days, time, '/usr/bin/less', ['/var/log/auth.log'], 257, '0', auid=1001, key='logs')
        days.audit(time, ('SYSCALL', SYSCALL.format(call=101, flags='0', pid=4711, auid=1001, comm='gdb', exe='/usr/bin/gdb', key='tracing').replace('a0=ffffff9c', 'a0=10')))
        days.audit(time, ('SYSCALL', SYSCALL.format(call=59, flags='0', pid=4712, auid=1001, comm='shop.test', exe='/tmp/go-build88/b001/shop.test', key='exec')))
        days.audit(time, ('SYSCALL', SYSCALL.format(call=313, flags='0', pid=4713, auid=1001, comm='modprobe', exe='/usr/bin/kmod', key='modules')))


def accounts(days):
    """People change their passwords, at times wrongly; administrators edit their tables of cron."""
    for time in days.at_work(2):
        user, machine, pid = days.random.choice(PEOPLE), 'desk7', days.next_pid('desk7')
        if days.random.random() < 0.3:
            days.syslog(time, machine, 'passwd', f'pam_unix(passwd:chauthtok): authentication failure; logname={user} uid=1001 euid=0 tty=/dev/pts/0 ruser= rhost=  user={user}', 'auth.log', pid)
        days.syslog(days.later(time, 5, 9), machine, 'passwd', f'pam_unix(passwd:chauthtok): password changed for {user}', 'auth.log', pid)
        touched(days, days.later(time, 5, 9), '/usr/bin/passwd', ['/etc', '/etc/nshadow', '/etc/shadow'], auid=1001)
    for time in days.at_work(4):
        user, machine, pid = days.random.choice(ADMINS), days.random.choice(['gate', 'web1', 'db1']), days.next_pid('gate')
        say = lambda at, what: days.syslog(at, machine, 'crontab', f'({user}) {what} ({user})', pid=pid)
        say(time, 'LIST')
        say(days.later(time, 5, 9), 'BEGIN EDIT')
        say(days.later(time, 60, 90), 'REPLACE')
        say(days.later(time, 91, 92), 'END EDIT')
        days.syslog(days.later(time, 100, 120), machine, 'cron', f'({user}) RELOAD (crontabs/{user})', pid=650)
        touched(days, days.later(time, 60, 90), '/usr/bin/crontab', ['/var/spool/cron/crontabs', f'/var/spool/cron/crontabs/{user}'], key='cron', auid=1001)


def clocks(days):
    """A machine starts, and its clock is set; a laptop wakes up; the daemons of time tell of their servers."""
    for time in days.every(24 * 60):
        for text in ('chronyd version 4.3 starting (+CMDMON +NTP +REFCLOCK +RTC +PRIVDROP +SCFILTER +SIGND +ASYNCDNS +NTS +SECHASH +IPV6 -DEBUG)', 'Selected source 10.20.1.51 (ntp1.lan)',
                     'System clock wrong by 1.304512 seconds', 'System clock was stepped by 1.304512 seconds', 'System clock TAI offset set to 37 seconds'):
            time = days.later(time, 1, 3)
            days.syslog(time, 'desk7', 'chronyd', text, pid=651)
        for text in ('ntpd 4.2.8p15@1.3728-o: Starting', 'time reset -0.451214 s', 'kernel reports TIME_ERROR: 0x41: Clock Unsynchronized', 'adjusting local clock by 0.412s'):
            days.syslog(days.later(time, 9, 20), 'files', 'ntpd', text, pid=652)
        days.syslog(time, 'build1', 'systemd-timesyncd', 'System clock time unset or jumped backwards, restoring from recorded timestamp: Mon 2025-03-03 00:00:00 UTC', pid=653)
        days.syslog(days.later(time, 1, 2), 'build1', 'systemd-timesyncd', 'Initial clock synchronization to Mon 2025-03-03 00:00:01 UTC.', pid=653)
        days.syslog(days.later(time, 2, 3), 'build1', 'systemd-resolved', 'Clock change detected. Flushing caches.', pid=654)
        days.syslog(days.later(time, 3, 4), 'desk7', 'systemd', 'Time has been changed', pid=1)
        days.kernel(days.later(time, 4, 5), 'desk7', "clocksource: timekeeping watchdog on CPU0: Marking clocksource 'tsc' as unstable because the skew is too large:")
    for machine in ('files', 'db1'):
        for time in days.every(20):
            days.syslog(time, machine, 'rsyslogd', '-- MARK --', pid=700)


def timers(days):
    """Services that a timer starts every minute, and one that is put in place anew several times a day."""
    for time in days.every(1):
        days.syslog(time, 'web2', 'systemd', 'Started shop-queue.service - Works on the queue of the shop.', pid=1)
        days.syslog(days.later(time, 1, 2), 'web2', 'systemd', 'shop-queue.service: Deactivated successfully.', pid=1)
    for time in days.at_work(9):
        days.syslog(time, 'web1', 'systemd', 'shop.service: Main process exited, code=exited, status=143/n/a', pid=1)
        days.syslog(days.later(time, 1, 2), 'web1', 'systemd', 'Started shop.service - The shop.', pid=1)
        days.syslog(days.later(time, 3, 4), 'gate', 'systemd', f'Started session-{days.random.randrange(999)}.scope - Session {days.random.randrange(999)} of User anna.', pid=1)


def watchers(days):
    """Programs that ask a site all day: whether it is up, what is new, whether a certificate may be given."""
    for n in range(6):
        for time in days.every(1):
            days.web(time, f'192.0.2.{210 + n}', 'HEAD /', 200, 0, 'Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)')
    for n, agent in enumerate(['Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers)', 'NewsBlur Feed Fetcher - 4 subscribers', 'Tiny Tiny RSS/24.03 (https://tt-rss.org/)', 'FreshRSS/1.24 (Linux; https://freshrss.org)']):
        for time in days.every(10):
            days.web(time, f'192.0.2.{220 + n}', 'GET /blog/feed.xml', 304, 0, agent)
            days.web(days.later(time, 0, 1), f'192.0.2.{220 + n}', 'GET /blog/old-feed.rss', 404, 153, agent)
    for time in days.every(12 * 60):
        for n in range(5):
            days.web(days.later(time, 0, 2), f'192.0.2.{230 + n}', 'GET /.well-known/acme-challenge/q7Zx8J_p0yUVr6yqk0W5yYq2m7w0vVxkz1', 200, 87, "Mozilla/5.0 (compatible; Let's Encrypt validation server; +https://www.letsencrypt.org)")
    for time in days.every(3):                                         # folders, sources and images that are fetched with a password
        client = '10.20.2.20'
        days.web(time, client, 'PROPFIND /remote.php/dav/files/anna/', 401, 480, 'Mozilla/5.0 (Linux) mirall/3.13.0 (Nextcloud, debian-6.1.0 ClientArchitecture: x86_64)')
        days.web(days.later(time, 0, 1), client, 'PROPFIND /remote.php/dav/files/anna/', 207, 4800, 'Mozilla/5.0 (Linux) mirall/3.13.0 (Nextcloud, debian-6.1.0 ClientArchitecture: x86_64)', user='anna')
    for time in days.at_work(20):
        client = '10.20.2.21'
        for path, agent in (('/git/shop.git/info/refs?service=git-upload-pack', 'git/2.39.5'), ('/v2/', 'docker/26.1.4 go/go1.21.11'), ('/v2/shop/manifests/latest', 'docker/26.1.4 go/go1.21.11')):
            days.web(time, client, f'GET {path}', 401, 87, agent)
            days.web(days.later(time, 0, 1), client, f'GET {path}', 200, 900, agent, user='ci')


def readers(days):
    """Requests that carry addresses, braces, quotes and code, and mean no harm by it."""
    queries = ['/matomo.php?action_name=Lamp%20%22Luna%22%20-%20Shop&idsite=1&url=https%3A%2F%2Fshop.example%2Fproducts%2F42&urlref=https%3A%2F%2Fwww.google.com%2F&res=1920x1080', '/oauth/authorize?client_id=7&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&response_type=code&scope=openid',
               '/login?next=https://shop.example/cart', '/graphql?query=%7Bshop%7Bname%20url%7D%7D', "/odata/Products?$filter=Name%20eq%20'Lamp'%20and%20Price%20gt%205", '/api/v1/items?filter[where][name]=lamp&filter[order]=price%20desc',
               '/search?q=%22table+lamp%22+-desk+(oak+or+ash)', '/share?u=https%3A%2F%2Fshop.example%2Fblog%2F&t=News%20%26%20more', '/search?q=what+is+%3Cscript%3E', '/search?q=insert+coin+into+slot', '/img/resize?src=/img/3.webp&w=300', '/docs/?page=install&os=windows',
               '/search?q=where%27s+my+order', '/api/v1/report?from=2025-03-01&to=2025-03-05&group=day', '/view?doc=handbook.pdf#page=3', '/wiki/index.php?title=Help:Shell&action=edit', '/download.php?file=manual-v1.2.pdf', '/go?to=/products/42', '/page?id=42%27s', '/blog/?p=17&preview=true',
               '/search?q=C%3A%5CUsers', '/search?q=how+to+%2Fbin%2Fsh', '/login?redirect=%2Fadmin%2F', '/proxy/image?url=https%3A%2F%2Fcdn.example%2Fa.png', '/search?q=ping+pong&cat=ping', '/t.gif?u=https://shop.example/&r=&l=en&s=1920x1080&j={"a":1}']
    for time in days.every(2):
        days.web(time, f'198.51.100.{days.random.randrange(1, 150)}', 'GET ' + days.random.choice(queries), 200, days.random.randrange(300, 9000), 'Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0', 'https://shop.example/')
    for time in days.at_work(30):                                      # browsers and telephones ask for what few sites have
        client = f'198.51.100.{days.random.randrange(1, 150)}'
        for path in ('/.well-known/appspecific/com.chrome.devtools.json', '/apple-app-site-association', '/.well-known/apple-app-site-association', '/favicon.ico', '/manifest.json', '/ads.txt'):
            days.web(days.later(time, 0, 9), client, 'GET ' + path, 404, 153, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1')


def phones(days):
    """Telephones that know an old password ask for mail every quarter of an hour, a night long; an office logs in to its mail."""
    for time in days.every(2 * 24 * 60):
        for quarter in range(40):
            time = days.later(time, 880, 920)
            for n in range(2):
                days.syslog(days.later(time, n, n + 1), 'mail', 'dovecot', f'imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<emil>, method=PLAIN, rip=198.51.100.77, lip=10.20.0.25, TLS, session=<{quarter}{n}old>', 'mail.log', 900)
    for n, time in enumerate(days.at_work(120)):
        user = f'u{n % 90}'
        if days.random.random() < 0.04:
            days.syslog(time, 'mail', 'dovecot', f'imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<{user}>, method=PLAIN, rip=198.51.100.230, lip=10.20.0.25, TLS, session=<{n}bad>', 'mail.log', 900)
        days.syslog(days.later(time, 9, 20), 'mail', 'dovecot', f'imap-login: Login: user=<{user}>, method=PLAIN, rip=198.51.100.230, lip=10.20.0.25, mpid={n}, TLS, session=<{n}good>', 'mail.log', 900)


def runners(days):
    """Machines that build and deploy, each with an address of its own for a day, log in by ssh."""
    for n, time in enumerate(days.every(30)):
        days.ssh_session(time, 'ci', f'10.30.{n // 48 % 200}.{n % 48 + 1}', 'web1', 'publickey')


PARTS = [upgrades, accounts, clocks, timers, watchers, readers, phones, runners]
