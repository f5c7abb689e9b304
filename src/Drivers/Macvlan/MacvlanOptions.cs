using Net.Cnm.DesiredState;
using Net.Drivers.Options;
using Net.Drivers.Parents;

namespace Net.Drivers.Macvlan;

/// <summary>The options of a macvlan network, parsed once from the user's text. Their keys are Docker's.</summary>
internal sealed record MacvlanOptions
{
    /// <summary><c>parent</c>: the link of the host that containers share. Null, the default: a private one, which leads nowhere.</summary>
    public string? Parent { get; init; }

    /// <summary><c>macvlan_mode</c>: how containers reach each other. Default <c>bridge</c>.</summary>
    public MacvlanMode Mode { get; init; }

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
    public static IReadOnlyList<OptionRule<MacvlanOptions>> Rules { get; } =
    [
        SharedLinkRules.Parent<MacvlanOptions>((options, parent) => options with { Parent = parent }),
        new(
            "macvlan_mode",
            (options, value) => ParseMode(value) is { } mode ? options with { Mode = mode } : null,
            value => $"unknown macvlan mode {value}",
            "bridge, vepa, private, passthru"),
        SharedLinkRules.Mtu<MacvlanOptions>((options, mtu) => options with { Mtu = mtu }),
        SharedLinkRules.InterfacePrefix<MacvlanOptions>((options, prefix) => options with { InterfacePrefix = prefix }),
        CommonRules.Metric<MacvlanOptions>((options, metric) => options with { Metric = metric }),
        CommonRules.AnnouncementCount<MacvlanOptions>(
            (options, count) => options with { Announcement = options.Announcement with { Count = count } }),
        CommonRules.AnnouncementInterval<MacvlanOptions>(
            (options, interval) => options with { Announcement = options.Announcement with { Milliseconds = interval } }),
    ];

    private static MacvlanMode? ParseMode(string value) => value switch
    {
        "" or "bridge" => MacvlanMode.Bridge,
        "vepa" => MacvlanMode.Vepa,
        "private" => MacvlanMode.Private,
        "passthru" => MacvlanMode.PassThrough,
        _ => null,
    };
}
