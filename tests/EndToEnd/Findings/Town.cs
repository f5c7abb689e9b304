namespace Net.Tests.EndToEnd.Findings;

/// <summary>A network with a container whose port is published, and what an independent program sees of it from outside.</summary>
internal static class Town
{
    /// <summary>Makes a host with a daemon that leaves what is broken as it is, and builds the town there.</summary>
    /// <param name="arguments">Arguments of the daemon.</param>
    public static TestHost Open(params string[] arguments)
    {
        TestHost host = TestHost.Create();
        host.StartDaemon([TestHost.MendsNothing, .. arguments]);
        Build(host);
        return host;
    }

    /// <summary>Makes the network front and the container web on it, which answers "page" on port 7000.</summary>
    /// <param name="host">A host with a daemon.</param>
    /// <param name="options">Options of the network.</param>
    public static void Build(TestHost host, params string[] options)
    {
        host.NetctlOk(
            ["network", "create", "--subnet", "10.88.0.0/24", "-o", "com.docker.network.bridge.name=br-front", .. options, "front"]);
        host.NetctlOk(
            "run", "-d", "--name", "web", "--network", "front", "--ip", "10.88.0.20", "-p", "7000:7000",
            "sh", "-c", "while :; do echo page | nc -lN 7000; done");
        Works(host);
        host.DoctorIsContent();
    }

    /// <summary>Waits until the port answers outside, and the container reaches what is there.</summary>
    public static void Works(TestHost host)
    {
        TestHost.Eventually("the port answers", () => PortAnswers(host));
        TestHost.Eventually("the way out is open", () => ReachesOut(host));
    }

    /// <summary>Whether the machine outside gets an answer from the published port.</summary>
    public static bool PortAnswers(TestHost host) =>
        host.Outside("nc", "-w", "1", TestHost.Address, "7000").StandardOutput == "page\n";

    /// <summary>Whether the container reaches the machine outside.</summary>
    public static bool ReachesOut(TestHost host) =>
        host.Run("ip", "netns", "exec", "web", "ping", "-q", "-c", "1", "-W", "1", "192.0.2.2").ExitCode == 0;
}
