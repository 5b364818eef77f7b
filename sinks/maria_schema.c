/* The shape of a store on a server, and whether a database has it. */
/* SPDX-License-Identifier: MIT */
#include "maria.h"

#include <inttypes.h>
#include <stdio.h>

/*
 * A SIEM table "events" is
 *
 *	siemstress_events  seq BIGINT AUTO_INCREMENT PRIMARY KEY  the order of insertion, which --follow goes by
 *	                   id VARCHAR UNIQUE                      the id, or the name of a rule or helper
 *	                   line LONGTEXT                          the record, byte for byte
 *	events             a view with the fields of its kind, for people; date_stamp is UTC, t_zone its offset
 *
 * and a row (name, kind, fields) in siemstress, fields being the version of the view. As in SQLite the view is computed
 * when it is asked, not when a record is put, and ids serve time ranges, so that no second index is paid for.
 *
 * Writers of one table come one after the other: each locks its row in siemstress for as long as its transaction
 * lasts. Else a seq could be committed after a larger one, and who follows in that order would pass it over.
 */
enum {
	VERSION = 1,
};

static bool create(struct maria *maria, struct error *err)
{
	char sql[400];

	snprintf(
	    sql, sizeof sql,
	    "CREATE TABLE IF NOT EXISTS siemstress(name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci "
	    "PRIMARY KEY, kind VARCHAR(16) CHARACTER SET ascii NOT NULL, fields BIGINT UNSIGNED NOT NULL DEFAULT 0) "
	    "ENGINE=InnoDB COMMENT='siemstress %d'",
	    VERSION);
	return maria_run(maria, sql, err);
}

bool maria_is_set_up(struct maria *maria, uint64_t *there, struct error *err)
{
	return maria_number(maria,
			    "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND "
			    "table_name = 'siemstress'",
			    there, err);
}

bool maria_schema_open(struct maria *maria, struct error *err)
{
	uint64_t version = 0;

	if (!maria_number(maria,
			  "SELECT coalesce(max(CASE WHEN table_comment REGEXP '^siemstress [0-9]+$' "
			  "THEN substr(table_comment, 12) ELSE 999999 END), 0) FROM information_schema.tables "
			  "WHERE table_schema = database() AND table_name = 'siemstress'",
			  &version, err))
		return false;
	if (version == 0)
		return !maria->write || create(maria, err);
	if (version == 999999)
		return error_set(err, "mariadb: database %s has a table siemstress that is not ours",
				 maria->place.database);
	if (version != VERSION)
		return error_set(err, "mariadb: database %s has version %" PRIu64 ", this siemstress reads version %d",
				 maria->place.database, version, VERSION);
	return true;
}
