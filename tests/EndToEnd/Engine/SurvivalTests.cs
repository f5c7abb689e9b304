using System.Diagnostics;
using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>Our daemon and Docker Engine end and are killed, alone and together, while containers of the Engine run.</summary>
public sealed class SurvivalTests
{
    private const int Addresses = 13; // of a /28: without those of the network, the broadcast and the gateway

    [ProgramFact(DockerDaemon.Program)]
    public void Traffic_goes_on_while_netctl_is_restarted_and_killed_and_the_engine_waits_for_it()
    {
        using EngineHost engine = EngineHost.Start();
        engine.Ok("network", "create", "-d", "netctl", "--ipam-driver", "netctl", "front");
        engine.RunEcho("--name", "web", "--network", "front", "-p", "8080:80");
        using SteadyClient client = SteadyClient.Start(engine.Host, "8080");

        engine.Host.StopDaemon();
        client.AssertAllAnswered();
        engine.StartNetctl();
        client.AssertAllAnswered();
        engine.Host.KillDaemon();
        client.AssertAllAnswered();

        // The Engine asks again until it is answered.
        using Process run = engine.Docker.StartClient(
            "run", "-d", "--name", "late", "--network", "front", "-p", "8081:80", DockerDaemon.Image, "sleep", "1000");
        engine.StartNetctl();
        run.WaitForExit();
        Assert.Equal(0, run.ExitCode);
        client.AssertAllAnswered();
        engine.AssertHolds(2);
        engine.RemoveAll(["web", "late"], ["front"]);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void With_live_restore_traffic_goes_on_whoever_ends_or_is_killed()
    {
        using EngineHost engine = EngineHost.Start("--live-restore");
        engine.Ok("network", "create", "-d", "netctl", "--ipam-driver", "netctl", "front");
        engine.Ok("network", "create", "-d", "netctl", "--subnet", "10.77.0.0/24", "rear");
        engine.RunEcho("--name", "web", "--network", "front", "-p", "8080:80");
        engine.RunEcho("--name", "other", "--network", "rear", "--ip", "10.77.0.44", "-p", "8081:80");
        using SteadyClient client = SteadyClient.Start(engine.Host, "8080");

        engine.Docker.Stop();
        client.AssertAllAnswered();
        engine.Host.KillDaemon();
        engine.StartNetctl();
        StartEngine(engine);
        client.AssertAllAnswered();
        engine.AssertHolds(2);

        engine.Docker.Kill();
        client.AssertAllAnswered();
        StartEngine(engine);
        client.AssertAllAnswered();

        KillBoth(engine);
        StartEngine(engine);
        client.AssertAllAnswered();
        engine.StartNetctl();

        KillBoth(engine);
        engine.StartNetctl();
        client.AssertAllAnswered();
        StartEngine(engine);
        client.AssertAllAnswered();
        engine.AssertHolds(2);

        // The Engine goes on with what it had: its containers are changed and end as before. The way out stays on the network whose name
        // comes first.
        engine.Ok("network", "connect", "rear", "web");
        engine.Ok("network", "disconnect", "rear", "web");
        client.AssertAllAnswered();
        engine.Ok("restart", "-t", "0", "other");
        SteadyClient.AwaitServer(engine.Host, "8081");
        engine.AssertHolds(2);
        engine.RemoveAll(["web", "other"], ["front", "rear"]);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void A_container_that_ended_while_the_engine_was_away_starts_again_with_its_address_and_port()
    {
        using EngineHost engine = EngineHost.Start("--live-restore");
        engine.Ok("network", "create", "-d", "netctl", "--subnet", "10.77.0.0/24", "front");
        engine.RunEcho("--name", "web", "--network", "front", "-p", "8080:80");
        engine.RunEcho("--name", "other", "--network", "front", "-p", "8081:80");
        int process = int.Parse(engine.Ok("inspect", "-f", "{{.State.Pid}}", "web"), System.Globalization.CultureInfo.InvariantCulture);
        engine.Docker.Kill();
        engine.Host.Shell($"kill -9 {process}");
        StartEngine(engine);
        TestHost.Eventually(
            "the Engine has seen it", () => engine.Ok("inspect", "-f", "{{.State.Running}}", "web") == "false");
        TestHost.Eventually("it starts", () => engine.Docker.Docker("start", "web").ExitCode == 0);
        engine.AssertHolds(2);
        using SteadyClient client = SteadyClient.Start(engine.Host, "8080");
        client.AssertAllAnswered();
        engine.RemoveAll(["web", "other"], ["front"]);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void Without_live_restore_containers_end_with_the_engine_and_come_back_with_it()
    {
        using EngineHost engine = EngineHost.Start();
        engine.Ok("network", "create", "-d", "netctl", "--ipam-driver", "netctl", "front");
        engine.Ok("network", "create", "-d", "netctl", "--subnet", "10.77.0.0/24", "back");
        engine.RunEcho("--name", "web", "--restart", "always", "--network", "front", "-p", "8080:80");
        engine.RunEcho("--name", "manual", "--network", "back", "--ip", "10.77.0.44", "-p", "8081:80");
        engine.Ok("network", "connect", "front", "manual");

        engine.Docker.Stop();
        engine.AssertHolds(0);
        StartEngine(engine);
        AssertBack(engine);

        engine.Docker.Kill();
        StartEngine(engine);
        AssertBack(engine);

        KillBoth(engine);
        engine.Docker.Begin();
        engine.StartNetctl();
        engine.Docker.Await();
        AssertBack(engine);

        KillBoth(engine);
        engine.StartNetctl();
        StartEngine(engine);
        AssertBack(engine);
        engine.Host.LogWarnsOfNothing();
        engine.RemoveAll(["web", "manual"], ["front", "back"]);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void The_engine_starts_without_netctl_keeps_its_networks_and_uses_them_when_netctl_is_there()
    {
        using EngineHost engine = EngineHost.Start();
        engine.Ok("network", "create", "-d", "netctl", "--ipam-driver", "netctl", "front");
        engine.RunEcho("--name", "manual", "--network", "front", "-p", "8081:80");
        engine.Docker.Stop();
        engine.Host.StopDaemon();

        StartEngine(engine);
        Assert.Contains("netctl", engine.Ok("network", "inspect", "-f", "{{.Driver}} {{.IPAM.Driver}}", "front"), StringComparison.Ordinal);
        engine.StartNetctl();
        engine.Ok("start", "manual");
        SteadyClient.AwaitServer(engine.Host, "8081");
        engine.AssertHolds(1);
        engine.RemoveAll(["manual"], ["front"]);
    }

    [ProgramFact(DockerDaemon.Program)]
    public void Whoever_is_killed_in_the_middle_of_runs_every_address_can_be_used_again()
    {
        using EngineHost engine = EngineHost.Start();
        engine.Ok("network", "create", "-d", "netctl", "--subnet", "10.44.0.0/28", "theirs");
        engine.Ok("network", "create", "-d", "netctl", "--ipam-driver", "netctl", "--subnet", "10.45.0.0/28", "ours");
        string[] networks = ["theirs", "ours"];
        foreach ((string network, bool isEngine) in (IEnumerable<(string, bool)>)[("theirs", false), ("ours", false), ("ours", true)])
        {
            Process[] runs = StartRuns(engine, network, "cut");
            TestHost.Eventually("some of them have links", () => Waiting(engine) > 2);
            if (isEngine)
            {
                engine.Docker.Kill();
                StartEngine(engine);
            }
            else
            {
                engine.Host.KillDaemon();
                engine.StartNetctl();
            }

            foreach (Process run in runs) // some of them fail
            {
                Assert.True(run.WaitForExit(TimeSpan.FromMinutes(2)), "docker run did not end in time");
                run.Dispose();
            }

            engine.Docker.Docker(["rm", "-f", .. engine.Ok("ps", "-aq").Split('\n')]);
        }

        // What the Engine had begun with netctl's own IPAM driver is given back when it is plain that nobody goes on with it.
        TestHost.Eventually("of netctl's own subnet the gateway alone is in use", () => ReservedAddresses(engine) == 1);
        foreach (string network in networks)
        {
            var failed = new List<string>();
            foreach (Process run in StartRuns(engine, network, "again"))
            {
                Assert.True(run.WaitForExit(TimeSpan.FromMinutes(2)), "docker run did not end in time");
                failed.AddRange(run.ExitCode == 0 ? [] : [run.StandardError.ReadToEnd()]);
                run.Dispose();
            }

            Assert.True(failed.Count == 0, $"{network}: {string.Join('\n', failed)}\n{engine.Host.DaemonLog}");
        }

        engine.AssertHolds(2 * Addresses);
        engine.RemoveAll(engine.Ok("ps", "-aq").Split('\n'), networks);
    }

    private static Process[] StartRuns(EngineHost engine, string network, string name) =>
    [
        .. Enumerable.Range(0, Addresses).Select(number => engine.Docker.StartClient(
            "run", "-d", "--name", FormattableString.Invariant($"{network}-{name}{number}"), "--network", network, DockerDaemon.Image,
            "sleep", "1000")),
    ];

    // How many links wait for the Engine or are with its containers.
    private static int Waiting(EngineHost engine) => int.Parse(
        engine.Host.Shell("ip -br link | grep -c '^veth' || true"), System.Globalization.CultureInfo.InvariantCulture);

    // From the store, as an independent program reads it.
    private static int ReservedAddresses(EngineHost engine) => int.Parse(
        engine.Host.Shell(
            $"""
            python3 -c '
            import json, sqlite3
            rows = sqlite3.connect("{Path.Combine(engine.Host.Root, "data", "netctl.db")}").execute("select json from foreign_pools")
            print(sum(len(json.loads(row[0])["addresses"]) for row in rows))'
            """),
        System.Globalization.CultureInfo.InvariantCulture);

    private static void StartEngine(EngineHost engine)
    {
        engine.Docker.Begin();
        engine.Docker.Await();
    }

    private static void KillBoth(EngineHost engine)
    {
        engine.Host.KillDaemon();
        engine.Docker.Kill();
    }

    // A container with a restart policy is up again by itself, the other when it is started; nothing of before is left.
    private static void AssertBack(EngineHost engine)
    {
        SteadyClient.AwaitServer(engine.Host, "8080");
        engine.AssertHolds(1);
        engine.Ok("start", "manual");
        SteadyClient.AwaitServer(engine.Host, "8081");
        engine.AssertHolds(3);
    }
}
