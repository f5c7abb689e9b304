using System.Globalization;
using Net.Linux.Terminals;

namespace Net.Cli.CommandLines;

/// <summary>Finds the number of columns that help is wrapped at.</summary>
internal static class HelpWidth
{
    private const int Default = 80;

    /// <summary>The columns of the terminal that is standard output; else the value of COLUMNS; else 80, as Docker's client.</summary>
    public static int Of()
    {
        using var output = StandardStream.OpenOutput();
        return TerminalMode.SizeOf(output.Descriptor) is { Columns: > 0 } size ? size.Columns
            : int.TryParse(
                Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
                && columns > 0 ? columns
            : Default;
    }
}
