// Asks the resolvers of many network namespaces in turn, one question at a time: the next goes out when the answer to the last is there.
// Usage: asker ADDRESS PORT NAME QUESTIONS NAMESPACE_FILE...   prints the nanoseconds of all questions together.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) { perror(what); exit(1); }

static int open_socket(const char *file, const struct sockaddr_in *server)
{
    int space = open(file, O_RDONLY | O_CLOEXEC);
    if (space < 0 || setns(space, CLONE_NEWNET) != 0) fail(file);
    close(space);
    int client = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (client < 0 || connect(client, (const struct sockaddr *)server, sizeof *server) != 0) fail("socket");
    struct timeval patience = { .tv_sec = 5 };
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return client;
}

int main(int count, char **words)
{
    if (count < 6) return 2;
    struct sockaddr_in server = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(words[2])) };
    inet_pton(AF_INET, words[1], &server.sin_addr);
    long questions = atol(words[4]);
    int clients = count - 5;
    struct rlimit files = { (rlim_t)clients + 64, (rlim_t)clients + 64 };
    setrlimit(RLIMIT_NOFILE, &files);
    int *sockets = calloc((size_t)clients, sizeof *sockets);
    for (int i = 0; i < clients; i++) sockets[i] = open_socket(words[5 + i], &server);

    uint8_t query[512] = { 0, 0, 1, 0, 0, 1 };
    size_t name = strlen(words[3]), length = 12;
    query[length++] = (uint8_t)name;
    memcpy(query + length, words[3], name);
    length += name;
    memcpy(query + length, (uint8_t[]){ 0, 0, 1, 0, 1 }, 5);
    length += 5;

    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (long i = 0; i < questions; i++) {
        int client = sockets[i % clients];
        uint8_t answer[512];
        query[0] = (uint8_t)(i >> 8);
        query[1] = (uint8_t)i;
        if (send(client, query, length, 0) < 0) fail("send");
        ssize_t received = recv(client, answer, sizeof answer, 0);
        if (received < 12) fail("recv");
        if (answer[0] != query[0] || answer[1] != query[1] || answer[7] == 0) { fprintf(stderr, "a wrong answer\n"); return 1; }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%lld\n", (end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec);
    return 0;
}
