# shellcheck shell=bash
# What the kernel of a build machine often lacks, beside netctl: a WireGuard tunnel and an ESP association between the two machines, and
# on host1 a virtual service of IPVS in front of a container, and a network whose MTU leaves room for ESP. PRIVATE is this machine's key,
# PUBLIC the other's.
case $(hostname) in host1) this=1 other=2 ;; *) this=2 other=1 ;; esac

ip link add wg0 type wireguard
wg set wg0 private-key <(echo "$PRIVATE") listen-port 51820 \
  peer "$PUBLIC" endpoint "192.168.56.1$other:51820" allowed-ips "10.93.0.$other/32"
ip address add "10.93.0.$this/24" dev wg0
ip link set wg0 up

association() { # source, destination
  ip xfrm state add src "$1" dst "$2" proto esp spi 0x5611 mode transport \
    auth 'hmac(sha256)' "0x$(printf '11%.0s' {1..32})" enc 'cbc(aes)' "0x$(printf '22%.0s' {1..16})"
}
association 192.168.56.11 192.168.56.12
association 192.168.56.12 192.168.56.11
policy() { # direction, source, destination
  ip xfrm policy add src "$2" dst "$3" dir "$1" tmpl src "$2" dst "$3" proto esp mode transport
}
policy out "192.168.56.1$this" "192.168.56.1$other"
policy in "192.168.56.1$other" "192.168.56.1$this"

head -c 300000 /dev/zero >/var/www/large
[ "$this" -eq 1 ] || exit 0
container=$(netctl inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' web)
ipvsadm --add-service --tcp-service 192.168.56.11:8888 --scheduler rr
ipvsadm --add-server --tcp-service 192.168.56.11:8888 --real-server "$container:80" --masquerading
netctl network create -o com.docker.network.driver.mtu=1400 narrow
netctl run -d --name narrow --network narrow -p 8081:80 busybox httpd -f -p 80 -h /var/www
