# shellcheck shell=bash
# The hosts of docs/how-to/macvlan-and-ipvlan.md; test.sh puts the page's commands after this.
mkdir -p /var/www && echo 'Hello from a container.' >/var/www/index.html
ip netns add client
ip link add lan type veth peer name lan netns client
ip address add 192.0.2.1/24 dev lan
ip link set lan up
ip -n client address add 192.0.2.2/24 dev lan
ip -n client link set lan up
