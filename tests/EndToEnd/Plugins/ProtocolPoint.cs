using System.Diagnostics;

namespace Net.Tests.EndToEnd.Plugins;

/// <summary>One question of the protocol at which something happens, with a plug-in, a network and a container of its own.</summary>
/// <param name="Host">The host.</param>
/// <param name="Plugin">The plug-in.</param>
/// <param name="Name">The name of the plug-in, and of its network and container.</param>
/// <param name="Method">The question.</param>
/// <param name="Verb">The command in which it is asked: create, run, stop or rm.</param>
/// <param name="Fault">What the plug-in does then: hang, or late, which is to do it and not to answer.</param>
internal sealed record ProtocolPoint(TestHost Host, PluginProcess Plugin, string Name, string Method, string Verb, string Fault)
{
    /// <summary>All points. What a plug-in has reserved under a name of its own choice and not told cannot be given back, so the two
    /// questions of that kind are not done.</summary>
    public static IReadOnlyList<(string Method, string Verb, string Fault)> All =>
    [
        ("IpamDriver.RequestPool", "create", "hang"),
        ("IpamDriver.RequestAddress", "create", "hang"),
        ("NetworkDriver.CreateNetwork", "create", "late"),
        ("IpamDriver.RequestAddress", "run", "hang"),
        ("NetworkDriver.CreateEndpoint", "run", "late"),
        ("NetworkDriver.Join", "run", "late"),
        ("NetworkDriver.ProgramExternalConnectivity", "run", "late"),
        ("NetworkDriver.RevokeExternalConnectivity", "stop", "late"),
        ("NetworkDriver.Leave", "stop", "late"),
        ("NetworkDriver.DeleteEndpoint", "stop", "late"),
        ("IpamDriver.ReleaseAddress", "stop", "late"),
        ("IpamDriver.ReleasePool", "rm", "late"),
        ("NetworkDriver.DeleteNetwork", "rm", "late"),
    ];

    private string[] Command => Verb switch
    {
        "create" => Create,
        "run" => ["run", "-d", "--name", Name, "--network", Name, "sleep", "1000"],
        "stop" => ["rm", "-f", Name],
        _ => ["network", "rm", Name],
    };

    private string[] Create => ["network", "create", "-d", Name, "--ipam-driver", Name, "--subnet", Subnet, Name];

    private string Subnet => $"10.80.{Name[1..]}.0/24";

    /// <summary>Whether the command is to fail when the plug-in does not answer: what is removed is removed.</summary>
    public bool Fails => Verb is "create" or "run";

    /// <summary>Makes what the command needs, and has the plug-in misbehave from then on.</summary>
    public void Prepare()
    {
        if (Verb != "create")
        {
            Host.NetctlOk(Create);
        }

        if (Verb == "stop")
        {
            Host.NetctlOk("run", "-d", "--name", Name, "--network", Name, "sleep", "1000");
        }

        Plugin.Misbehave($"{Method} {Fault}");
    }

    /// <summary>Starts the command.</summary>
    public Process Begin() => Host.Start(Environment.GetEnvironmentVariable("NETCTL_BINARY")
        ?? Path.Combine(TestHost.RepositoryRoot(), "artifacts", "netctl", "netctl"), Command);

    /// <summary>Whether the question has been asked by the command.</summary>
    public bool IsAsked(int earlier) => Plugin.Methods.Skip(earlier).Contains(Method);

    /// <summary>Uses the network again, which the command may have made or removed.</summary>
    public void UseAgain()
    {
        Host.Netctl("rm", "-f", Name);
        if (Host.Netctl("network", "inspect", Name).ExitCode != 0)
        {
            Host.NetctlOk(Create);
        }

        Host.NetctlOk("run", "--rm", "--network", Name, "ping", "-c1", "-w10", $"10.80.{Name[1..]}.1");
    }

    /// <summary>What the plug-in holds without need: all but what belongs to the network while there is one.</summary>
    /// <param name="hasNetwork">Whether there may be one, as after a command about a container.</param>
    public IEnumerable<string> HeldInVain(bool hasNetwork)
    {
        string[] kinds = hasNetwork && Verb is ("run" or "stop") ? ["endpoints"] : ["networks", "endpoints", "pools"];
        IEnumerable<string> held = kinds.SelectMany(kind => Plugin.Known(kind).Select(id => $"{kind} {id}"));
        if (kinds.Length == 1)
        {
            held = held.Concat(Plugin.Taken($"pool-{Subnet}").Where(address => !address.EndsWith(".1", StringComparison.Ordinal)));
        }

        return held.Select(words => $"{Method} in {Verb}: {words}");
    }
}
