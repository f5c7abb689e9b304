// The floor: a DNS server in plain C that answers every question with one A record. One thread, one socket, recvmmsg and sendmmsg, nothing allocated, no name
// looked up: what is left is the kernel's time.
// Usage: responder ADDRESS PORT [TTL [NAMESPACE_FILE...]]   serves until it is ended, on a socket in each of the network namespaces.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 32, ROOM = 4096, HEADER = 12 };

static uint8_t rooms[BATCH][ROOM + 64];
static struct sockaddr_in peers[BATCH];
static struct iovec parts[BATCH];
static struct mmsghdr messages[BATCH];

static void fail(const char *what) { perror(what); exit(1); }

// The length of the answer that is written over the query; 0: none is due.
static size_t answer(uint8_t *message, size_t length, uint32_t ttl)
{
    if (length < HEADER + 5 || (message[2] & 0x80) || message[4] != 0 || message[5] != 1) return 0;
    size_t at = HEADER;
    while (at < length && message[at] != 0) {
        if (message[at] > 63) return 0;
        at += message[at] + 1u;
    }
    at += 5;
    if (at > length) return 0;
    message[2] = 0x80 | (message[2] & 0x01);
    message[3] = 0x80;
    memset(message + 6, 0, 6);
    if (message[at - 3] == 1) {
        uint32_t wire = htonl(ttl);
        uint8_t record[16] = { 0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 192, 0, 2, 7 };
        memcpy(record + 6, &wire, sizeof wire);
        memcpy(message + at, record, sizeof record);
        at += sizeof record;
        message[7] = 1;
    }
    return at;
}

static void serve(int server, uint32_t ttl)
{
    for (int i = 0; i < BATCH; i++) {
        parts[i] = (struct iovec){ rooms[i], ROOM };
        messages[i].msg_hdr = (struct msghdr){ .msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &parts[i], .msg_iovlen = 1 };
    }
    int received = recvmmsg(server, messages, BATCH, MSG_DONTWAIT, NULL);
    int due = 0;
    for (int i = 0; i < received; i++) {
        size_t length = answer(rooms[i], messages[i].msg_len, ttl);
        if (length == 0) continue;
        parts[i].iov_len = length;
        if (due != i) messages[due].msg_hdr = messages[i].msg_hdr;
        due++;
    }
    for (int sent = 0; sent < due;) {
        int more = sendmmsg(server, messages + sent, (unsigned)(due - sent), 0);
        sent += more > 0 ? more : 1;
    }
}

static void watch(int set, const struct sockaddr_in *address)
{
    int server = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (server < 0 || bind(server, (const struct sockaddr *)address, sizeof *address) != 0) fail("bind");
    struct epoll_event wanted = { .events = EPOLLIN, .data.fd = server };
    if (epoll_ctl(set, EPOLL_CTL_ADD, server, &wanted) != 0) fail("epoll_ctl");
}

int main(int count, char **words)
{
    if (count < 3) return 2;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(words[2])) };
    uint32_t ttl = count > 3 ? (uint32_t)atoi(words[3]) : 5;
    if (inet_pton(AF_INET, words[1], &address.sin_addr) != 1) return 2;
    int set = epoll_create1(EPOLL_CLOEXEC);
    struct rlimit files = { (rlim_t)count + 64, (rlim_t)count + 64 };
    setrlimit(RLIMIT_NOFILE, &files);
    if (count <= 4) watch(set, &address);
    for (int i = 4; i < count; i++) {
        int space = open(words[i], O_RDONLY | O_CLOEXEC);
        if (space < 0 || setns(space, CLONE_NEWNET) != 0) fail(words[i]);
        close(space);
        watch(set, &address);
    }
    for (;;) {
        struct epoll_event ready[BATCH];
        int some = epoll_wait(set, ready, BATCH, -1);
        for (int i = 0; i < some; i++) serve(ready[i].data.fd, ttl);
    }
}
