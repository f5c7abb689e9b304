using System.Globalization;
using Net.Cnm.Processes;

namespace Net.Daemon;

/// <summary>Parses the options of the log: <c>max-size</c> and <c>max-file</c>, as in Docker.</summary>
public static class LogFlags
{
    private const string Size = "max-size";
    private const string Files = "max-file";

    /// <summary>Parses the values of <c>--log-opt</c>. The last value of a key counts.</summary>
    /// <param name="words">Each <c>KEY=VALUE</c>; several in one word are separated by commas.</param>
    /// <exception cref="FormatException">Anything else; the message says what is wrong and what the flag takes.</exception>
    public static IReadOnlyDictionary<string, string> Map(IEnumerable<string> words)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string word in words.SelectMany(word => word.Split(',')))
        {
            string[] parts = word.Split('=', 2);
            options[parts[0]] = parts.Length == 2
                ? parts[1]
                : throw new FormatException(
                    $"invalid argument \"{word}\" for \"--log-opt\" flag: it takes {Size}=SIZE or {Files}=NUMBER, such as {Size}=10m");
        }

        return options;
    }

    /// <summary>Parses the options of a log.</summary>
    /// <exception cref="FormatException">An option is unknown, or its value is invalid; the message says what it takes.</exception>
    public static LogLimits Parse(IReadOnlyDictionary<string, string> options)
    {
        foreach (string key in options.Keys)
        {
            if (key is not (Size or Files))
            {
                throw Invalid($"unknown log opt \"{key}\": the options are {Size} and {Files}");
            }
        }

        return new LogLimits
        {
            MaximumSize = options.TryGetValue(Size, out string? size) ? SizeOf(size) : null,
            MaximumFiles = options.TryGetValue(Files, out string? files) ? FilesOf(files) : null,
        };
    }

    /// <summary>The options that <see cref="Parse"/> would read.</summary>
    public static IReadOnlyDictionary<string, string> Format(LogLimits limits)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (limits.MaximumSize is { } size)
        {
            (int shift, string unit) = size switch
            {
                _ when size % (1 << 30) == 0 => (30, "g"),
                _ when size % (1 << 20) == 0 => (20, "m"),
                _ when size % (1 << 10) == 0 => (10, "k"),
                _ => (0, ""),
            };
            options[Size] = (size >> shift).ToString(CultureInfo.InvariantCulture) + unit;
        }

        if (limits.MaximumFiles is { } files)
        {
            options[Files] = files.ToString(CultureInfo.InvariantCulture);
        }

        return options;
    }

    private static long SizeOf(string text)
    {
        string lower = text.ToLowerInvariant();
        string number = lower.EndsWith('b') ? lower[..^1] : lower; // 10m and 10mb are the same
        int shift = number.Length == 0 ? 0 : number[^1] switch
        {
            'k' => 10,
            'm' => 20,
            'g' => 30,
            _ => 0,
        };
        number = shift > 0 ? number[..^1] : number;
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count > 0 && count <= long.MaxValue >> shift
            ? count << shift
            : throw Invalid(
                $"invalid {Size} \"{text}\": it takes the size of a log file, a whole number above 0 with k, m or g behind it, "
                    + "such as 10m");
    }

    private static int FilesOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? count
            : throw Invalid($"invalid {Files} \"{text}\": it takes the number of log files to keep, at least 1");

    private static FormatException Invalid(string message) => new(message);
}
