using System.Numerics;

namespace Net.Drivers.Ipam.Default;

/// <summary>A set of numbers of up to 128 bits that finds the next number not in the set. Its memory grows with the numbers in the set, not
/// with the range.</summary>
/// <remarks>Numbers are stored in blocks of 1024 bits that exist only while one bit is set, so a full /16 is 64 blocks and an IPv6 /64
/// costs no more. The search for a free number skips full blocks by their count and looks into one block only.</remarks>
internal sealed class AddressBitmap
{
    private const int BlockBits = 1024;
    private const int BlockShift = 10;

    private readonly Dictionary<UInt128, Block> _blocks = [];

    /// <summary>The number of numbers in the set.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a number; false when the set has it already.</summary>
    public bool Add(UInt128 number)
    {
        if (!_blocks.TryGetValue(number >> BlockShift, out Block? block))
        {
            _blocks[number >> BlockShift] = block = new Block();
        }

        ref ulong word = ref block.Words[WordOf(number)];
        ulong bit = BitOf(number);
        if ((word & bit) != 0)
        {
            return false;
        }

        word |= bit;
        block.Count++;
        Count++;
        return true;
    }

    /// <summary>Removes a number; false when the set does not have it.</summary>
    public bool Remove(UInt128 number)
    {
        if (!Contains(number))
        {
            return false;
        }

        Block block = _blocks[number >> BlockShift];
        block.Words[WordOf(number)] &= ~BitOf(number);
        Count--;
        if (--block.Count == 0)
        {
            _blocks.Remove(number >> BlockShift);
        }

        return true;
    }

    /// <summary>Whether a number is in the set.</summary>
    public bool Contains(UInt128 number) =>
        _blocks.TryGetValue(number >> BlockShift, out Block? block) && (block.Words[WordOf(number)] & BitOf(number)) != 0;

    /// <summary>The smallest number from <paramref name="from"/> to <paramref name="last"/>, both included, that is not in the set; null
    /// when the set has all of them.</summary>
    public UInt128? NextFree(UInt128 from, UInt128 last)
    {
        for (UInt128 at = from; at <= last;)
        {
            if (!_blocks.TryGetValue(at >> BlockShift, out Block? block))
            {
                return at;
            }

            UInt128 blockStart = (at >> BlockShift) << BlockShift;
            if (block.Count < BlockBits && block.NextFree((int)(at - blockStart)) is { } free)
            {
                UInt128 found = blockStart + (UInt128)free;
                return found <= last ? found : null;
            }

            if (last - blockStart < BlockBits)
            {
                return null;
            }

            at = blockStart + BlockBits;
        }

        return null;
    }

    private static int WordOf(UInt128 number) => (int)(number & (BlockBits - 1)) >> 6;

    private static ulong BitOf(UInt128 number) => 1UL << (int)(number & 63);

    private sealed class Block
    {
        public ulong[] Words { get; } = new ulong[BlockBits / 64];

        public int Count { get; set; }

        public int? NextFree(int from)
        {
            for (int word = from >> 6; word < Words.Length; word++)
            {
                ulong free = ~Words[word];
                if (word == from >> 6)
                {
                    free &= ulong.MaxValue << (from & 63);
                }

                if (free != 0)
                {
                    return (word << 6) + BitOperations.TrailingZeroCount(free);
                }
            }

            return null;
        }
    }
}
