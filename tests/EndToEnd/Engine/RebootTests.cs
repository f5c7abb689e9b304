using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>The machine on which Docker Engine and our daemon run loses its power.</summary>
public sealed class RebootTests
{
    [ProgramFact(DockerDaemon.Program)]
    public void After_it_the_networks_are_there_again_and_containers_are_started_on_them()
    {
        using EngineHost engine = EngineHost.Start();
        engine.Ok("network", "create", "-d", "netctl", "--ipam-driver", "netctl", "front");
        engine.Ok("network", "create", "-d", "netctl", "--subnet", "10.77.0.0/24", "back");
        engine.RunEcho("--name", "web", "--restart", "always", "--network", "front", "-p", "8080:80");
        engine.RunEcho("--name", "manual", "--network", "back", "--ip", "10.77.0.44", "-p", "8081:80");
        string bridges = Bridges(engine);

        engine.Docker.Reboot();
        Assert.Equal("", Bridges(engine));
        engine.StartNetctl();

        // Containers ended with the machine, so no link, no port and no address of theirs is kept for them.
        Assert.Equal(bridges, Bridges(engine));
        engine.AssertHolds(0);
        Assert.DoesNotContain(":808", engine.Host.Shell("ss -Hltn"), StringComparison.Ordinal);
        engine.Host.LogWarnsOfNothing();

        engine.Docker.Begin();
        engine.Docker.Await();
        SteadyClient.AwaitServer(engine.Host, "8080");
        engine.AssertHolds(1);
        engine.Ok("start", "manual");
        SteadyClient.AwaitServer(engine.Host, "8081");
        engine.AssertHolds(2);
        engine.RemoveAll(["web", "manual"], ["front", "back"]);
    }

    private static string Bridges(EngineHost engine) =>
        engine.Host.Shell("""ip -br link | sed -n 's/^\(br-[0-9a-f]*\).*/\1/p' | sort""");
}
