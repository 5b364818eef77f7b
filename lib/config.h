/* The config file of siemstress: a section [siemstress] with key = value lines. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_CONFIG_H
#define SIEM_CONFIG_H

#include "error.h"

/* What a file may say; NULL where it does not. Texts are owned. */
struct config {
	char *server;
	char *user;
	char *password;
	char *database;
	char *sectionfile;
	char *store; /* as -d takes it */
};

/*
 * Reads a file of "key = value" lines under [siemstress]; blank lines and those that start with '#' or ';' say
 * nothing. False with *err filled ("db.conf:3: ..") where it cannot be read, has a word that is none of ours (the
 * nearest is named), or holds a password and can be read by others. config_clear releases in either case.
 */
bool config_read(struct config *config, const char *path, struct error *err);
void config_clear(struct config *config);

#endif
