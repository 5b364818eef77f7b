/* Which store is meant: what the user, the environment or the config file says, else the embedded default. */
/* SPDX-License-Identifier: MIT */
#include "place.h"

#include "../lib/config.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

/* A variable counts where it is set and not empty. */
static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && *value != '\0' ? value : NULL;
}

static const char *home_folder(void)
{
	const char *home = variable("HOME");
	const struct passwd *user = home == NULL ? getpwuid(geteuid()) : NULL;

	return user != NULL ? user->pw_dir : home;
}

static bool default_name(struct buffer *name, struct error *err)
{
	const char *data = variable("XDG_DATA_HOME"), *home = home_folder();

	if (geteuid() == 0)
		buffer_printf(name, "sqlite:/var/lib/siemstress/siem.db");
	else if (data != NULL && *data == '/') /* a relative one is to be ignored, says XDG */
		buffer_printf(name, "sqlite:%s/siemstress/siem.db", data);
	else if (home != NULL && *home == '/')
		buffer_printf(name, "sqlite:%s/.local/share/siemstress/siem.db", home);
	else
		return error_set(err, "you have no home folder: name a store with -d sqlite:PATH");
	return true;
}

static bool config_name(struct buffer *name, const char *path, struct error *err)
{
	struct config config;
	bool ok = config_read(&config, path, err);

	if (ok && config.store != NULL)
		buffer_add(name, slice_of(config.store));
	else if (ok && config.server != NULL && config.database != NULL)
		buffer_printf(name, "mariadb://%s%s%s/%s", config.user != NULL ? config.user : "",
			      config.user != NULL ? "@" : "", config.server, config.database);
	else if (ok)
		ok = error_set(err, "%s: names no store: say store = sqlite:PATH, or server and database", path);
	config_clear(&config);
	return ok;
}

struct store *place_open(const char *name, const char *config, bool write, struct error *err)
{
	struct buffer found = { 0 };
	struct store *store = NULL;
	bool ok = true;

	if (name == NULL)
		name = variable("SIEM_STORE");
	if (name != NULL)
		buffer_add(&found, slice_of(name));
	else
		ok = config != NULL ? config_name(&found, config, err) : default_name(&found, err);
	if (ok)
		store = store_open(buffer_text(&found), write, err);
	buffer_clear(&found);
	return store;
}
