using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>The daemon is ended and started again, by turns politely and by SIGKILL, each time in a new mount namespace. Nothing that
/// passes between containers, and between them and the outside, is lost, and what is isolated stays so.</summary>
public sealed class LiveRestoreTests
{
    private const int Restarts = 20;

    // Answers whatever comes, by TCP and by UDP. What arrives while a busy machine keeps it waiting must not be lost: 33 is
    // SO_RCVBUFFORCE.
    private const string Server =
        """
        import socket, socketserver, threading
        class Stream(socketserver.BaseRequestHandler):
            def handle(self):
                while data := self.request.recv(65536): self.request.sendall(data)
        class Streams(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            request_queue_size = 128
        threading.Thread(target=Streams(("0.0.0.0", 7000), Stream).serve_forever, daemon=True).start()
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        datagrams.setsockopt(socket.SOL_SOCKET, 33, 1 << 24)
        datagrams.bind(("0.0.0.0", 7000))
        while True:
            data, sender = datagrams.recvfrom(2048)
            datagrams.sendto(data, sender)
        """;

    // Until standard input ends: a stream of numbers over one TCP connection, a datagram with a number each millisecond, and a new
    // connection 20 times a second. Then a line: how many of each were sent, and how many did not come back.
    private const string Client =
        """
        import socket, struct, sys, threading, time
        done = threading.Event()
        threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
        server = (sys.argv[1], 7000)
        result = {}
        def every(seconds):
            next = time.monotonic()
            number = 0
            while not done.is_set():
                yield number
                number += 1
                next = max(next + seconds, time.monotonic() - 0.05)
                time.sleep(max(0, next - time.monotonic()))
        def stream():
            with socket.create_connection(server, timeout=30) as s:
                back = s.makefile("rb")
                wrong = number = 0
                for number in every(0.001):
                    s.sendall(struct.pack("!Q", number))
                    wrong += back.read(8) != struct.pack("!Q", number)
                result["stream"] = (number, wrong)
        def datagrams():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                s.setsockopt(socket.SOL_SOCKET, 33, 1 << 24)
                s.settimeout(5)
                s.connect(server)
                seen = set()
                sent = 0
                def receive():
                    try:
                        while not (done.is_set() and len(seen) == sent): seen.add(s.recv(8))
                    except TimeoutError: pass
                receiver = threading.Thread(target=receive)
                receiver.start()
                for number in every(0.001):
                    sent = number + 1
                    s.send(struct.pack("!Q", number))
                receiver.join()
                result["datagrams"] = (sent, sent - len(seen))
        def connections():
            failed = number = 0
            for number in every(0.05):
                try:
                    with socket.create_connection(server, timeout=10) as s:
                        s.sendall(b"x")
                        failed += s.recv(1) != b"x"
                except OSError as error:
                    failed += 1
                    print(error, file=sys.stderr)
            result["connections"] = (number, failed)
        threads = [threading.Thread(target=run) for run in (stream, datagrams, connections)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        for name in ("stream", "datagrams", "connections"): print(*result[name])
        """;

    [KernelTheory]
    [InlineData("iptables")]
    [InlineData("nftables")]
    public void Twenty_restarts_lose_no_packet(string backend)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", backend);
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("network", "create", "other");
        host.NetctlOk(
            "run", "-d", "--name", "web", "--network", "front", "-p", "7000:7000", "-p", "7000:7000/udp", "python3", "-c", Server);
        host.NetctlOk("run", "-d", "--name", "peer", "--network", "front", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "stranger", "--network", "other", "sleep", "1000");
        string web = host.NetctlOk("inspect", "-f", "{{.NetworkSettings.Networks.front.IPAddress}}", "web");
        TestHost.Eventually(
            "the server answers",
            () => host.Outside("sh", "-c", $"echo x | nc -N -w 2 {TestHost.Address} 7000").StandardOutput == "x\n");

        (Process Ping, Task<string> Said)[] pings = [Ping(host, "peer", "0.001", web), Ping(host, "peer", "0.001", "192.0.2.2")];
        (Process Ping, Task<string> Said) stranger = Ping(host, "stranger", "0.01", web);
        using Process client = host.Start("ip", "netns", "exec", "outside", "python3", "-c", Client, TestHost.Address);
        Task<string> refused = client.StandardError.ReadToEndAsync();
        for (int restart = 0; restart < Restarts; restart++)
        {
            if (restart % 2 == 0)
            {
                host.KillDaemon();
            }
            else
            {
                host.StopDaemon();
            }

            using Process? late = restart is 0 or 1 ? AskNobody(host) : null;
            host.StartDaemon("--firewall-backend", backend);
            Assert.Equal(web, host.NetctlOk("exec", "peer", "dig", "+short", "+time=5", "+tries=1", "web"));
            Assert.EndsWith(late is null ? "" : $"{web}\n", late?.StandardOutput.ReadToEnd() ?? "", StringComparison.Ordinal);
        }

        client.StandardInput.Close();
        string[][] told = [.. client.StandardOutput.ReadToEnd().Trim().Split('\n').Select(line => line.Split(' '))];
        Assert.Equal(3, told.Length);
        Assert.All(told, counts => Assert.True(int.Parse(counts[0], CultureInfo.InvariantCulture) > 100, string.Join(' ', counts)));
        string counted = $"{string.Join("; ", told.Select(counts => string.Join(' ', counts)))} {refused.Result}";
        Assert.All(told, counts => Assert.True(counts[1] == "0", counted));
        Assert.All(pings, ping => AssertNothingIsLost(End(ping)));
        AssertAllIsLost(End(stranger));
        host.DoctorIsContentAtOnce();
    }

    // A question that arrives while no daemon is there to answer it, of a client that asks twice.
    private static Process AskNobody(TestHost host)
    {
        Process dig = host.Start("ip", "netns", "exec", "peer", "dig", "@127.0.0.11", "+short", "+time=10", "+tries=2", "web");
        TestHost.Eventually(
            "the question was sent", () => host.Shell("ip netns exec peer ss -Hun dst 127.0.0.11").Length > 0 || dig.HasExited);
        return dig;
    }

    // Its output is read from the beginning: it is more than a pipe holds.
    private static (Process Ping, Task<string> Said) Ping(TestHost host, string container, string seconds, string address)
    {
        Process ping = host.Start("ip", "netns", "exec", container, "ping", "-n", "-i", seconds, address);
        return (ping, ping.StandardOutput.ReadToEndAsync());
    }

    private static string End((Process Ping, Task<string> Said) ping)
    {
        using Process kill = Process.Start("kill", ["-INT", string.Create(CultureInfo.InvariantCulture, $"{ping.Ping.Id}")]);
        kill.WaitForExit();
        string said = ping.Said.Result;
        ping.Ping.WaitForExit();
        ping.Ping.Dispose();
        return said;
    }

    // The answers to what was sent last may be on their way when ping ends.
    private static void AssertNothingIsLost(string said)
    {
        (int sent, int[] answered) = Read(said);
        Assert.Equal(Enumerable.Range(1, answered.LastOrDefault()), answered);
        Assert.True(answered.Length > 1000 && answered.Length >= sent - 100, said[^200..]);
    }

    private static void AssertAllIsLost(string said)
    {
        (int sent, int[] answered) = Read(said);
        Assert.True(sent > 100, said);
        Assert.Empty(answered);
    }

    private static (int Sent, int[] Answered) Read(string said) => (
        int.Parse(Regex.Match(said, "([0-9]+) packets transmitted").Groups[1].Value, CultureInfo.InvariantCulture),
        [
            .. Regex.Matches(said, "bytes from .* icmp_seq=([0-9]+)")
                .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().Order(),
        ]);
}
