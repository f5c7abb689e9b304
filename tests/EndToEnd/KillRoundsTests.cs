using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The daemon is killed in the middle of mixed work again and again, and each time started in a new mount namespace. Nobody who
/// uses a published port notices, nothing that was answered is lost, and nothing is left.</summary>
public sealed class KillRoundsTests
{
    private const int Rounds = 25;

    // 50 requests a second, each on a connection of its own, until standard input ends. Then the numbers of requests and failures.
    private const string Client =
        """
        import socket, sys, threading, time
        done = threading.Event()
        threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
        asked = failed = 0
        next = time.monotonic()
        while not done.is_set():
            asked += 1
            try:
                with socket.create_connection((sys.argv[1], 7000), timeout=5) as s:
                    s.sendall(b"x\n")
                    failed += s.recv(10) != b"x\n"
            except OSError as error:
                failed += 1
                print(error, file=sys.stderr)
            next = max(next + 0.02, time.monotonic())
            time.sleep(max(0, next - time.monotonic()))
        print(asked, failed)
        """;

    private const string Server =
        """
        import socketserver
        class H(socketserver.BaseRequestHandler):
            def handle(self): self.request.sendall(self.request.recv(10))
        class S(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            request_queue_size = 128
        S(("0.0.0.0", 7000), H).serve_forever()
        """;

    // What is answered is printed; what fails because the daemon is dead is expected to fail.
    private const string Work =
        """
        "$NETCTL" network create "n$1" >/dev/null && echo "network n$1"
        id=$("$NETCTL" run -d --name "first$1" --network "n$1" -p "$((9000 + $1)):80" sleep 1000) && echo "container $id"
        "$NETCTL" network connect front "first$1" && "$NETCTL" publish "first$1" "$((9100 + $1)):81" &&
            "$NETCTL" network disconnect front "first$1"
        id=$("$NETCTL" create --name "second$1" --network front) && echo "container $id"
        "$NETCTL" rm -f "first$1" >/dev/null && echo "removed first$1"
        """;

    [KernelFact]
    public void Iptables() => Check("iptables");

    [KernelFact]
    public void Nftables() => Check("nftables");

    private static void Check(string backend)
    {
        using TestHost host = TestHost.Create();
        string before = KernelState.Of(host);
        host.StartDaemon("--firewall-backend", backend);
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "-d", "--name", "db", "--network", "front", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "front", "-p", "7000:7000", "python3", "-c", Server);
        TestHost.Eventually(
            "the server answers",
            () => host.Outside("sh", "-c", $"echo x | nc -N -w 2 {TestHost.Address} 7000").StandardOutput == "x\n");
        using Process client = host.Start("ip", "netns", "exec", "outside", "python3", "-c", Client, TestHost.Address);
        Task<string> errors = client.StandardError.ReadToEndAsync();
        var random = new Random(4711);
        for (int round = 0; round < Rounds; round++)
        {
            string number = round.ToString(CultureInfo.InvariantCulture);
            using Process work = host.Start("sh", "-c", Work, "sh", number);
            Task<string> answered = work.StandardOutput.ReadToEndAsync();
            Task<string> refused = work.StandardError.ReadToEndAsync();
            Thread.Sleep(random.Next(400));
            host.KillDaemon();
            work.WaitForExit();
            host.StartDaemon("--firewall-backend", backend);

            Output doctor = host.Netctl("doctor");
            Assert.True(doctor.ExitCode == 0, $"round {number}: {doctor}\n{refused.Result}\n{host.DaemonLog}");
            AssertKept(host, answered.Result, number);

            // No name is made of hexadecimal digits alone: one of a container that is gone would name another one by its id.
            host.Netctl("rm", "-f", $"first{number}", $"second{number}");
            host.Netctl("network", "rm", $"n{number}");
        }

        Output named = host.Netctl("exec", "app", "dig", "db");
        Assert.True(host.Dig("app", "db").Length > 0, $"{named}\n{host.NetctlOk("ps", "-a")}\n{host.DaemonLog}");
        Assert.Equal(2, host.NetctlOk("ps", "-aq").Split('\n').Length);
        client.StandardInput.Close();
        string[] counts = client.StandardOutput.ReadToEnd().Trim().Split(' ');
        Assert.True(int.Parse(counts[0], CultureInfo.InvariantCulture) > 50, counts[0]);
        Assert.True(counts[1] == "0", $"{counts[1]} of {counts[0]} requests failed: {errors.Result}");
        client.WaitForExit();

        host.NetctlOk("system", "reset", "-f");
        host.StopDaemon();
        string after = "";
        SpinWait.SpinUntil(() => before == (after = KernelState.Of(host)), TimeSpan.FromSeconds(20));
        Assert.Equal(before, after);
        Assert.Equal(0, host.Shims());
    }

    /// <summary>What was answered before the kill is there after it.</summary>
    private static void AssertKept(TestHost host, string answered, string number)
    {
        string[][] lines = [.. answered.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
        string[][] containers = [.. lines.Where(words => words[0] == "container")];
        foreach (string[] words in lines)
        {
            if (words[0] == "network")
            {
                Assert.Contains(words[1], host.NetctlOk("network", "ls", "--format", "{{.Name}}").Split('\n'));
            }
            else if (words[0] == "container")
            {
                // The last step ends and removes the first container. The kill may have come in between, or have kept the answer away.
                string state = host.Netctl("inspect", "-f", "{{.State.Status}}", words[1]).StandardOutput.Trim();
                Assert.True(
                    state == "running" || (words == containers[0] && containers.Length == 2),
                    $"round {number}: container {words[1]} is {state}");
                if (state == "running")
                {
                    host.NetctlOk("exec", words[1], "true");
                }
            }
        }
    }
}
