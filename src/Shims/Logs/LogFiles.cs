using System.Globalization;

namespace Net.Shims.Logs;

/// <summary>The files of a log. An offset in a log counts all bytes that were ever written to it; a file is named by the offset of its
/// first byte, as 16 hexadecimal digits, and the next file begins where it ends.</summary>
internal static class LogFiles
{
    private const int DigitCount = 16;
    private const string Suffix = ".log";

    /// <summary>The path of the file that begins at an offset.</summary>
    internal static string PathOf(string directory, long start) =>
        Path.Combine(directory, start.ToString("x16", CultureInfo.InvariantCulture) + Suffix);

    /// <summary>Lists the offsets at which the files begin, in ascending order; empty when the folder does not exist.</summary>
    internal static List<long> ReadStarts(string directory)
    {
        var starts = new List<long>();
        try
        {
            foreach (string path in Directory.EnumerateFiles(directory))
            {
                ReadOnlySpan<char> name = Path.GetFileName(path.AsSpan());
                if (name.Length == DigitCount + Suffix.Length
                    && name.EndsWith(Suffix, StringComparison.Ordinal)
                    && long.TryParse(name[..DigitCount], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long start)
                    && start >= 0)
                {
                    starts.Add(start);
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // There is no log.
        }

        starts.Sort();
        return starts;
    }
}
