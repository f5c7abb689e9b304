# shellcheck shell=bash
wait_for 10 ip netns exec client curl -sS --max-time 5 http://192.0.2.70/
says '^Hello from a container\.$' ip netns exec client curl -sS --max-time 5 http://192.0.2.70/
netctl rm -f api
netctl network rm shared
ip link delete lan
ip netns delete client
