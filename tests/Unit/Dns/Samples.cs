using System.Buffers.Binary;

namespace Net.Tests.Unit.Dns;

/// <summary>Messages as they were on the wire, and small means to make others.</summary>
internal static class Samples
{
    /// <summary>What dig 9.18 sends for <c>dig WeB.example.org AAAA</c>: id 0x35fd, RD and AD, OPT of 1232 bytes with a cookie.</summary>
    internal static byte[] DigQuery => Convert.FromHexString(
        "35fd0120000100000000000103576542076578616d706c65036f726700001c000100002904d000000000000c000a0008f41965b1fc680e90");

    /// <summary>An answer with compressed names: question, A, MX, PTR, SOA and OPT, composed by hand after RFC 1035 4.1.4.</summary>
    internal static byte[] Answer => Convert.FromHexString(
        "beef8580" + "0001000300010001"
        + "03777777076578616d706c65036f726700" + "00ff0001" // 12: www.example.org ANY
        + "c00c" + "0001" + "0001" + "00000005" + "0004" + "c0000207" // A 192.0.2.7
        + "c010" + "000f" + "0001" + "00000e10" + "0009" + "000a" + "046d61696c" + "c010" // MX 10 mail.example.org
        + "c00c" + "000c" + "0001" + "00000005" + "0002" + "c010" // PTR example.org
        + "c010" + "0006" + "0001" + "0000003c" + "001d" + "c00c" + "04686f7374" + "c010" + "0000000100000002000000030000000400000005"
        + "00" + "0029" + "04d0" + "00008000" + "0000");

    /// <summary>A query header with the given counts, followed by <paramref name="body"/> (hexadecimal).</summary>
    internal static byte[] Message(string body, ushort questions = 1, ushort answers = 0, ushort additional = 0, ushort flags = 0x0100)
    {
        byte[] bytes = new byte[12 + (body.Length / 2)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, 0x1234);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), flags);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), questions);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), answers);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(10), additional);
        Convert.FromHexString(body).CopyTo(bytes, 12);
        return bytes;
    }
}
