using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.Engine.DriverComparison;

/// <summary>Something that differs between <c>-d bridge</c> and <c>-d netctl</c>, with a row in docs/engine.md.</summary>
/// <param name="Anchor">The id of the row, which has the reason.</param>
/// <param name="Bridge">Matches the lines that only the bridge driver gives.</param>
/// <param name="Netctl">Matches the lines that only netctl gives.</param>
internal sealed partial record DriverDifference(string Anchor, Regex Bridge, Regex Netctl)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DriverDifference> All { get; } =
    [
        new("ports", BridgePorts(), NetctlPorts()),
        new("driver-name", BridgeDriver(), NetctlDriver()),
        new("published-from-inside", BridgeUnreached(), NetctlReached()),
        new("internal-route", BridgeInternal(), NetctlInternal()),
        new("freed-address", BridgeAgain(), NetctlNext()),
    ];

    [GeneratedRegex(@"^(?:port web: \d|inspect (?:web|db): \.Ports|ps: (?:web|db) )")]
    private static partial Regex BridgePorts();

    [GeneratedRegex(@"^(?:port web: $|inspect (?:web|db): \.Ports|ps: (?:web|db) )")]
    private static partial Regex NetctlPorts();

    [GeneratedRegex(@"^network (?:inspect \w+: \.(?:Driver|IPAM\.Driver) ""(?:bridge|default)""|ls: \w+ bridge )")]
    private static partial Regex BridgeDriver();

    [GeneratedRegex(@"^network (?:inspect \w+: \.(?:Driver|IPAM\.Driver) ""netctl""|ls: \w+ netctl )")]
    private static partial Regex NetctlDriver();

    [GeneratedRegex(@"^reach: alone does not reach 192\.0\.2\.1 8080$")]
    private static partial Regex BridgeUnreached();

    [GeneratedRegex(@"^reach: alone reaches 192\.0\.2\.1 8080$")]
    private static partial Regex NetctlReached();

    [GeneratedRegex(@"^(?:cache: ip route: default via 10\.78\.0\.1 |inspect \w+: \.Networks\.back\.Gateway ""10\.78\.0\.1"")")]
    private static partial Regex BridgeInternal();

    [GeneratedRegex(@"^inspect \w+: \.Networks\.back\.Gateway """"")]
    private static partial Regex NetctlInternal();

    [GeneratedRegex(@"10\.77\.0\.3\b")]
    private static partial Regex BridgeAgain();

    [GeneratedRegex(@"10\.77\.0\.4\b")]
    private static partial Regex NetctlNext();
}
