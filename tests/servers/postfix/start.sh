#!/bin/sh
# A Postfix of its own in FOLDER, on loopback, beside whatever this machine runs; ends when its standard input does.
#
#   start.sh FOLDER PLAIN STARTTLS POLICY
#
# PLAIN takes mail as it comes, STARTTLS (server.pem, server.key) takes none without encryption. It delivers what is for
# reader@, other@ and grey@city.test into Maildirs below FOLDER/mail and nothing anywhere else. Before it takes a recipient
# it asks a policy server at POLICY, as a greylist is asked. Postfix starts as root only.
set -eu
P=$1
as_root=
[ "$(id -u)" -eq 0 ] || as_root="sudo -n"

mkdir -p "$P/etc" "$P/queue" "$P/data" "$P/mail"
chmod 755 "$P"
: > "$P/etc/main.cf"
cp /etc/postfix/master.cf "$P/etc/"
$as_root chown postfix "$P/data"
$as_root chown nobody "$P/mail"
postconf -c "$P/etc" -e compatibility_level=3.6 queue_directory="$P/queue" data_directory="$P/data" mail_owner=postfix \
    setgid_group=postdrop command_directory=/usr/sbin daemon_directory=/usr/lib/postfix/sbin inet_interfaces=127.0.0.1 \
    inet_protocols=ipv4 myhostname=mail.city.test mydestination= default_transport=error:none relay_transport=error:none \
    alias_maps= alias_database= virtual_mailbox_domains=city.test \
    'virtual_mailbox_maps=inline:{ reader@city.test=reader/, other@city.test=other/, grey@city.test=grey/ }' \
    virtual_mailbox_base="$P/mail" virtual_uid_maps=static:65534 virtual_gid_maps=static:65534 \
    smtpd_relay_restrictions=reject_unauth_destination \
    smtpd_recipient_restrictions="reject_unlisted_recipient, check_policy_service inet:127.0.0.1:$4" \
    smtpd_tls_cert_file="$P/server.pem" smtpd_tls_key_file="$P/server.key" smtpd_tls_received_header=yes \
    maillog_file="$P/log" maillog_file_prefixes="$P"
postconf -c "$P/etc" -MX smtp/inet
postconf -c "$P/etc" -F '*/*/chroot=n'
postconf -c "$P/etc" -M "127.0.0.1:$2/inet=127.0.0.1:$2 inet n - n - - smtpd" \
    "127.0.0.1:$3/inet=127.0.0.1:$3 inet n - n - - smtpd -o smtpd_tls_security_level=encrypt"
$as_root chown -R root "$P/etc" "$P/queue"
$as_root postfix -c "$P/etc" start
cat > /dev/null
$as_root postfix -c "$P/etc" stop
