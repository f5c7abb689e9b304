#!/usr/bin/env python3
"""A network driver of a third party: Docker's remote driver protocol, in a page.

    driver.py NAME           answers at /run/docker/plugins/NAME.sock
    driver.py NAME hold      the same, but answers no Join until it gets a SIGUSR1

The protocol is HTTP: POST /OBJECT.METHOD with a JSON body, answered by JSON; {"Err": "text"} refuses. Each network of this driver is a
Linux bridge, each endpoint a veth pair: one end is plugged into the bridge, the other is handed over by its name (SrcName). Every request
and its answer is a line of /var/log/NAME.log. What the driver has to know is in the kernel, so that it may be ended and started again.
"""
import json
import os
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingMixIn, UnixStreamServer

NAME = sys.argv[1]
JOINS_ARE_ANSWERED = threading.Event()
SOCKET = f"/run/docker/plugins/{NAME}.sock"


def ip(command, may_fail=False):
    subprocess.run(["ip", *command.split()], check=not may_fail, capture_output=True, text=True)


def activate(request):
    return {"Implements": ["NetworkDriver"]}


def get_capabilities(request):
    return {"Scope": "local"}


def create_network(request):
    bridge = "tp-" + request["NetworkID"][:8]
    ip(f"link add {bridge} type bridge")
    ip(f"address add {request['IPv4Data'][0]['Gateway']} dev {bridge}")
    ip(f"link set {bridge} up")
    return {}


def delete_network(request):
    ip(f"link delete tp-{request['NetworkID'][:8]}", may_fail=True)
    return {}


def create_endpoint(request):
    # The address was chosen by the IPAM driver; this driver adds the Ethernet address, where none was asked for.
    if request["Interface"].get("MacAddress"):
        return {}
    id = request["EndpointID"]
    return {"Interface": {"MacAddress": f"02:fe:{id[0:2]}:{id[2:4]}:{id[4:6]}:{id[6:8]}"}}


def delete_endpoint(request):
    ip(f"link delete host-{request['EndpointID'][:8]}", may_fail=True)
    return {}


def join(request):
    JOINS_ARE_ANSWERED.wait()
    id, bridge = request["EndpointID"][:8], "tp-" + request["NetworkID"][:8]
    ip(f"link add host-{id} type veth peer name cont-{id}")
    ip(f"link set host-{id} master {bridge} up")
    address = json.loads(subprocess.run(["ip", "-j", "-4", "address", "show", "dev", bridge], capture_output=True).stdout)
    return {
        "InterfaceName": {"SrcName": f"cont-{id}", "DstPrefix": "wire"},
        "Gateway": address[0]["addr_info"][0]["local"],
        "StaticRoutes": [{"Destination": "198.51.100.0/24", "RouteType": 1}],
    }


METHODS = {
    "/Plugin.Activate": activate,
    "/NetworkDriver.GetCapabilities": get_capabilities,
    "/NetworkDriver.CreateNetwork": create_network,
    "/NetworkDriver.DeleteNetwork": delete_network,
    "/NetworkDriver.CreateEndpoint": create_endpoint,
    "/NetworkDriver.DeleteEndpoint": delete_endpoint,
    "/NetworkDriver.Join": join,
    "/NetworkDriver.Leave": lambda request: {},
    "/NetworkDriver.ProgramExternalConnectivity": lambda request: {},
    "/NetworkDriver.RevokeExternalConnectivity": lambda request: {},
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        method = METHODS.get(self.path)
        log(f"{self.path} {body.decode().strip()}")
        try:
            status, answer = (200, method(json.loads(body or b"{}"))) if method else (404, {"Err": "not implemented"})
        except subprocess.CalledProcessError as error:
            status, answer = 200, {"Err": error.stderr.strip()}
        log(f"{self.path} -> {json.dumps(answer)}")
        text = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/vnd.docker.plugins.v1.2+json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments):
        pass


class Server(ThreadingMixIn, UnixStreamServer):
    daemon_threads = True


def log(line):
    with open(f"/var/log/{NAME}.log", "a") as file:
        file.write(line + "\n")


def stop(number, frame):
    os.unlink(SOCKET)
    os._exit(0)


signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGUSR1, lambda number, frame: JOINS_ARE_ANSWERED.set())
if sys.argv[2:] != ["hold"]:
    JOINS_ARE_ANSWERED.set()
os.makedirs(os.path.dirname(SOCKET), exist_ok=True)
if os.path.exists(SOCKET):
    os.unlink(SOCKET)
with Server(SOCKET, Handler) as server:
    with open(f"/run/{NAME}.pid", "w") as file:
        file.write(str(os.getpid()))
    server.serve_forever()
