using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Dns;

/// <summary>The same questions asked of the host's server directly, and from a container at 127.0.0.11: the answers are the same but for
/// id, TTL and OPT.</summary>
public sealed class ForwardedUnchangedTests
{
    [ProgramFact(UpstreamZone.Program)]
    public void What_the_upstream_server_says_comes_back_unchanged_the_first_time_and_again()
    {
        using TestHost host = TestHost.Create();
        using var zone = new UpstreamZone(host);
        host.StartDaemon();
        host.NetctlOk("network", "create", "net9");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "net9", "sleep", "1000");
        string script = Path.Combine(host.Root, "ask.py");
        File.WriteAllText(script, Client);
        string[] questions = [.. UpstreamZone.Questions.Select(static question => $"{question.Name}/{question.Type}")];

        string[] direct = host.Shell($"python3 {script} 127.0.0.1 {string.Join(' ', questions)}").Split('\n');
        string[] first = host.NetctlOk(["exec", "app", "python3", script, "127.0.0.11", .. questions]).Split('\n');
        string[] again = host.NetctlOk(["exec", "app", "python3", script, "127.0.0.11", .. questions]).Split('\n');

        Assert.Equal(questions.Length * 8, direct.Length);
        Assert.DoesNotContain(direct, static line => line.EndsWith("none", StringComparison.Ordinal));
        Assert.Contains(direct, static line => line.Contains(" cut ", StringComparison.Ordinal));
        Assert.Equal(direct[0], first[0]);

        // What is kept is nobody's own word any more: AA goes (RFC 1034 6.2.1 calls such an answer non-authoritative).
        AssertSame(direct, first);
        AssertSame(direct, again);
    }

    private static void AssertSame(string[] direct, string[] forwarded)
    {
        string[] differences = [.. direct.Zip(forwarded)
            .Where(static pair => WithoutAuthority(pair.First) != WithoutAuthority(pair.Second))
            .Select(static pair => $"{pair.First}\n{pair.Second}")];
        Assert.True(direct.Length == forwarded.Length && differences.Length == 0, string.Join("\n\n", differences));
    }

    private static string WithoutAuthority(string line) => line.Replace(" aa ", " -- ", StringComparison.Ordinal);

    // Asks each question in eight ways. Prints flags, question and records as they are on the wire, with every TTL zero and without OPT; of
    // an answer that is cut, the question alone.
    private const string Client =
        """
        import socket, struct, sys
        server, opt = (sys.argv[1], 53), lambda size, flags: b"\0" + struct.pack(">HHIH", 41, size, flags, 0)
        ways = {"udp": (0x100, b""), "udp, no recursion": (0, b""), "udp, checking off": (0x110, opt(1232, 0)),
                "udp 512": (0x100, opt(512, 0)), "udp 1232": (0x100, opt(1232, 0)),
                "udp 4096 do": (0x100, opt(4096, 0x8000)), "tcp": (0x100, b""), "tcp do": (0x100, opt(1232, 0x8000))}

        def name_end(m, at):
            while m[at] and m[at] < 0xc0:
                at += m[at] + 1
            return at + (2 if m[at] else 1)

        def show(m):
            flags, qd, an, ns, ar = struct.unpack(">5H", m[2:12])
            at = 12
            for _ in range(qd):
                at = name_end(m, at) + 4
            question, records, has_opt = m[12:at].hex(), [], False
            for i in range(an + ns + ar):
                end = name_end(m, at)
                type, clss, ttl, length = struct.unpack(">HHIH", m[end:end + 10])
                if type == 41:
                    has_opt = True
                else:
                    section = 0 if i < an else 1 if i < an + ns else 2
                    records.append("%d:%s" % (section, (m[at:end + 4] + b"\0\0\0\0" + m[end + 8:end + 10 + length]).hex()))
                at = end + 10 + length
            assert at == len(m), "bytes behind the end"
            records = [r for r in records if r[0] != "2"] + sorted(r for r in records if r[0] == "2")  # dnsmasq gives these in turns
            cut = flags & 0x200
            return "%04x %s %s %s %s %s" % (
                flags & ~0x400, "aa" if flags & 0x400 else "--", "cut" if cut else "whole", "opt" if has_opt else "plain", question,
                "" if cut else " ".join(records))

        def ask(way, query):
            if way.startswith("tcp"):
                s = socket.create_connection(server, 10)
                s.sendall(struct.pack(">H", len(query)) + query)
                f = s.makefile("rb")
                return f.read(struct.unpack(">H", f.read(2))[0])
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.settimeout(10)
            s.connect(server)
            s.send(query)
            return s.recv(65535)

        for i, question in enumerate(sys.argv[2:]):
            name, type = question.rsplit("/", 1)
            wire = b"".join(bytes([len(l)]) + l.encode() for l in name.split(".")) + b"\0"
            for way, (flags, additional) in ways.items():
                query = struct.pack(">6H", 1000 + i, flags, 1, 0, 0, 1 if additional else 0) + wire
                query += struct.pack(">2H", int(type), 1) + additional
                try:
                    answer = ask(way, query)
                    assert answer[:2] == query[:2], "another id"
                    print(question, way, show(answer))
                except OSError:
                    print(question, way, "none")
        """;
}
