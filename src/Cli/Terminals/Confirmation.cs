using System.Text;
using Net.Linux.Terminals;

namespace Net.Cli.Terminals;

/// <summary>Asks before something is removed that was not named, as Docker does.</summary>
internal static class Confirmation
{
    private const int LongestAnswer = 1024;

    /// <summary>Whether somebody can be asked: standard input is a terminal.</summary>
    public static bool HasTerminal
    {
        get
        {
            using var input = StandardStream.OpenInput();
            return TerminalMode.IsTerminal(input.Descriptor);
        }
    }

    /// <summary>Asks, and reads one line from standard input.</summary>
    /// <param name="output">Where the question goes.</param>
    /// <param name="warning">What is about to be removed, one sentence.</param>
    /// <returns>Whether the answer is y or yes; null when there is none, since standard input has ended.</returns>
    public static bool? Ask(TextWriter output, string warning)
    {
        output.Write($"WARNING! {warning}\nAre you sure you want to continue? [y/N] ");
        using var input = StandardStream.OpenInput();
        var line = new List<byte>();
        Span<byte> next = stackalloc byte[1];
        while (line.Count < LongestAnswer)
        {
            if (input.Read(next) == 0)
            {
                if (line.Count == 0)
                {
                    output.WriteLine();
                    return null;
                }

                break;
            }

            if (next[0] == '\n')
            {
                break;
            }

            line.Add(next[0]);
        }

        return Encoding.UTF8.GetString([.. line]).Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
