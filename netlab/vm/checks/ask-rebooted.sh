# shellcheck shell=bash
page 'This is host1' http://192.168.56.11:8080/
page 'container of Docker' http://192.168.56.11:8090/
