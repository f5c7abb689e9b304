// Netlink requests of one thread, gathered in one buffer and sent together: what endpoint.c and driver.c ask the kernel with.
#pragma once
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static char buffer[16384];
static int used, pending;
static unsigned sequence;
static struct nlmsghdr *message;

static void fail(const char *what) { perror(what); exit(1); }

static void *begin(int type, int flags, const void *fixed, int length) {
    message = (struct nlmsghdr *)(buffer + used);
    memset(message, 0, NLMSG_SPACE(length));
    message->nlmsg_len = NLMSG_LENGTH(length);
    message->nlmsg_type = type;
    message->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
    message->nlmsg_seq = ++sequence;
    memcpy(NLMSG_DATA(message), fixed, length);
    return message;
}

static struct rtattr *attribute(int type, const void *data, int length) {
    struct rtattr *a = (struct rtattr *)((char *)message + NLMSG_ALIGN(message->nlmsg_len));
    a->rta_type = type;
    a->rta_len = RTA_LENGTH(length);
    if (length) memcpy(RTA_DATA(a), data, length);
    message->nlmsg_len = NLMSG_ALIGN(message->nlmsg_len) + RTA_ALIGN(a->rta_len);
    return a;
}

static void close_nest(struct rtattr *a) { a->rta_len = (char *)message + message->nlmsg_len - (char *)a; }
static void finish(void) { used += NLMSG_ALIGN(message->nlmsg_len); pending++; }

// Sends what is gathered and waits for every acknowledgement; returns IFLA_LINK of an echoed link, or 0.
static int flush(int s) {
    char answer[32768];
    int peer = 0;
    if (send(s, buffer, used, 0) < 0) fail("send");
    while (pending) {
        int got = recv(s, answer, sizeof answer, 0);
        if (got < 0) fail("recv");
        for (struct nlmsghdr *h = (void *)answer; NLMSG_OK(h, got); h = NLMSG_NEXT(h, got)) {
            if (h->nlmsg_type == NLMSG_ERROR) {
                struct nlmsgerr *e = NLMSG_DATA(h);
                if (e->error) { errno = -e->error; fail("request"); }
                pending--;
            } else if (h->nlmsg_type == RTM_NEWLINK) {
                int left = IFLA_PAYLOAD(h);
                for (struct rtattr *a = IFLA_RTA(NLMSG_DATA(h)); RTA_OK(a, left); a = RTA_NEXT(a, left))
                    if (a->rta_type == IFLA_LINK) peer = *(int *)RTA_DATA(a);
            }
        }
    }
    used = 0;
    return peer;
}

static int netlink(void) {
    int s = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), one = 1;
    if (s < 0) fail("socket");
    setsockopt(s, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof one);
    setsockopt(s, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof one);
    return s;
}
