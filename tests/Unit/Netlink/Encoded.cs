using Net.Netlink;

namespace Net.Tests.Unit.Netlink;

/// <summary>Messages as bytes, for comparison with what ip(8) sends.</summary>
internal static class Encoded
{
    /// <summary>A request's payload as lower-case hex.</summary>
    internal static string Hex(NetlinkRequest request) => Hex(request.Message);

    /// <summary>A message as lower-case hex.</summary>
    internal static string Hex(INetlinkMessage message) => Convert.ToHexStringLower(Bytes(message));

    /// <summary>A message as bytes.</summary>
    internal static byte[] Bytes(INetlinkMessage message)
    {
        using var buffer = new MessageBuffer();
        message.Encode(buffer.Writer);
        return buffer.Written.ToArray();
    }
}
