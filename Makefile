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
CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wshadow -Wpointer-arith -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wformat=2 -Wundef -Wcast-qual
HARDEN = -fstack-protector-strong -fstack-clash-protection -fPIE -Wl,-z,relro,-z,now -pie
PKGS = jansson libpcre2-8 sqlite3

# SANITIZE=address,undefined builds with these; fortify gets in their way.
ifdef SANITIZE
HARDEN = -fPIE -pie
CHECKED = -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
else
HARDEN += -D_FORTIFY_SOURCE=2
endif

ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -DSIEM_VERSION='"$(VERSION)"' -DSIEM_DATADIR='"$(DATADIR)"' \
	$(WARNINGS) $(shell $(PKG_CONFIG) --cflags $(PKGS)) $(CFLAGS) $(HARDEN) $(CHECKED)
LIBS = $(shell $(PKG_CONFIG) --libs $(PKGS))

LIB_SRCS = $(wildcard lib/*.c lib/formats/*.c lib/ruletypes/*.c)
SINK_SRCS = $(wildcard sinks/*.c)
PROGRAMS = $(patsubst filters/%.c,%,$(wildcard filters/*.c))
UNITS = $(patsubst t/unit/%.c,%,$(wildcard t/unit/*.c))

LIB_OBJS = $(LIB_SRCS:%.c=$(BUILD)/%.o) $(SINK_SRCS:%.c=$(BUILD)/%.o)
ARCHIVE = $(BUILD)/libsiem.a

all: $(PROGRAMS:%=$(BUILD)/%)

units: $(UNITS:%=$(BUILD)/t/%)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(ARCHIVE): $(LIB_OBJS)
	@rm -f $@
	$(AR) rcs $@ $(LIB_OBJS)

$(PROGRAMS:%=$(BUILD)/%): $(BUILD)/%: $(BUILD)/filters/%.o $(ARCHIVE)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(ARCHIVE) $(LIBS)

$(UNITS:%=$(BUILD)/t/%): $(BUILD)/t/%: $(BUILD)/t/unit/%.o $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(ARCHIVE) $(LIBS)

# Other flags, other objects.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS)' > $@

clean:
	rm -rf $(BUILD)

FORCE:
.PHONY: all units clean FORCE
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
