using System.Text;

namespace Net.Cli.Daemons;

/// <summary>The licenses of netctl and of the packages that are compiled into it. They are in the program itself.</summary>
internal static class Licenses
{
    private static readonly string[] Resources = ["copyright", "Apache-2.0.txt"];

    /// <summary>Which package is under which license, and the texts of the licenses.</summary>
    public static string Text()
    {
        var text = new StringBuilder();
        foreach (string name in Resources)
        {
            using Stream resource = typeof(Licenses).Assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(resource);
            text.Append(text.Length > 0 ? "\n" : "").Append(reader.ReadToEnd());
        }

        return text.ToString();
    }
}
