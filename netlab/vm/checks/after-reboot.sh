# shellcheck shell=bash
wait_for 120 are active netctl.service docker.service
are active netctl.service docker.service netctl.socket
wait_for 90 sh -c 'docker exec asker /bin/busybox true'
wait_for 30 sh -c 'netctl ps --format "{{.Names}} {{.Status}}" | grep -q "^web Up"'
page 'This is host1' http://127.0.0.1:8080/
page 'container of Docker' http://127.0.0.1:8090/
says 'container of Docker' docker exec asker /bin/busybox wget -q -O - http://shop/
wait_for 40 netctl doctor
says 'everything is as it should be' netctl doctor
systemctl --failed --no-legend --plain | tee /dev/stderr | grep -q . && { echo "units have failed"; exit 1; }
says 'Startup finished' systemd-analyze
