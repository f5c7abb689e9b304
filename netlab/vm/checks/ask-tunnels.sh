# shellcheck shell=bash
# Published ports by way of the tunnels, from a host and from a container. A large answer by WireGuard needs the smaller MTU of its link to
# be found. Nobody tells a container of the room that ESP takes: Linux chooses the association after it has put the host's address into the
# packet, when the size was looked at already. So that network has an MTU that leaves it.
page 'This is host1' http://10.93.0.1:8080/
says 'This is host1' netctl exec web curl -sS --max-time 10 http://10.93.0.1:8080/
says '^300000$' netctl exec web curl -sS --max-time 20 -o /dev/null -w '%{size_download}\n' http://10.93.0.1:8080/large
[ "$(wg show wg0 transfer | awk '{ print $2 }')" -gt 300000 ] || { echo "the answer did not come by WireGuard"; exit 1; }

page 'This is host1' http://192.168.56.11:8080/
says '^300000$' netctl exec web curl -sS --max-time 20 -o /dev/null -w '%{size_download}\n' http://192.168.56.11:8081/large
for source in 192.168.56.11 192.168.56.12; do
  ip -s xfrm state list src $source | grep -qE '[1-9][0-9]*\(packets\)' || { echo "nothing came or went by ESP from $source"; exit 1; }
done
page 'This is host1' http://192.168.56.11:8888/
