# shellcheck shell=bash
# A stock Docker Engine with netctl as its driver. The image is made of programs of the machine, as none can be fetched.
image=$(mktemp -d)
for file in /bin/busybox $(ldd /bin/busybox | grep -o '/[^ ]*'); do
  install -D "$file" "$image$file"
done
mkdir -p "$image/www"
echo "This is a container of Docker." >"$image/www/index.html"
tar -C "$image" -c . | docker import - box
rm -rf "$image"
docker network create -d netctl --ipam-driver netctl shop
docker run -d --restart always --name shop --network shop -p 8090:80 box /bin/busybox httpd -f -p 80 -h /www
docker run -d --restart always --name asker --network shop box /bin/busybox sleep 1000000
page 'container of Docker' http://127.0.0.1:8090/
says 'container of Docker' docker exec asker /bin/busybox wget -q -O - http://shop/
