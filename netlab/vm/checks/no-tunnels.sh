# shellcheck shell=bash
if [ "$(hostname)" = host1 ]; then
  ipvsadm --list --numeric --stats
  ipvsadm --clear
  netctl rm -f narrow
  netctl network rm narrow
fi
ip xfrm policy flush
ip xfrm state flush
ip link delete wg0
rm /var/www/large
wait_for 10 netctl doctor
says 'everything is as it should be' netctl doctor
