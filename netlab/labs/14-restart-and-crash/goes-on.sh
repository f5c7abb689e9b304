#!/bin/sh
# Waits until the connection that hold.py holds has brought three more answers; fails when it has ended, or has none for 20 seconds.
first=$(cat /run/hold.count) || exit 1
tries=0
while [ ! -e /run/hold.end ] && [ "$tries" -lt 200 ]; do
  now=$(cat /run/hold.count)
  [ "$now" -lt "$first" ] && break
  [ "$now" -ge $((first + 3)) ] && echo "the connection goes on" && exit 0
  tries=$((tries + 1))
  sleep 0.1
done
echo "the connection has ended, or stands still: $(cat /run/hold.end 2>&1)"
exit 1
