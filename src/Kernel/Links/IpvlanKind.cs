using Net.Cnm.DesiredState;
using Net.Netlink.Links;
using IpvlanMode = Net.Cnm.DesiredState.IpvlanMode;
using WireMode = Net.Netlink.Links.IpvlanMode;

namespace Net.Kernel.Links;

/// <summary>Links of sandboxes that share a link of the host and its Ethernet address.</summary>
internal sealed class IpvlanKind : SandboxLinkKind<IpvlanLink>
{
    /// <inheritdoc/>
    protected override string WhyNot => "it is the port of a bridge, or carries macvlan links";

    /// <inheritdoc/>
    protected override LinkData Data(IpvlanLink desired) => new IpvlanSettings { Mode = Mode(desired.Mode), Flags = Flags(desired.Flag) };

    /// <inheritdoc/>
    protected override string Words(IpvlanLink desired) => $"mode {Word(Mode(desired.Mode))} {Word(Flags(desired.Flag))}";

    /// <inheritdoc/>
    protected override IEnumerable<string> Deviations(IpvlanLink desired, LinkData? data)
    {
        if (data is not IpvlanSettings settings)
        {
            yield break;
        }

        if (settings.Mode is { } mode && mode != Mode(desired.Mode))
        {
            yield return $"its mode is {Word(mode)}";
        }

        if (settings.Flags is { } flags && flags != Flags(desired.Flag))
        {
            yield return $"its flag is {Word(flags)}";
        }
    }

    private static WireMode Mode(IpvlanMode mode) => mode switch
    {
        IpvlanMode.L3 => WireMode.L3,
        IpvlanMode.L3S => WireMode.L3S,
        _ => WireMode.L2,
    };

    private static IpvlanFlags Flags(IpvlanFlag flag) => flag switch
    {
        IpvlanFlag.Private => IpvlanFlags.Private,
        IpvlanFlag.Vepa => IpvlanFlags.Vepa,
        _ => IpvlanFlags.None,
    };

    private static string Word(WireMode mode) => mode.ToString().ToLowerInvariant();

    private static string Word(IpvlanFlags flags) => flags == IpvlanFlags.None ? "bridge" : flags.ToString().ToLowerInvariant();
}
