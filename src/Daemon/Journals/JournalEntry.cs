using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Net.Daemon.Journals;

/// <summary>An entry of systemd's journal, as a datagram to journald's socket.</summary>
/// <remarks>A field is <c>NAME=value</c> and a line feed; a value with line feeds in it is preceded by the name, a line feed and its length
/// in bytes (64 bits, little-endian). Source: "Native Journal Protocol" of systemd; systemd.journal-fields(7).</remarks>
internal sealed class JournalEntry
{
    private const int LongestName = 64;
    private const string Prefix = "NETCTL_";

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The datagram.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Adds a field.</summary>
    /// <param name="name">Its name: upper-case letters, digits and underscores, a letter first.</param>
    /// <param name="value">Its value.</param>
    public JournalEntry Add(string name, string value)
    {
        _bytes.Write(Encoding.ASCII.GetBytes(name));
        byte[] text = Encoding.UTF8.GetBytes(value);
        if (value.Contains('\n', StringComparison.Ordinal))
        {
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
            _bytes.Write("\n"u8);
            _bytes.Write(length);
        }
        else
        {
            _bytes.Write("="u8);
        }

        _bytes.Write(text);
        _bytes.Write("\n"u8);
        return this;
    }

    /// <summary>Adds a field of netctl's own: <c>Networks</c> is <c>NETCTL_NETWORKS</c>.</summary>
    public JournalEntry AddOwn(string name, string value)
    {
        string upper = string.Concat(name.ToUpperInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        string full = Prefix + upper;
        return full.Length <= LongestName ? Add(full, value) : this;
    }
}
