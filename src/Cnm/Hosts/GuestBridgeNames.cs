using System.Text.RegularExpressions;

namespace Net.Cnm.Hosts;

/// <summary>The names that programs for containers and virtual machines give to the bridges of their networks, where their users name none:
/// Docker Engine, Podman (netavark, CNI), libvirt, LXC, LXD and Incus.</summary>
internal static partial class GuestBridgeNames
{
    /// <summary>Whether a bridge has such a name.</summary>
    public static bool Contains(string name) => Names().IsMatch(name);

    [GeneratedRegex("""^(docker0|docker_gwbridge|br-[0-9a-f]{12}|(cni-)?podman[0-9]+|(virbr|lxcbr|lxdbr|incusbr)[0-9]+)\z""")]
    private static partial Regex Names();
}
