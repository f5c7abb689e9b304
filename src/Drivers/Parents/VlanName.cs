using System.Globalization;

namespace Net.Drivers.Parents;

/// <summary>The name of a VLAN link that says which it is, as Docker reads it: <c>eth0.10</c> is VLAN 10 of eth0.</summary>
/// <param name="Parent">The interface name of the link that carries the VLAN.</param>
/// <param name="Id">The VLAN identifier, 1 to 4094.</param>
internal sealed record VlanName(string Parent, ushort Id)
{
    /// <summary>Reads a name; null when it is not of that form.</summary>
    public static VlanName? TryParse(string name) =>
        name.LastIndexOf('.') is var dot and > 0
        && ushort.TryParse(name.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort id)
        && id is >= 1 and <= 4094
            ? new VlanName(name[..dot], id)
            : null;
}
