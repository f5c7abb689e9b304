#!/bin/sh
# Starts Docker Engine on a host of the lab, waits until it answers, and gives it one image, box, made of programs of this machine: no
# registry is reached. For the setup of a host: what dockerd writes is below /run and /var, which are the host's own.
set -e

setsid dockerd --storage-driver vfs --userland-proxy=false --exec-opt native.cgroupdriver=cgroupfs \
  >/var/log/dockerd.log 2>&1 </dev/null &

image=/var/tmp/box
mkdir -p "$image/etc" "$image/tmp" "$image/www"
echo root:x:0:0:root:/root:/bin/sh >"$image/etc/passwd"
for program in /bin/sh /bin/cat /bin/sleep "$(command -v busybox)" "$(command -v ip)"; do
  for file in "$program" $(ldd "$program" | grep -o '/[^ ]*'); do
    mkdir -p "$image$(dirname "$file")"
    cp -L "$file" "$image$file"
  done
done
for name in httpd wget nslookup ping; do
  ln -sf "$(command -v busybox)" "$image/bin/$name"
done
echo 'Hello from a container of Docker.' >"$image/www/index.html"

tries=0
until docker version >/dev/null 2>&1; do
  tries=$((tries + 1))
  [ "$tries" -lt 500 ] || { echo "dockerd does not answer:"; tail -n 20 /var/log/dockerd.log; exit 1; }
  sleep 0.1
done
tar -C "$image" -c . | docker import - box >/dev/null
rm -r "$image"
