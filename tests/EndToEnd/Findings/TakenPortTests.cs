using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>A container that could not be started, since another program has its port, is named with that program.</summary>
public sealed class TakenPortTests
{
    [KernelFact]
    public void The_program_that_has_a_wanted_port_is_named_until_it_goes()
    {
        using TestHost host = Town.Open();
        host.NetctlOk("stop", "-t", "0", "web");
        using Process thief = host.Start("python3", "-c",
            $"import socket,time; s=socket.socket(); s.bind(('{TestHost.Address}', 7000)); s.listen(); print('ready', flush=True); " +
            "time.sleep(1000)");
        Assert.Equal("ready", thief.StandardOutput.ReadLine());
        Assert.NotEqual(0, host.Netctl("start", "web").ExitCode);
        ToldFinding found = ToldFinding.Only(host, "taken-port", "container web");
        Assert.Contains($"(pid {thief.Id})", found.Cause, StringComparison.Ordinal);
        Assert.EndsWith("netctl start web", found.Remedy, StringComparison.Ordinal);

        thief.Kill();
        thief.WaitForExit();
        host.NetctlOk("start", "web");
        TestHost.Eventually("the port answers", () => Town.PortAnswers(host));
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
    }
}
