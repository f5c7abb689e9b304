namespace Net.Cli.Formats;

/// <summary>Writes what a removal of unused objects has removed, as Docker does.</summary>
internal static class PruneText
{
    /// <summary>The last line, also where nothing was removed. Containers here have no file system of their own that takes space.</summary>
    public const string Total = "Total reclaimed space: 0B";

    /// <summary>Writes what was removed of one kind, and an empty line; nothing for none.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="kind">The kind, in the plural.</param>
    /// <param name="deleted">Names or ids; null for none.</param>
    public static void Write(TextWriter output, string kind, IReadOnlyList<string>? deleted)
    {
        if (deleted is { Count: > 0 })
        {
            output.WriteLine($"Deleted {kind}:");
            foreach (string name in deleted)
            {
                output.WriteLine(name);
            }

            output.WriteLine();
        }
    }
}
