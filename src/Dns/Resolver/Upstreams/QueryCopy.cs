using System.Security.Cryptography;

namespace Net.Dns.Resolver.Upstreams;

/// <summary>Makes the copy of a client's query that goes upstream.</summary>
internal static class QueryCopy
{
    /// <summary>A copy behind <paramref name="prefix"/> free bytes, with a random id: the client's own is not for others to see or guess.</summary>
    internal static byte[] WithRandomId(ReadOnlyMemory<byte> query, int prefix, RandomNumberGenerator random)
    {
        byte[] copy = new byte[prefix + query.Length];
        query.CopyTo(copy.AsMemory(prefix));
        random.GetBytes(copy.AsSpan(prefix, sizeof(ushort)));
        return copy;
    }
}
