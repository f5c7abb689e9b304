using System.Globalization;

namespace Net.Netlink;

/// <summary>A link-layer address: 6 bytes on Ethernet, other lengths (up to 32) on other links.</summary>
public readonly struct HardwareAddress : IEquatable<HardwareAddress>
{
    private readonly byte[]? _bytes;

    /// <summary>Copies the bytes of an address.</summary>
    public HardwareAddress(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    /// <summary>The bytes, most significant first.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Parses the usual text form, <c>02:42:ac:11:00:02</c>.</summary>
    /// <exception cref="FormatException">The text is not pairs of hex digits with colons between them.</exception>
    public static HardwareAddress Parse(string text)
    {
        string[] parts = text.Split(':');
        byte[] bytes = new byte[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length != 2
                || !byte.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
            {
                throw new FormatException($"\"{text}\" is not a link-layer address: write pairs of hex digits with colons, as " +
                    $"02:42:ac:11:00:02");
            }
        }

        return new HardwareAddress(bytes);
    }

    /// <summary>Compares bytes.</summary>
    public static bool operator ==(HardwareAddress left, HardwareAddress right) => left.Equals(right);

    /// <summary>Compares bytes.</summary>
    public static bool operator !=(HardwareAddress left, HardwareAddress right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(HardwareAddress other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HardwareAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Lower-case hex with colons.</summary>
    public override string ToString() =>
        string.Join(':', (_bytes ?? []).Select(static b => b.ToString("x2", CultureInfo.InvariantCulture)));
}
