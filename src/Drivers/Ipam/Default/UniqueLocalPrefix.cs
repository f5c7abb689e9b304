using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Net.Drivers.Ipam.Default;

/// <summary>Derives the IPv6 block from which a host assigns its networks' subnets.</summary>
/// <remarks>Unique local addresses, RFC 4193: fd, a 40-bit global id, a 16-bit subnet id. The global id is a SHA-256 hash of the host's id,
/// so that it is the same after a restart and differs between hosts.</remarks>
internal static class UniqueLocalPrefix
{
    /// <summary>The block of all unique local addresses.</summary>
    public static IPNetwork All { get; } = IPNetwork.Parse("fc00::/7");

    public static DefaultAddressPool For(string hostId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(hostId), hash);
        Span<byte> address = stackalloc byte[16];
        address.Clear();
        address[0] = 0xfd;
        hash[..5].CopyTo(address[1..]);
        return new DefaultAddressPool(new IPNetwork(new IPAddress(address), 48), 64);
    }
}
