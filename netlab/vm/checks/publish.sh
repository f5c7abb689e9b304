# shellcheck shell=bash
mkdir -p /var/www
echo "This is $(hostname)." >/var/www/index.html
netctl network create front
netctl run -d --restart always --name web --network front -p 8080:80 busybox httpd -f -p 80 -h /var/www
