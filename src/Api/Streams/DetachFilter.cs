using System.Buffers;

namespace Net.Api.Streams;

/// <summary>Looks for the keys by which the user leaves a command in what the user types. Keys that may be the beginning of them are held
/// back until the next one shows whether they are.</summary>
public sealed class DetachFilter(DetachKeys keys)
{
    private int _matched;

    /// <summary>Takes what was typed.</summary>
    /// <param name="typed">The bytes from the terminal.</param>
    /// <param name="passed">Receives the bytes that are for the command.</param>
    /// <returns>Whether the user leaves the command. What was typed after the keys goes nowhere.</returns>
    public bool Take(ReadOnlySpan<byte> typed, IBufferWriter<byte> passed)
    {
        foreach (byte key in typed)
        {
            // What was held back and is no beginning any more is given on; its later part may still be one.
            while (_matched > 0 && key != keys.Bytes[_matched])
            {
                int kept = LongestBeginning();
                passed.Write([.. keys.Bytes.Take(_matched - kept)]);
                _matched = kept;
            }

            if (key != keys.Bytes[_matched])
            {
                passed.Write([key]);
            }
            else if (++_matched == keys.Bytes.Count)
            {
                _matched = 0;
                return true;
            }
        }

        return false;
    }

    /// <summary>How many of the last keys that match begin the keys anew, fewer than match now.</summary>
    private int LongestBeginning()
    {
        int length = _matched - 1;
        while (!keys.Bytes.Take(length).SequenceEqual(keys.Bytes.Skip(_matched - length).Take(length)))
        {
            length--;
        }

        return length;
    }
}
