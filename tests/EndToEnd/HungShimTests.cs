using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The shim of one container hangs: a command that waits for it keeps nobody else from what they ask for.</summary>
public sealed class HungShimTests(ITestOutputHelper output)
{
    [KernelTheory]
    [InlineData("rm -f hung")]
    [InlineData("kill hung")]
    [InlineData("kill -s USR1 hung")]
    [InlineData("stop -t 0 hung")]
    [InlineData("restart -t 0 hung")]
    [InlineData("exec hung true")]
    public void Others_are_answered_while_a_command_waits_for_a_shim_that_is_stopped(string command)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", "nftables");
        host.NetctlOk("network", "create", "front");

        // No wait for a shim is without a limit, so on a busy machine it may be over before the others have been answered. Then it is
        // tried again; a command that held the others up would be over before them each time.
        int attempts = 0;
        TestHost.Eventually($"others are answered while \"{command}\" waits", () => AreOthersAnswered(host, command, ++attempts));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{command}: attempt {attempts}"));
        host.NetctlOk("rm", "-f", "hung");
        host.DoctorIsContent();
    }

    // To pause a container, its shim is not needed: nobody waits.
    [KernelFact]
    public void A_container_whose_shim_is_stopped_can_be_paused_and_goes_on()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", "nftables");
        host.NetctlOk("run", "-d", "--name", "hung", "sleep", "1000");
        string process = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "hung");
        host.Shell($"kill -STOP {host.Shell($"ps -o ppid= {process}").Trim()}");
        host.NetctlOk("pause", "hung");
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "--rm", "--network", "front", "true");
        host.NetctlOk("unpause", "hung");
        host.Shell($"kill -0 {process}");
    }

    private static bool AreOthersAnswered(TestHost host, string command, int attempt)
    {
        host.Netctl("rm", "-f", "hung");
        host.NetctlOk("run", "-d", "--name", "hung", "--network", "front", "sleep", "1000");
        string shim = host.Shell($"ps -o ppid= {host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "hung")}").Trim();
        host.Shell($"kill -STOP {shim}");
        using Process waiting = host.Start("sh", "-c", $"exec $NETCTL {command}");
        Task said = Task.WhenAll(waiting.StandardOutput.ReadToEndAsync(), waiting.StandardError.ReadToEndAsync());

        // The connection that the shim does not accept: the number of those that wait is in the column after the state.
        TestHost.Eventually(
            "the shim is asked",
            () => waiting.HasExited || host.Shell("ss -xlpH").Split('\n').Any(line =>
                line.Contains($"pid={shim},", StringComparison.Ordinal)
                && line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2] != "0"));
        host.NetctlOk("network", "create", $"other{attempt}");
        host.NetctlOk("run", "-d", "--name", $"other{attempt}", "--network", $"other{attempt}", "sleep", "1000");
        bool answered = !waiting.HasExited;
        waiting.WaitForExit();
        said.Wait();
        return answered;
    }
}
