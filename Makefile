# siemstress: a SIEM made of pipes. "make", "make check", "make demo", "make install".
# SPDX-License-Identifier: MIT

VERSION = 1.0.0
PREFIX ?= /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
DATADIR = $(PREFIX)/share/siemstress
BUILD ?= build

CC ?= cc
PKG_CONFIG ?= pkg-config
CFLAGS ?= -O3 -g
WARNINGS = -Wall -Wextra -Wshadow -Wpointer-arith -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wformat=2 -Wundef -Wcast-qual $(if $(WERROR),-Werror)

PKGS = jansson libpcre2-8 sqlite3
HEADERS = libxxhash

# An optional part is built with "make X=y". It is these lines, and its file stands in OPTIONAL:
#	SRCS_$(X) += sinks/x.c
#	PKGS_$(X) += libx
#	DEFINES_$(X) += -DSIEM_X
OPTIONAL = $(wildcard sinks/maria*.c)

# The store on a server: there where the client library is, "make MARIADB=" leaves it out.
MARIADB := $(shell $(PKG_CONFIG) --exists libmariadb 2>/dev/null && echo y)
SRCS_$(MARIADB) += $(wildcard sinks/maria*.c)
PKGS_$(MARIADB) += libmariadb
DEFINES_$(MARIADB) += -DSIEM_MARIADB

# SANITIZE=address,undefined builds with these; fortify gets in their way, and has nothing to do without -O.
ifdef SANITIZE
CHECKED = -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
else
HARDEN = -fstack-protector-strong -fstack-clash-protection \
	$(if $(filter -O0,$(CFLAGS)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
HARDEN_LINK = -Wl,-z,relro,-z,now
endif

PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) $(PKGS_y) $(HEADERS) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS) $(PKGS_y) 2>/dev/null)
COMPILE = $(CC) -std=c11 -D_GNU_SOURCE -DSIEM_VERSION='"$(VERSION)"' $(DEFINES_y) $(PKG_CFLAGS) $(CPPFLAGS) \
	$(WARNINGS) $(CFLAGS) -fPIE $(HARDEN) $(CHECKED)
LINK = $(CC) $(CFLAGS) -pie $(HARDEN_LINK) $(CHECKED) $(LDFLAGS)

# One short line for each step; "make V=1" shows all of it, "make -s" nothing.
SAY = $(if $(V),,@$(if $(findstring s,$(firstword -$(MAKEFLAGS))),,echo '$(1) $@';))

SRCS = $(filter-out $(OPTIONAL),$(wildcard lib/*.c lib/formats/*.c lib/ruletypes/*.c sinks/*.c)) $(SRCS_y)
PROGRAMS = $(patsubst filters/%.c,%,$(wildcard filters/*.c))
PAGES = $(wildcard filters/*.[157])
EXAMPLES = $(wildcard examples/*)
UNITS = $(patsubst t/unit/%.c,%,$(wildcard t/unit/*.c))
BENCHES = $(patsubst t/bench/%.c,%,$(wildcard t/bench/*.c))
FUZZ = $(filter-out t/fuzz/replay.c t/fuzz/libfuzzer.c,$(wildcard t/fuzz/*.c))
ARCHIVE = $(BUILD)/libsiem.a

all: $(PROGRAMS:%=$(BUILD)/%)
units: $(UNITS:%=$(BUILD)/t/%) $(BUILD)/t/fuzzed
benches: $(BENCHES:%=$(BUILD)/bench/%)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call SAY,cc)$(COMPILE) -MMD -MP -c -o $@ $<

$(ARCHIVE): $(SRCS:%.c=$(BUILD)/%.o)
	@rm -f $@
	$(call SAY,ar)$(AR) rcs $@ $^

$(PROGRAMS:%=$(BUILD)/%): $(BUILD)/%: $(BUILD)/filters/%.o $(ARCHIVE)
	$(call SAY,link)$(LINK) -o $@ $^ $(PKG_LIBS) $(LDLIBS)

$(UNITS:%=$(BUILD)/t/%): $(BUILD)/t/%: $(BUILD)/t/unit/%.o $(ARCHIVE)
	$(call SAY,link)$(LINK) -o $@ $^ $(PKG_LIBS) $(LDLIBS)

# Fuzz targets: without a fuzzer, to try again what is kept; and with clang's, see t/fuzz/run.
$(BUILD)/t/fuzzed: $(BUILD)/t/fuzz/replay.o $(FUZZ:%.c=$(BUILD)/%.o) $(ARCHIVE)
	$(call SAY,link)$(LINK) -o $@ $^ $(PKG_LIBS) $(LDLIBS)

$(BUILD)/t/fuzzer: $(BUILD)/t/fuzz/libfuzzer.o $(FUZZ:%.c=$(BUILD)/%.o) $(ARCHIVE)
	$(call SAY,link)$(LINK) -fsanitize=fuzzer -o $@ $^ $(PKG_LIBS) $(LDLIBS)

$(BENCHES:%=$(BUILD)/bench/%): $(BUILD)/bench/%: $(BUILD)/t/bench/%.o
	@mkdir -p $(@D)
	$(call SAY,link)$(LINK) -o $@ $^ $(PKG_LIBS) $(LDLIBS)

# Other flags, other objects. Missing libraries are told before the compiler trips over them.
$(BUILD)/flags: export FLAGS = $(COMPILE)
$(BUILD)/flags: FORCE
	@$(PKG_CONFIG) --exists --print-errors $(PKGS) $(PKGS_y) $(HEADERS) || { echo '"make deps" installs it' >&2; exit 1; }
	@mkdir -p $(@D)
	@printf '%s\n' "$$FLAGS" | cmp -s - $@ || printf '%s\n' "$$FLAGS" >$@

# For editors and clang tools.
compile_commands.json: $(BUILD)/flags Makefile
	@flags=$$(sed 's/[\\"]/\\&/g' $<); before='['; \
	for file in $(SRCS) $(PROGRAMS:%=filters/%.c) $(UNITS:%=t/unit/%.c) $(BENCHES:%=t/bench/%.c) \
		$(wildcard t/fuzz/*.c); do \
		printf '%s\n{"directory": "%s", "file": "%s", "command": "%s -c %s"}' \
			"$$before" "$(CURDIR)" "$$file" "$$flags" "$$file"; before=','; \
	done >$@.new; printf '\n]\n' >>$@.new; mv $@.new $@

# What is missing on a Debian machine is installed, and said.
deps:
	@.ci/deps build check

demo:
	@.ci/deps build
	@$(MAKE) --no-print-directory all
	@PATH="$(abspath $(BUILD)):$$PATH" examples/demo $(BUILD)/demo

check:
	@.ci/deps build check
	@$(MAKE) --no-print-directory all units
	@$(MAKE) --no-print-directory SANITIZE=address,undefined BUILD=$(BUILD)-asan all units
	@t/run $(BUILD) $(BUILD)-asan

# TIME seconds for each of TARGETS (all, unless said), JOBS at a time.
fuzz: export TIME ?= 600
fuzz: export JOBS ?= 2
fuzz:
	@.ci/deps build fuzz
	@$(MAKE) --no-print-directory CC=clang CFLAGS='-O1 -g' SANITIZE=fuzzer-no-link,address,undefined \
		BUILD=$(BUILD)-fuzz $(BUILD)-fuzz/t/fuzzer $(BUILD)-fuzz/t/fuzzed
	@t/fuzz/run $(BUILD)-fuzz $(TARGETS)

bench:
	@.ci/deps build bench
	@$(MAKE) --no-print-directory all benches
	@t/bench/bench.sh $(BUILD)

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(DATADIR)/rules $(DESTDIR)$(DATADIR)/examples
	install $(PROGRAMS:%=$(BUILD)/%) $(DESTDIR)$(BINDIR)
	for page in $(PAGES); do install -D -m 644 $$page $(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/}; done
	install -m 644 rules/* $(DESTDIR)$(DATADIR)/rules
	install -m 644 $(filter %.log %.out,$(EXAMPLES)) $(DESTDIR)$(DATADIR)/examples
	install $(filter-out %.log %.out,$(EXAMPLES)) $(DESTDIR)$(DATADIR)/examples

# Only what we brought: rules of your own stay.
uninstall:
	rm -f $(PROGRAMS:%=$(DESTDIR)$(BINDIR)/%)
	for page in $(PAGES); do rm -f $(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/}; done
	for file in rules/* $(EXAMPLES); do rm -f $(DESTDIR)$(DATADIR)/$$file; done
	-rmdir --ignore-fail-on-non-empty $(DESTDIR)$(DATADIR)/rules $(DESTDIR)$(DATADIR)/examples $(DESTDIR)$(DATADIR)

clean:
	rm -rf $(BUILD) $(BUILD)-asan $(BUILD)-fuzz compile_commands.json

FORCE:
.PHONY: all units benches deps demo check fuzz bench install uninstall clean FORCE
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
