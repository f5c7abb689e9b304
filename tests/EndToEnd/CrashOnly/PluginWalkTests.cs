using System.Globalization;
using Net.Tests.EndToEnd.Plugins;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>The daemon is killed at system calls of operations that a plug-in has a part in. After a start in a new mount namespace the
/// operation is there whole or not at all, and when all is removed the plug-in knows of nothing any more.</summary>
public sealed class PluginWalkTests(ITestOutputHelper output)
{
    private const string Net = "$NETCTL network create -d wires --subnet 10.77.0.0/24 net";
    private const string Web = Net + "; $NETCTL run -d --name web --network net sleep 1000";
    private const string Bridged = Net + "; $NETCTL run -d --name web sleep 1000";

    private static readonly IReadOnlyDictionary<string, Walked> All = ((Walked[])
    [
        new("network create, of a plug-in", "true", Net),
        new("network rm, of a plug-in", Net, "$NETCTL network rm net"),
        new(
            "run, on a plug-in's network",
            Net,
            "$NETCTL run -d --name web --network net sleep 1000",
            "$NETCTL create --name web --network net sleep 1000"),
        new("connect, to a plug-in's network", Bridged, "$NETCTL network connect net web"),
        new("disconnect, from a plug-in's network", $"{Bridged}; $NETCTL network connect net web", "$NETCTL network disconnect net web"),
        new("stop, on a plug-in's network", Web, "$NETCTL stop -t 0 web"),
        new("rm, on a plug-in's network", Web, "$NETCTL rm -f web"),
    ]).Select(walked => walked with { EndsLater = true }).ToDictionary(walked => walked.Name, StringComparer.Ordinal);

    public static TheoryData<string> Operations => [.. All.Keys];

    [KernelTheory]
    [MemberData(nameof(Operations))]
    public void Killed_anywhere_the_plug_in_knows_what_the_daemon_knows(string operation)
    {
        using TestHost host = TestHost.Create();
        string[] flags = ["--plugin-dir", PluginProcess.FolderOf(host)];
        host.StartDaemon([.. Walk.Flags, .. flags]);
        using var plugin = PluginProcess.Start(host, "wires");
        var walk = new Walk(host, All[operation], flags);
        walk.Learn();
        string empty = walk.StateAfterReset();
        IReadOnlyList<CallPoint> all = walk.FindPoints(CallTracer.Changing);
        int tried = 0;
        int killed = 0;
        foreach (CallPoint point in Walk.Choose(all, () => killed > 0))
        {
            tried++;
            killed += walk.Kill($"{operation}, killed at {point}", point) ? 1 : 0;
            TestHost.Eventually($"the plug-in has forgotten all after {point}", () => Known(plugin).Length == 0);
        }

        Assert.True(killed > 0, $"at none of {tried} points the daemon was killed");
        Assert.Equal(empty, walk.StateAfterReset());
        ReliabilityPage.Tell(
            "Killed in the middle",
            $"`{operation}`",
            "answered: there whole; not answered: there whole or not at all; the plug-in has forgotten it when all is removed");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{operation}: {all.Count} points, {tried} tried, killed at {killed}"));
    }

    private static string[] Known(PluginProcess plugin) => [.. plugin.Known("networks"), .. plugin.Known("endpoints")];
}
