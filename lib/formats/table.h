/* The formats that there are; each is defined in the file of its name. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_TABLE_H
#define SIEM_FORMAT_TABLE_H

#include "format.h"

extern const struct format format_applog;
extern const struct format format_auditd;
extern const struct format format_cef;
extern const struct format format_ciscoios;
extern const struct format format_compose;
extern const struct format format_cri;
extern const struct format format_elb;
extern const struct format format_envoy;
extern const struct format format_emerge;
extern const struct format format_haproxy;
extern const struct format format_json;
extern const struct format format_leef;
extern const struct format format_logfmt;
extern const struct format format_meraki;
extern const struct format format_netscaler;
extern const struct format format_nohost;
extern const struct format format_nostamp;
extern const struct format format_paloalto;
extern const struct format format_s3access;
extern const struct format format_snort;
extern const struct format format_sojson;
extern const struct format format_squid;
extern const struct format format_syslog5424;
extern const struct format format_syslogbsd;
extern const struct format format_syslogiso;
extern const struct format format_tcpdump;
extern const struct format format_vpcflow;
extern const struct format format_w3c;
extern const struct format format_webaccess;
extern const struct format format_weberror;
extern const struct format format_webapp;
extern const struct format format_webproxy;
extern const struct format format_windowsrsyslog;
extern const struct format format_windowsxml;
extern const struct format format_xferlog;
extern const struct format format_zeek;

#endif
