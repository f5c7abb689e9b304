namespace Net.Netlink;

/// <summary>An open nested attribute; closing it writes its length.</summary>
public readonly ref struct NestToken
{
    private readonly MessageBuffer _buffer;
    private readonly int _start;

    internal NestToken(MessageBuffer buffer, int start)
    {
        _buffer = buffer;
        _start = start;
    }

    /// <summary>Closes the nested attribute.</summary>
    /// <exception cref="NetlinkFormatException">The nested attributes are longer than 65,531 bytes.</exception>
    public void Dispose()
    {
        int length = _buffer.Length - _start;
        if (length > ushort.MaxValue)
        {
            throw new NetlinkFormatException("nested attribute", _start, ushort.MaxValue, length);
        }

        _buffer.Patch(_start, (ushort)length);
    }
}
