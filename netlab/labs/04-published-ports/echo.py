# Sends each datagram that arrives at UDP port 5353 back to whom it came from.
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("", 5353))
while True:
    data, peer = server.recvfrom(2048)
    server.sendto(data, peer)
