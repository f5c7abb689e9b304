# shellcheck shell=bash
netctl network create -d ipvlan -o parent=eth1 --subnet 10.92.0.0/24 --gateway 10.92.0.1 --ip-range 10.92.0.32/28 wire
netctl run -d --name wired --network wire --ip 10.92.0.33 sleep infinity
wait_for 10 netctl exec wired ping -c 1 -W 2 10.92.0.17
says ' 0% packet loss' netctl exec wired ping -c 2 -W 5 10.92.0.17
says 'x-netlab' netctl exec wired curl -sS --max-time 10 http://10.92.0.17/02-first-network/lab.yml
