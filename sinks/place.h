/* Which store is meant: what the user, the environment or the config file says, else the embedded default. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_PLACE_H
#define SIEM_PLACE_H

#include "store.h"

/*
 * Opens the store named by -d, else by $SIEM_STORE, else by the config file of -c (its store, or the MariaDB server
 * it describes), else sqlite:${XDG_DATA_HOME:-~/.local/share}/siemstress/siem.db, for root
 * sqlite:/var/lib/siemstress/siem.db. name and config may be NULL. Ends the program with words where that cannot be:
 * STATUS_MISUSE where no store is named well, STATUS_FAILED where the one that is named does not open.
 */
struct store *place_open(const char *name, const char *config, bool write);

#endif
