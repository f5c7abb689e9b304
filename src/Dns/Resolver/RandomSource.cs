using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Net.Dns.Resolver;

/// <summary>Unpredictable numbers, made from random bytes that are fetched in large blocks. For one thread.</summary>
/// <param name="generator">The source of the bytes.</param>
internal sealed class RandomSource(RandomNumberGenerator generator)
{
    private readonly byte[] _bytes = new byte[1024];
    private int _left;

    /// <summary>A number from 0 to 65535, for a message's id.</summary>
    public ushort NextId()
    {
        if (_left < sizeof(ushort))
        {
            generator.GetBytes(_bytes);
            _left = _bytes.Length;
        }

        _left -= sizeof(ushort);
        return BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(_left));
    }

    /// <summary>A number from 0 to one less than <paramref name="count"/>, which is at most 65536. All are equally likely, but for a bias
    /// of at most 2^-16.</summary>
    public int Next(int count)
    {
        uint wide = ((uint)NextId() << 16) | NextId();
        return (int)(((ulong)wide * (uint)count) >> 32);
    }
}
