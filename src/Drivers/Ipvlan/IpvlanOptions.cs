using Net.Cnm.DesiredState;
using Net.Drivers.Options;
using Net.Drivers.Parents;

namespace Net.Drivers.Ipvlan;

/// <summary>The options of an ipvlan network, parsed once from the user's text. Their keys are Docker's.</summary>
internal sealed record IpvlanOptions
{
    /// <summary><c>parent</c>: the link of the host that containers share. Null, the default: a private one, which leads nowhere.</summary>
    public string? Parent { get; init; }

    /// <summary><c>ipvlan_mode</c>: on which layer containers' links work. Default <c>l2</c>.</summary>
    public IpvlanMode Mode { get; init; }

    /// <summary><c>ipvlan_flag</c>: how containers reach each other. Default <c>bridge</c>.</summary>
    public IpvlanFlag Flag { get; init; }

    /// <summary><c>com.docker.network.driver.mtu</c>: the MTU of containers' links in bytes, 68 to 65535. Null, the default: that of the
    /// parent.</summary>
    public int? Mtu { get; init; }

    /// <summary><c>com.docker.network.container_iface_prefix</c>: the prefix of interface names in containers, 1 to 12 characters. Default
    /// <c>eth</c>.</summary>
    public string InterfacePrefix { get; init; } = "eth";

    /// <summary><c>netctl.metric</c>: the metric of containers' default routes by this network. Null, the default: the kernel's.</summary>
    public uint? Metric { get; init; }

    /// <summary>How containers' addresses are announced to their neighbours when they come up.</summary>
    public Announcement Announcement { get; init; } = Announcement.Default;

    /// <summary>The rules of all options.</summary>
    public static IReadOnlyList<OptionRule<IpvlanOptions>> Rules { get; } =
    [
        SharedLinkRules.Parent<IpvlanOptions>((options, parent) => options with { Parent = parent }),
        new(
            "ipvlan_mode",
            (options, value) => ParseMode(value) is { } mode ? options with { Mode = mode } : null,
            value => $"requested ipvlan mode '{value}' is not valid, 'l2' mode is the ipvlan driver default",
            "l2, l3, l3s"),
        new(
            "ipvlan_flag",
            (options, value) => ParseFlag(value) is { } flag ? options with { Flag = flag } : null,
            value => $"requested ipvlan flag '{value}' is not valid, 'bridge' is the ipvlan driver default",
            "bridge, private, vepa"),
        SharedLinkRules.Mtu<IpvlanOptions>((options, mtu) => options with { Mtu = mtu }),
        SharedLinkRules.InterfacePrefix<IpvlanOptions>((options, prefix) => options with { InterfacePrefix = prefix }),
        CommonRules.Metric<IpvlanOptions>((options, metric) => options with { Metric = metric }),
        CommonRules.AnnouncementCount<IpvlanOptions>(
            (options, count) => options with { Announcement = options.Announcement with { Count = count } }),
        CommonRules.AnnouncementInterval<IpvlanOptions>(
            (options, interval) => options with { Announcement = options.Announcement with { Milliseconds = interval } }),
    ];

    private static IpvlanMode? ParseMode(string value) => value switch
    {
        "" or "l2" => IpvlanMode.L2,
        "l3" => IpvlanMode.L3,
        "l3s" => IpvlanMode.L3S,
        _ => null,
    };

    private static IpvlanFlag? ParseFlag(string value) => value switch
    {
        "" or "bridge" => IpvlanFlag.Bridge,
        "private" => IpvlanFlag.Private,
        "vepa" => IpvlanFlag.Vepa,
        _ => null,
    };
}
