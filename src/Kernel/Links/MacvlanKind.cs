using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Netlink.Links;
using MacvlanMode = Net.Cnm.DesiredState.MacvlanMode;
using WireMode = Net.Netlink.Links.MacvlanMode;

namespace Net.Kernel.Links;

/// <summary>Links of sandboxes that share a link of the host, each with an Ethernet address of its own.</summary>
internal sealed class MacvlanKind : SandboxLinkKind<MacvlanLink>
{
    /// <inheritdoc/>
    protected override string WhyNot =>
        "it is the port of a bridge, or has a link in mode passthru already, which is the only one then";

    /// <inheritdoc/>
    protected override MacAddress? Address(MacvlanLink desired) => desired.MacAddress;

    /// <inheritdoc/>
    protected override LinkData Data(MacvlanLink desired) => new MacvlanSettings { Mode = Mode(desired.Mode) };

    /// <inheritdoc/>
    protected override string Words(MacvlanLink desired) =>
        $"mode {(desired.Mode == MacvlanMode.PassThrough ? "passthru" : desired.Mode.ToString().ToLowerInvariant())}";

    /// <inheritdoc/>
    protected override IEnumerable<string> Deviations(MacvlanLink desired, LinkData? data)
    {
        if (data is MacvlanSettings { Mode: { } mode } && mode != Mode(desired.Mode))
        {
            yield return $"its mode is {mode.ToString().ToLowerInvariant()}";
        }
    }

    private static WireMode Mode(MacvlanMode mode) => mode switch
    {
        MacvlanMode.Vepa => WireMode.Vepa,
        MacvlanMode.Private => WireMode.Private,
        MacvlanMode.PassThrough => WireMode.PassThrough,
        _ => WireMode.Bridge,
    };
}
