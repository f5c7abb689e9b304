using System.Diagnostics;
using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Many containers of Docker Engine start and end at the same time.</summary>
public sealed class ManyRunsTests
{
    private const int Many = 50;

    [ProgramFact(DockerDaemon.Program)]
    public void Fifty_at_once_all_run_with_addresses_and_ports_of_their_own_and_leave_nothing()
    {
        using EngineHost engine = EngineHost.Start();
        engine.Ok("network", "create", "-d", "netctl", "--ipam-driver", "netctl", "front");
        string[] names = [.. Enumerable.Range(0, Many).Select(number => FormattableString.Invariant($"web{number}"))];
        Process[] runs =
        [
            .. names.Select(name => engine.Docker.StartClient(
                "run", "-d", "--rm", "--name", name, "--network", "front", "-p", "80", DockerDaemon.Image, "sleep", "1000")),
        ];
        foreach (Process run in runs)
        {
            Assert.True(run.WaitForExit(TimeSpan.FromMinutes(2)), "docker run did not end in time");
            Assert.True(run.ExitCode == 0, run.StandardError.ReadToEnd() + engine.Host.DaemonLog);
            run.Dispose();
        }

        engine.AssertHolds(Many);
        string[] addresses = engine.Ok(
            ["inspect", "-f", "{{.NetworkSettings.Networks.front.IPAddress}}", .. names]).Split('\n');
        Assert.Equal(Many, addresses.Distinct().Count());
        Assert.Equal(Many, engine.Host.NetctlOk("ps", "--format", "{{.Ports}}").Split('\n').Distinct().Count());
        engine.RemoveAll(names, ["front"]);
    }
}
