using Net.Dns.Wire;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Dns.Resolver.Hostile;

/// <summary>Messages that are well formed by the letter and made to cost the reader.</summary>
public sealed class SlowToReadTests
{
    [Fact]
    public void A_name_is_followed_through_127_pointers_and_no_more()
    {
        Assert.Equal(DnsFormatError.None, DnsMessage.TryParse(Chain(pointers: 127, names: 1), out _));
        Assert.Equal(DnsFormatError.Malformed, DnsMessage.TryParse(Chain(pointers: 128, names: 1), out _));
    }

    [Fact]
    public void A_query_with_thousands_of_names_that_lead_on_and_on_makes_no_garbage()
    {
        byte[] message = Chain(pointers: 8000, names: 3000);
        Assert.Equal(DnsFormatError.None, DnsQuery.TryParse(message, out _));
        Assert.Equal(0, Garbage.Of(() => DnsQuery.TryParse(message, out _)));
    }

    /// <summary>A query with a record whose RDATA is a chain of pointers, each to the one before, and records whose names begin at its
    /// end.</summary>
    private static byte[] Chain(int pointers, int names)
    {
        // 12: the root's question. 17: a raw record of the root; its RDATA begins at 28 with a name, then pointers, each to the one before.
        var bytes = new List<byte>(Samples.Message(
            "00" + "00010001" + "00" + "fff00001" + "00000000" + "0000", additional: (ushort)(names + 1)));
        int length = 3 + (2 * (pointers - 1));
        (bytes[26], bytes[27]) = ((byte)(length >> 8), (byte)length);
        bytes.AddRange([1, (byte)'a', 0]);
        int last = 28;
        for (int i = 1; i < pointers; i++)
        {
            int here = bytes.Count;
            bytes.AddRange(Pointer(last));
            last = here;
        }

        for (int i = 0; i < names; i++)
        {
            bytes.AddRange([.. Pointer(last), 0xff, 0xf0, 0, 1, 0, 0, 0, 0, 0, 0]);
        }

        return [.. bytes];
    }

    private static byte[] Pointer(int target) => [(byte)(0xc0 | (target >> 8)), (byte)target];
}
