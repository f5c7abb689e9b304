using System.Buffers.Binary;

namespace Net.Tests.Fuzz.Dns;

/// <summary>Messages made to break who reads them: noise, whole messages with bytes changed, and well-formed frames around names that loop,
/// lead forward or are too long, and around counts and lengths that lie. The same seed makes the same messages, millions a
/// second.</summary>
internal sealed class HostileBytes(ulong seed)
{
    /// <summary>What messages are changed from: all of them are messages, and the last one asks for the name of 127.0.0.1.</summary>
    internal static readonly byte[][] Whole =
    [
        Convert.FromHexString(
            "35fd0120000100000000000103576542076578616d706c65036f726700001c0001" + "00002904d000000000000c000a0008f41965b1fc680e90"),
        Convert.FromHexString(
            "beef8580000100030001000103777777076578616d706c65036f72670000ff0001" +
            "c00c00010001000000050004c0000207c010000f000100000e100009000a046d61"
            + "696cc010c00c000c0001000000050002c010c010000600010000003c001dc00c04686f7374c0100000000100000002000000030000000400000005"
            + "00002904d0000080000000"),
        Convert.FromHexString("1234010000010000000000000377656200" + "00010001"),
        Convert.FromHexString("1234010000010000000000010377656200" + "001c0001" + "00002904d0000000000000"),
        Convert.FromHexString("123401000001000000000000" + "013101300130033132370769" + "6e2d61646472046172706100" + "000c0001"),
    ];

    private static readonly ushort[] Types = [1, 2, 5, 6, 12, 14, 15, 16, 17, 26, 28, 33, 41, 65, 250, 251, 252, 255, 65280];

    private ulong _state = seed == 0 ? 1 : seed;

    /// <summary>A number from 0 to one less than <paramref name="below"/>. xorshift64*: Vigna 2016.</summary>
    internal int Next(int below)
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (int)((UInt128)(_state * 0x2545f4914f6cdd1d) * (uint)below >> 64);
    }

    /// <summary>Writes a message.</summary>
    /// <param name="room">At least 2000 bytes.</param>
    /// <returns>Its length.</returns>
    internal int Write(Span<byte> room) => Next(8) switch
    {
        0 => Noise(room, Next(600)),
        1 or 2 or 3 => Changed(room),
        _ => Built(room),
    };

    private int Noise(Span<byte> room, int length)
    {
        for (int i = 0; i < length; i++)
        {
            room[i] = (byte)Next(256);
        }

        return length;
    }

    private int Changed(Span<byte> room)
    {
        byte[] whole = Whole[Next(Whole.Length)];
        whole.CopyTo(room);
        for (int changes = Next(4); changes > 0; changes--)
        {
            room[Next(whole.Length)] = Next(3) == 0 ? (byte)(0xc0 | Next(2)) : (byte)Next(256);
        }

        return Next(4) == 0 ? Next(whole.Length) : whole.Length + (Next(8) == 0 ? Noise(room[whole.Length..], Next(20)) : 0);
    }

    private int Built(Span<byte> room)
    {
        int at = 12;
        int questions = Next(8) == 0 ? Next(4) : 1;
        int records = Next(3) == 0 ? Next(12) : Next(2);
        for (int i = 0; i < questions; i++)
        {
            at = Fixed(room, Name(room, at));
        }

        for (int i = 0; i < records; i++)
        {
            at = Record(room, at);
        }

        room[..12].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(room, (ushort)Next(65536));
        BinaryPrimitives.WriteUInt16BigEndian(room[2..], (ushort)(Next(4) == 0 ? Next(65536) : 0x0100));
        BinaryPrimitives.WriteUInt16BigEndian(room[4..], Count(questions));
        BinaryPrimitives.WriteUInt16BigEndian(room[(6 + (2 * Next(3)))..], Count(records));
        return at;
    }

    private ushort Count(int honest) => (ushort)(Next(16) == 0 ? Next(65536) : honest);

    private int Record(Span<byte> room, int at)
    {
        at = Fixed(room, Next(3) == 0 ? Zero(room, at) : Name(room, at));
        BinaryPrimitives.WriteUInt32BigEndian(room[at..], (uint)Next(int.MaxValue));
        int start = at + 6;
        int end = Next(4) switch
        {
            0 => start,
            1 => Name(room, start),
            2 => Name(room, Name(room, start + Next(7))) + (Next(2) * 20),
            _ => start + Noise(room[start..], Next(20)),
        };
        BinaryPrimitives.WriteUInt16BigEndian(room[(at + 4)..], (ushort)(Next(16) == 0 ? Next(65536) : end - start));
        return end;
    }

    private static int Zero(Span<byte> room, int at)
    {
        room[at] = 0;
        return at + 1;
    }

    private int Fixed(Span<byte> room, int at)
    {
        BinaryPrimitives.WriteUInt16BigEndian(room[at..], Next(8) == 0 ? (ushort)Next(65536) : Types[Next(Types.Length)]);
        BinaryPrimitives.WriteUInt16BigEndian(room[(at + 2)..], (ushort)(Next(8) == 0 ? Next(65536) : 1));
        return at + 4;
    }

    // Up to 12 labels, mostly short; now and then one of 63 or 64, and a pointer anywhere in place of the end. Leaves room for what
    // follows.
    private int Name(Span<byte> room, int at)
    {
        for (int labels = Next(4) == 0 ? Next(12) : Next(3); labels > 0 && at < room.Length - 200; labels--)
        {
            int length = Next(16) switch { 0 => 63, 1 => 64 + Next(128), _ => 1 + Next(4) };
            room[at++] = (byte)length;
            length = Math.Min(length, 63);
            room.Slice(at, length).Fill((byte)('a' + Next(3)));
            at += length;
        }

        if (Next(2) == 0)
        {
            return Zero(room, at);
        }

        BinaryPrimitives.WriteUInt16BigEndian(room[at..], (ushort)(0xc000 | Next(Next(4) == 0 ? 0x4000 : at + 8)));
        return at + 2;
    }
}
