using System.Globalization;

namespace Net.Cli.Formats;

/// <summary>Writes numbers of bytes as Docker's lists do (go-units).</summary>
internal static class SizeText
{
    private static readonly string[] DecimalUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
    private static readonly string[] BinaryUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>In units of 1000, with three digits: <c>1.09kB</c>.</summary>
    public static string Decimal(double bytes) => Text(bytes, 1000, DecimalUnits, "G3");

    /// <summary>In units of 1024, with four digits: <c>5.352MiB</c>.</summary>
    public static string Binary(double bytes) => Text(bytes, 1024, BinaryUnits, "G4");

    private static string Text(double size, double step, string[] units, string format)
    {
        int unit = 0;
        for (; size >= step && unit < units.Length - 1; unit++)
        {
            size /= step;
        }

        // Go writes the exponent of 999.9 with three digits, 1e+03, in small letters.
        return size.ToString(format, CultureInfo.InvariantCulture).Replace("E+", "e+", StringComparison.Ordinal) + units[unit];
    }
}
