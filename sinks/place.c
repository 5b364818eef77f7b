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

static bool config_name(struct buffer *name, const struct config *config, const char *path, struct error *err)
{
	if (config->store != NULL)
		buffer_add(name, slice_of(config->store));
	else if (config->server != NULL && config->database != NULL)
		buffer_printf(name, "mariadb://%s%s%s/%s", config->user != NULL ? config->user : "",
			      config->user != NULL ? "@" : "", config->server, config->database);
	else
		return error_set(err, "%s: names no store: say store = sqlite:PATH, or server and database", path);
	return true;
}

static bool find_name(struct buffer *name, const char *option, const struct config *config, const char *path,
		      struct error *err)
{
	const char *said = option != NULL ? option : variable("SIEM_STORE");

	if (said != NULL)
		buffer_add(name, slice_of(said));
	else if (!(path != NULL ? config_name(name, config, path, err) : default_name(name, err)))
		return false;
	return store_find(buffer_text(name), err) != NULL;
}

struct store *place_open(const char *option, const char *path, bool write)
{
	struct config config = { 0 };
	struct buffer name = { 0 };
	struct store *store;
	struct error why;

	if ((path != NULL && !config_read(&config, path, &why)) || !find_name(&name, option, &config, path, &why))
		store_give_up(STATUS_MISUSE, &why);
	store = store_open(buffer_text(&name), config.password != NULL ? config.password : variable("MARIADB_PASSWORD"),
			   write, &why);
	if (store == NULL)
		store_give_up(STATUS_FAILED, &why);
	buffer_clear(&name);
	config_clear(&config);
	return store;
}
