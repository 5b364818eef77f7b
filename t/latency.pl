# How long a line takes through a live pipeline: perl latency.pl LIMIT COUNT COMMAND; the median must be under LIMIT seconds.
# SPDX-License-Identifier: MIT
use strict;
use warnings;
use IO::Select;
use IPC::Open2;
use Time::HiRes qw(time sleep);

my ($limit, $count, $command) = @ARGV;
my $patience = 10; # seconds for one line; then something hangs
my $pid = open2(my $out, my $in, 'sh', '-c', $command);
my $ready = IO::Select->new($out);
$in->autoflush(1);

# Lines come one at a time, so that every stage is idle before each.
my @took;
my $text = '';
for my $n (1 .. $count) {
	my $mark = 700000 + $n;
	my $start = time;
	printf $in "2024-06-10T12:%02d:%02d+00:00 web1 sshd[%d]: Failed password %d\n", $n / 60 % 60, $n % 60, $mark, $mark;
	until ($text =~ /\b$mark\b.*\n/) {
		my $left = $start + $patience - time;
		die "$command: line $n did not come out within $patience s\n" if $left <= 0 || !$ready->can_read($left);
		sysread($out, $text, 65536, length $text) or die "$command: ended early\n";
	}
	push @took, time - $start;
	$text = '';
	sleep 0.01;
}
close $in;
1 while sysread $out, $text, 65536;
waitpid $pid, 0;

@took = sort { $a <=> $b } @took;
my $median = $took[@took / 2];
printf "# median %.2f ms, slowest %.2f ms of %d: %s\n", 1000 * $median, 1000 * $took[-1], $count, $command =~ s{\S*/}{}gr;
exit($median >= $limit);
