# shellcheck shell=bash
case $(hostname) in host1) other=host2 address=192.168.56.12 ;; *) other=host1 address=192.168.56.11 ;; esac
page "This is $other\." "http://$address:8080/"
says 'This is '"$other" netctl exec web curl -sS --max-time 10 "http://$address:8080/"
