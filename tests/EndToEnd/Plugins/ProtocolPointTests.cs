using System.Diagnostics;

namespace Net.Tests.EndToEnd.Plugins;

/// <summary>The daemon is killed, the plug-in is killed, or the plug-in hangs, at every question of the protocol; at all of them at the
/// same time, each with a plug-in of its own.</summary>
public sealed class ProtocolPointTests
{
    [Theory]
    [InlineData("the daemon is killed", 1)]
    [InlineData("the plug-ins are killed", 4)]
    [InlineData("the plug-ins hang", 4)]
    public void At_every_question(string happens, int usesAgainEvery)
    {
        using var host = TestHost.Create();
        host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
        host.NetctlOk("network", "create", "other");
        string[] names = [.. ProtocolPoint.All.Select((_, number) => $"p{number}")];
        IReadOnlyList<PluginProcess> plugins = PluginProcess.StartTogether(host, names);
        ProtocolPoint[] points =
        [
            .. ProtocolPoint.All.Select((point, number) =>
                new ProtocolPoint(host, plugins[number], names[number], point.Method, point.Verb, point.Fault)),
        ];
        string links = Links(host);
        try
        {
            All(points, point => point.Prepare());
            int[] earlier = [.. points.Select(point => point.Plugin.Methods.Count)];
            Process[] commands = [.. points.Select(point => point.Begin())];
            TestHost.Eventually("all are asked", () => points.Zip(earlier).All(pair => pair.First.IsAsked(pair.Second)));

            host.NetctlOk("run", "--rm", "--network", "other", "true");
            if (happens == "the daemon is killed")
            {
                host.KillDaemon();
            }
            else if (happens == "the plug-ins are killed")
            {
                plugins[0].Kill();
            }

            foreach ((ProtocolPoint point, Process command) in points.Zip(commands))
            {
                AssertEnds(point, command, happens == "the daemon is killed");
            }

            Array.ForEach(points, point => point.Plugin.Misbehave());
            if (happens == "the daemon is killed")
            {
                host.StartDaemon("--plugin-dir", PluginProcess.FolderOf(host));
            }
            else if (happens == "the plug-ins are killed")
            {
                plugins[0].Start();
            }

            TestHost.Eventually($"all is told: {host.Netctl("doctor")}", () => host.Netctl("doctor").ExitCode == 0);
            Assert.Empty(points.SelectMany(point => point.HeldInVain(hasNetwork: true)));
            All(points.Where((_, number) => number % usesAgainEvery == 0), point => point.UseAgain());
            host.NetctlOk(["rm", "-f", .. names]);
            host.NetctlOk(["network", "rm", "-f", .. names]);
            Assert.Empty(points.SelectMany(point => point.HeldInVain(hasNetwork: false)));
            Assert.Equal(links, Links(host));
            host.StopDaemon(); // the last ones leave the store with the next change, or now
            Assert.Equal("0", Tombstones(host));
        }
        finally
        {
            plugins[0].Dispose();
        }
    }

    // Several at a time, as many users would: that is quicker.
    private static void All(IEnumerable<ProtocolPoint> points, Action<ProtocolPoint> action) =>
        Parallel.ForEach(points, new ParallelOptions { MaxDegreeOfParallelism = 4 }, action);

    private static void AssertEnds(ProtocolPoint point, Process command, bool isAlone)
    {
        using (command)
        {
            Assert.True(command.WaitForExit(60_000), $"{point.Method} in {point.Verb}: the command does not end");
            string error = command.StandardError.ReadToEnd();
            if (isAlone)
            {
                return; // it has lost its daemon
            }

            Assert.True(point.Fails == (command.ExitCode != 0), $"{point.Method} in {point.Verb}: exit {command.ExitCode}, {error}");
            Assert.True(
                !point.Fails || (error.Contains($"plug-in {point.Name}", StringComparison.Ordinal) && error.Count(c => c == '\n') == 1),
                $"{point.Method} in {point.Verb}: {error}");
        }
    }

    private static string Links(TestHost host) => host.Shell("ip -j link | tr ',' '\\n' | grep ifname | sort");

    private static string Tombstones(TestHost host) => host.Shell(
        $"""
        python3 -c "
        import sqlite3
        print(sqlite3.connect('{host.Root}/data/netctl.db').execute('select count(*) from tombstones').fetchone()[0])"
        """);
}
