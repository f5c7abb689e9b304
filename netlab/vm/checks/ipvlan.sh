# shellcheck shell=bash
# The driver ipvlan in its three modes, each below a link of its own, since a link has one mode.
for mode in l2 l3 l3s; do
  ip link add "dummy-$mode" type dummy
  ip link set "dummy-$mode" up
  netctl network create -d ipvlan -o parent="dummy-$mode" -o ipvlan_mode=$mode --subnet 10.91.0.0/24 "$mode"
  netctl run -d --name "$mode-a" --network "$mode" sleep infinity
  netctl run -d --name "$mode-b" --network "$mode" sleep infinity
  says "ipvlan +mode $mode " netctl exec "$mode-a" ip -d link show dev eth0
  address=$(netctl inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$mode-b")
  says ' 0% packet loss' netctl exec "$mode-a" ping -c 2 -W 5 "$address"
  netctl rm -f "$mode-a" "$mode-b"
  netctl network rm "$mode"
  ip link delete "dummy-$mode"
done

# And on the wire between the two machines.
netctl network create -d ipvlan -o parent=eth1 --subnet 10.92.0.0/24 --gateway 10.92.0.1 --ip-range 10.92.0.16/28 wire
netctl run -d --name wired --network wire --ip 10.92.0.17 busybox httpd -f -p 80 -h /usr/share/netctl/labs
