# shellcheck shell=bash
# Debian's own kernel, systemd's units, and what a container's process has of them.
says '^6\.1\..*-amd64$' uname -r
wait_for 60 are active netctl.service
are active netctl.service netctl.socket docker.service
are enabled netctl.service netctl.socket
says '^Type=notify$' systemctl show -p Type netctl.service
says '^KillMode=process$' systemctl show -p KillMode netctl.service
systemctl --failed --no-legend --plain | tee /dev/stderr | grep -q . && { echo "units have failed"; exit 1; }

netctl run -d --name plain sleep infinity
process=$(netctl inspect --format '{{.State.Pid}}' plain)
says '^NoNewPrivs:\s*0$' cat "/proc/$process/status"
says '^Seccomp:\s*0$' cat "/proc/$process/status"
says "^CapEff:\s*$(awk '/^CapEff:/ { print $2 }' /proc/1/status)\$" cat "/proc/$process/status"
says '^Max open files +[0-9]+ +1048576 ' cat "/proc/$process/limits"
says 'netctl.service' cat "/proc/$process/cgroup"

# The container outlives the daemon, and its namespace is found by its name.
systemctl restart netctl.service
kill -0 "$process"
name=$(ip netns list | awk 'NR == 1 { print $1 }')
says 'inet 172\.' ip netns exec "$name" ip -4 -oneline address show dev eth0
says 'NETCTL_EVENT' journalctl -u netctl.service -o verbose --no-pager
says '^_SYSTEMD_UNIT=netctl.service|_SYSTEMD_UNIT=netctl.service' journalctl -u netctl.service -o verbose --no-pager
netctl rm -f plain
