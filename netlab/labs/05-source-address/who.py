# Tells each client of TCP port 7000 as whom it is seen, by IPv4 and IPv6.
import socket

server = socket.create_server(("", 7000), family=socket.AF_INET6, dualstack_ipv6=True)
while True:
    connection, peer = server.accept()
    connection.sendall(f"You are {peer[0].removeprefix('::ffff:')}\n".encode())
    connection.close()
