#!/usr/bin/env python3
"""Holds one TCP connection open, and proves that it is still the same.

    hold.py HOST PORT     sends a line each 0.2 seconds, and writes the number that each answer begins with to /run/hold.count; ends when
                          the connection does, and says why in /run/hold.end
"""
import os
import socket
import sys
import time

try:
    with socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=20) as connection, connection.makefile("rwb") as stream:
        while True:
            stream.write(b"x\n")
            stream.flush()
            answer = stream.readline()
            if not answer:
                raise ConnectionError("closed by the other side")
            with open("/run/hold.new", "wb") as file:
                file.write(answer.split(b":")[0] + b"\n")
            os.replace("/run/hold.new", "/run/hold.count")
            time.sleep(0.2)
except OSError as error:
    with open("/run/hold.end", "w") as file:
        file.write(f"{error}\n")
