namespace Net.Firewall.Obstacles.Walks;

/// <summary>The registers by which the expressions of a rule pass values on; null stands for a byte that is not known.</summary>
/// <remarks>16 words of 4 bytes: registers 8 to 23 are one word each, registers 1 to 4 four words each (enum nft_registers).</remarks>
internal sealed class RuleRegisters
{
    private readonly byte?[] _bytes = new byte?[64];

    /// <summary>The bytes from the beginning of a register on; null when there is no such register or it is too short.</summary>
    public byte?[]? Read(uint register, int length)
    {
        int start = Start(register);
        return start >= 0 && start + length <= _bytes.Length ? _bytes[start..(start + length)] : null;
    }

    /// <summary>Writes a value, padded to whole words.</summary>
    public void Write(uint register, byte?[] value)
    {
        int start = Start(register);
        if (start < 0 || start + value.Length > _bytes.Length)
        {
            Forget();
            return;
        }

        value.CopyTo(_bytes, start);
        for (int i = start + value.Length; i % 4 != 0; i++)
        {
            _bytes[i] = 0;
        }
    }

    /// <summary>Makes everything unknown.</summary>
    public void Forget() => Array.Clear(_bytes);

    private static int Start(uint register) => register switch
    {
        >= 1 and <= 4 => (int)(register - 1) * 16,
        >= 8 and <= 23 => (int)(register - 8) * 4,
        _ => -1,
    };
}
