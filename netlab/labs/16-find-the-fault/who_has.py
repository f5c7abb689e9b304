"""Asks by ARP who has an IPv4 address, and prints the Ethernet addresses that answer within half a second, and how many they are.

    python3 who_has.py INTERFACE ADDRESS        (RFC 826; needs root)
"""
import socket
import struct
import sys
import time

ARP = 0x0806

interface, address = sys.argv[1], socket.inet_aton(sys.argv[2])
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ARP))
wire.bind((interface, 0))
own = wire.getsockname()[4]
sender = bytes(4)  # a probe (RFC 5227, 2.1.1): nobody learns from it
wire.send(b"\xff" * 6 + own + struct.pack("!HHHBBH", ARP, 1, 0x0800, 6, 4, 1) + own + sender + bytes(6) + address)

answers = set()
end = time.monotonic() + 0.5
while (left := end - time.monotonic()) > 0:
    wire.settimeout(left)
    try:
        frame = wire.recv(2048)
    except TimeoutError:
        break
    if frame[20:22] == b"\0\2" and frame[28:32] == address:
        answers.add(frame[22:28].hex(":"))

for answer in sorted(answers):
    print(answer)
print(len(answers), "answer" if len(answers) == 1 else "answers")
