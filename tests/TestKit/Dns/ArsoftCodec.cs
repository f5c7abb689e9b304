using System.Runtime.CompilerServices;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;

namespace Net.Tests.TestKit.Dns;

/// <summary>ARSoft's encoder, which that library keeps to itself: it only sends what it has encoded.</summary>
public static class ArsoftCodec
{
    /// <summary>The message as ARSoft sends it, with its name compression.</summary>
    public static byte[] Encode(DnsMessageBase message) => [.. EncodeMessage(message).ToArraySegment(false)];

    /// <summary>The RDATA of a record without compression.</summary>
    public static byte[] EncodeData(DnsRecordBase record)
    {
        byte[] room = new byte[ushort.MaxValue];
        int length = 0;
        EncodeRecordData(record, room, ref length, null, false);
        return room.AsSpan(0, length).ToArray();
    }

    /// <summary>The name without compression, as RFC 1035 3.1 has it.</summary>
    public static byte[] Wire(DomainName name) =>
        [.. name.Labels.SelectMany(static label => (byte[])[(byte)label.Length, .. label.Select(static letter => (byte)letter)]), 0];

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Encode")]
    private static extern DnsRawPackage EncodeMessage(DnsMessageBase message);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "EncodeRecordData")]
    private static extern void EncodeRecordData(
        DnsRecordBase record, IList<byte> room, ref int at, Dictionary<DomainName, ushort>? names, bool isCanonical);
}
