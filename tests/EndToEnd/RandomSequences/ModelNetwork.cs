namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>A network as the model has it. Its name and its subnets follow from its slot, so that both are used again after its
/// removal.</summary>
/// <param name="slot">The lowest number that no other network has; 0 for the default network, whose subnets are the daemon's.</param>
/// <param name="driver"><c>bridge</c>, <c>macvlan</c> or the name of the plug-in.</param>
internal sealed class ModelNetwork(int slot, string driver)
{
    public int Slot => slot;

    public string Driver => driver;

    public string Name => IsDefault ? "bridge" : $"n{slot}";

    /// <summary>The default network, where containers have no names but links.</summary>
    public bool IsDefault => slot == 0;

    /// <summary><c>--internal</c>.</summary>
    public bool IsInternal { get; init; }

    public bool HasIPv4 { get; init; } = true;

    public bool HasIPv6 { get; init; }

    /// <summary>It has a second IPv4 subnet.</summary>
    public bool IsWide { get; init; }

    /// <summary>The mode of a macvlan network.</summary>
    public string Mode { get; init; } = "";

    /// <summary>The link of the host that a macvlan network is on; null: one that the daemon makes.</summary>
    public string? Parent { get; init; }

    /// <summary>What stands for the link of the host that a macvlan network is on.</summary>
    public string Wire => Parent ?? Name;

    /// <summary>Mode passthru: one container at a time, which has the parent's MAC address.</summary>
    public bool IsExclusive => Mode == "passthru";

    /// <summary>A default route may lead through it.</summary>
    public bool IsWayOut => !IsInternal && (driver != "macvlan" || Parent is not null);

    public string[] Subnets =>
    [
        .. HasIPv4 ? [$"10.50.{slot}.0/24"] : (string[])[],
        .. IsWide ? [$"10.51.{slot}.0/24"] : (string[])[],
        .. HasIPv6 ? [$"fd50:{slot}::/64"] : (string[])[],
    ];

    /// <summary>The IPv4 address that a container asks for. A daemon that starts again hands out those behind the highest that is in use,
    /// so there are more of them between two that may be asked for than are handed out in a sequence.</summary>
    public string AddressFor(ModelContainer container, bool inSecond) => $"10.{(inSecond ? 51 : 50)}.{slot}.{NumberFor(container)}";

    public string Address6For(ModelContainer container) => $"fd50:{slot}::{NumberFor(container)}";

    /// <summary>The gateway of a container with an address on this network.</summary>
    public static string GatewayOf(string address) => $"{address[..(address.LastIndexOfAny(['.', ':']) + 1)]}1";

    /// <summary>An address lies in one of the subnets.</summary>
    public bool Contains(string address) =>
        Subnets.Any(subnet => address.StartsWith(subnet[..(subnet.LastIndexOfAny(['.', ':']) + 1)], StringComparison.Ordinal));

    private static int NumberFor(ModelContainer container) => 60 + (30 * container.Slot);

    public override string ToString() => string.Join(
        ' ',
        ((string[])[Name, driver, Mode, Parent ?? "", IsInternal ? "internal" : "", .. Subnets]).Where(word => word.Length > 0));
}
