using System.CommandLine;

namespace Net.Cli.Networks;

/// <summary><c>netctl network</c>: the verbs for networks.</summary>
internal static class NetworkNoun
{
    public static Command Create() => new("network", "Make networks, look at them and remove them")
    {
        new NetworkCreate(),
        new NetworkList(),
        new NetworkInspect(),
        new NetworkConnect(),
        new NetworkDisconnect(),
        new NetworkPrune(),
        new NetworkRemove(),
    };
}
