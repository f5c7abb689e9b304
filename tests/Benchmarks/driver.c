// A network driver for Docker Engine that does the least a driver can do: a bridge a network, a veth pair an endpoint, nothing stored, nothing
// checked, no rule. What an operation takes with it is what the plug-in protocol itself costs, whoever speaks it.
// One thread; HTTP/1.1 over the plug-in socket, connections kept. Facts of the protocol: docs/engine.md.
// Usage: driver SOCKET
#define _GNU_SOURCE
#include <linux/if_link.h>
#include <linux/veth.h>
#include <net/if.h>
#include <poll.h>
#include <sys/un.h>
#include <unistd.h>
#include "netlink.h"

enum { CLIENTS = 32, ID = 11 };
static struct pollfd polled[CLIENTS + 1];
static struct { char text[65536]; int length; } requests[CLIENTS + 1];
static int kernel;

// Copies the first ID characters of the member's string, which identify a network or an endpoint well enough here.
static void id(const char *body, const char *member, const char *prefix, char name[16]) {
    const char *at = strstr(body, member);
    if (!at || !(at = strchr(at + strlen(member) + 1, '"'))) { fprintf(stderr, "no %s in %s\n", member, body); exit(1); }
    snprintf(name, 16, "%s%.*s", prefix, ID, at + 1);
}

static void remove_link(const char *name) {
    struct ifinfomsg any = { 0 };
    begin(RTM_DELLINK, 0, &any, sizeof any);
    attribute(IFLA_IFNAME, name, strlen(name) + 1);
    finish();
    flush(kernel);
}

static void make_bridge(const char *name) {
    struct ifinfomsg i = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP };
    begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &i, sizeof i);
    attribute(IFLA_IFNAME, name, strlen(name) + 1);
    struct rtattr *info = attribute(IFLA_LINKINFO | NLA_F_NESTED, 0, 0);
    attribute(IFLA_INFO_KIND, "bridge", 7);
    close_nest(info);
    finish();
    flush(kernel);
}

static void make_veth(const char *name, const char *peer_name, int bridge) {
    struct ifinfomsg i = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP }, down = { 0 };
    begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &i, sizeof i);
    attribute(IFLA_IFNAME, name, strlen(name) + 1);
    attribute(IFLA_MASTER, &bridge, 4);
    struct rtattr *info = attribute(IFLA_LINKINFO | NLA_F_NESTED, 0, 0);
    attribute(IFLA_INFO_KIND, "veth", 5);
    struct rtattr *data = attribute(IFLA_INFO_DATA | NLA_F_NESTED, 0, 0);
    struct rtattr *peer = attribute(VETH_INFO_PEER | NLA_F_NESTED, &down, sizeof down);
    attribute(IFLA_IFNAME, peer_name, strlen(peer_name) + 1);
    close_nest(peer);
    close_nest(data);
    close_nest(info);
    finish();
    flush(kernel);
}

static void answer(int client, const char *body) {
    char text[1024];
    int length = snprintf(text, sizeof text,
        "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.plugins.v1.1+json\r\nContent-Length: %zu\r\n\r\n%s", strlen(body), body);
    if (write(client, text, length) != length) perror("answer");
}

// Answers one call; what can wait is done after the answer.
static void serve(int client, const char *path, const char *body) {
    char network[16], host[16], inside[16], text[256];
    if (!strncmp(path, "/Plugin.Activate", 16)) answer(client, "{\"Implements\":[\"NetworkDriver\"]}");
    else if (!strncmp(path, "/NetworkDriver.GetCapabilities", 30)) answer(client, "{\"Scope\":\"local\",\"ConnectivityScope\":\"local\"}");
    else if (!strncmp(path, "/NetworkDriver.EndpointOperInfo", 31)) answer(client, "{\"Value\":{}}");
    else if (!strncmp(path, "/NetworkDriver.CreateNetwork", 28)) {
        id(body, "\"NetworkID\"", "br", network);
        make_bridge(network);
        answer(client, "{}");
    } else if (!strncmp(path, "/NetworkDriver.CreateEndpoint", 29)) {
        id(body, "\"EndpointID\"", "h", host);
        unsigned tail = strtoul(host + 5, 0, 16);
        snprintf(text, sizeof text, "{\"Interface\":{\"MacAddress\":\"02:42:%02x:%02x:%02x:01\"}}", tail >> 16 & 255, tail >> 8 & 255, tail & 255);
        answer(client, text);
    } else if (!strncmp(path, "/NetworkDriver.Join", 19)) {
        id(body, "\"NetworkID\"", "br", network);
        id(body, "\"EndpointID\"", "h", host);
        id(body, "\"EndpointID\"", "c", inside);
        make_veth(host, inside, if_nametoindex(network));
        snprintf(text, sizeof text, "{\"InterfaceName\":{\"SrcName\":\"%s\",\"DstPrefix\":\"eth\"},\"DisableGatewayService\":true}", inside);
        answer(client, text);
    } else if (!strncmp(path, "/NetworkDriver.DeleteEndpoint", 29)) {
        answer(client, "{}");
        id(body, "\"EndpointID\"", "h", host);
        remove_link(host);
    } else if (!strncmp(path, "/NetworkDriver.DeleteNetwork", 28)) {
        answer(client, "{}");
        id(body, "\"NetworkID\"", "br", network);
        remove_link(network);
    } else answer(client, "{}");
}

// Takes what has come from a client; returns 0 when it is gone.
static int take(int slot) {
    char *text = requests[slot].text, *body, *length;
    int got = read(polled[slot].fd, text + requests[slot].length, sizeof requests[slot].text - 1 - requests[slot].length);
    if (got <= 0) return 0;
    requests[slot].length += got;
    text[requests[slot].length] = 0;
    if (!(body = strstr(text, "\r\n\r\n"))) return 1;
    body += 4;
    length = strcasestr(text, "\r\nContent-Length:");
    if (length && requests[slot].length - (body - text) < atoi(length + 17)) return 1;
    serve(polled[slot].fd, text + 5, body); // behind "POST "
    requests[slot].length = 0;
    return 1;
}

int main(int count, char **words) {
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (count != 2 || strlen(words[1]) >= sizeof address.sun_path) return 2;
    strcpy(address.sun_path, words[1]);
    kernel = netlink();
    int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), slots = 1;
    if (server < 0 || bind(server, (void *)&address, sizeof address) || listen(server, CLIENTS)) fail(words[1]);
    polled[0] = (struct pollfd){ .fd = server, .events = POLLIN };
    for (;;) {
        if (poll(polled, slots, -1) < 0) fail("poll");
        for (int slot = slots - 1; slot > 0; slot--)
            if (polled[slot].revents && !take(slot)) {
                close(polled[slot].fd);
                polled[slot] = polled[--slots];
                requests[slot] = requests[slots];
            }
        if (polled[0].revents && slots <= CLIENTS) {
            polled[slots] = (struct pollfd){ .fd = accept(server, 0, 0), .events = POLLIN };
            requests[slots++].length = 0;
        }
    }
}
