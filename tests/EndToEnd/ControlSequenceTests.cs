using System.Diagnostics;
using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What anybody may choose (commands, labels, names of processes, input in errors) is printed as Go quotes it, and so never acts
/// on the terminal or the log of whoever reads it.</summary>
public sealed class ControlSequenceTests
{
    private const string Erase = "\u001b[2J\u001b]0;owned\a";
    private const string Escaped = @"\x1b[2J\x1b]0;owned\a";

    // A program whose name is a control sequence takes a port: PR_SET_NAME is 15.
    private const string Thief =
        """
        import ctypes, socket, time
        ctypes.CDLL(None).prctl(15, b"x\x1b[2J (pid 1)")
        s = socket.socket(); s.bind(("0.0.0.0", 8181)); s.listen()
        print("ready", flush=True)
        time.sleep(1000)
        """;

    [KernelFact]
    public void No_control_sequence_of_others_is_printed_or_logged()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--log-level", "debug");
        host.NetctlOk("network", "create", "--label", $"note={Erase}", "front");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "front", "sh", "-c", $"sleep 1000; {Erase}");

        // The kernel has the sequence; netctl does not show it.
        string id = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "app");
        Assert.Contains(Erase, File.ReadAllText($"/proc/{id}/cmdline"), StringComparison.Ordinal);
        Shows(host, $"\"sh -c sleep 1000; {Escaped}\"", "ps", "--no-trunc");
        Shows(host, $"note={Escaped}", "network", "ls", "--format", "{{.Labels}}");
        Shows(host, Escaped, "network", "ls", "--format", "{{.Label \"note\"}}");
        Shows(host, $"map[note:{Escaped}]", "network", "inspect", "-f", "{{.Labels}}", "front");
        Assert.Equal(
            Erase,
            JsonDocument.Parse(Shows(host, "u001B[2J", "network", "inspect", "front").StandardOutput).RootElement[0]
                .GetProperty("Labels").GetProperty("note").GetString());

        Shows(host, $"x{Escaped}", "network", "create", $"x{Erase}");
        Shows(host, $"nosuch{Escaped}", "run", $"nosuch{Erase}");
        Shows(host, $"nosuch{Escaped}", "network", "inspect", $"nosuch{Erase}");
        Shows(host, Escaped, "network", "create", "-o", $"{Erase}=1", "n");
        Shows(host, Escaped, "network", "create", "--subnet", Erase, "n");
        Shows(host, Escaped, "run", "-p", Erase, "true");
        Shows(host, Escaped, "run", "-h", Erase, "true");
        Shows(host, @"\027[2J\027]0;owned\007", "dns", "query", Erase); // RFC 1035 5.1
        Shows(host, Escaped, "daemon", "--log-level", Erase);
        Shows(host, Escaped, Erase);

        using Process thief = host.Start("python3", "-c", Thief);
        Assert.Equal("ready", thief.StandardOutput.ReadLine());
        Shows(host, $"is already in use by \"x\\x1b[2J (pid 1)\" (pid {thief.Id})", "run", "-p", "8181:80", "true");
        thief.Kill();

        // Docker's own client prints the message of an error as it is.
        string answer = host.Shell($"curl -s --unix-socket {host.Socket} http://x/networks/nosuch%1b%5b2J");
        string message = JsonDocument.Parse(answer).RootElement.GetProperty("message").GetString()!;
        Assert.Contains(@"nosuch\x1b[2J", message, StringComparison.Ordinal);

        Assert.DoesNotContain(host.DaemonLog, c => c != '\n' && char.IsControl(c));
    }

    private static Output Shows(TestHost host, string expected, params string[] command)
    {
        Output output = host.Netctl(command);
        string all = output.StandardOutput + output.StandardError;
        Assert.Contains(expected, all, StringComparison.Ordinal);
        Assert.DoesNotContain(all, c => c != '\n' && char.IsControl(c));
        return output;
    }
}
