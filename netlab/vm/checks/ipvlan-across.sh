# shellcheck shell=bash
says ' 0% packet loss' netctl exec wired ping -c 2 -W 5 10.92.0.33
netctl rm -f wired
netctl network rm wire
says 'everything is as it should be' netctl doctor
