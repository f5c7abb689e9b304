using System.Text;

namespace Net.Controller.HealthChecks;

/// <summary>The beginning of what a probe writes.</summary>
internal sealed class ProbeOutput
{
    /// <summary>The bytes that are kept, as many as Docker keeps.</summary>
    private const int Kept = 4096;

    private readonly byte[] _bytes = new byte[Kept];
    private int _length;
    private bool _isCut;

    /// <summary>Adds what it has written, as far as there is room.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        int length = Math.Min(Kept - _length, piece.Length);
        piece[..length].CopyTo(_bytes.AsSpan(_length));
        _length += length;
        _isCut |= length < piece.Length;
    }

    /// <summary>What is kept, with three dots where that is not all. What is not UTF-8 becomes U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_bytes, 0, _length) + (_isCut ? "..." : "");
}
