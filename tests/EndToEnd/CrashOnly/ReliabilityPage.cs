namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>docs/reliability.md: a table of the faults that tests try, and what came of each. A test whose fault has come to its end
/// demands its row; with <c>UPDATE_GOLDEN=1</c> it writes the row.</summary>
internal static class ReliabilityPage
{
    private const string Head = "| fault | what came of it |";

    private static readonly Lock Gate = new();

    private static string Path { get; } = System.IO.Path.Combine(TestHost.RepositoryRoot(), "docs", "reliability.md");

    /// <summary>Says what came of a fault.</summary>
    /// <param name="section">The heading of its table.</param>
    /// <param name="fault">The fault, the same in each run.</param>
    /// <param name="outcome">What the test has seen.</param>
    public static void Tell(string section, string fault, string outcome)
    {
        string row = $"| {fault.Replace("|", "\\|", StringComparison.Ordinal)} | {outcome} |";
        lock (Gate)
        {
            List<string> lines = [.. File.ReadAllLines(Path)];
            int table = lines.IndexOf(Head, lines.IndexOf($"## {section}"));
            int end = lines.FindIndex(table, line => line.Length == 0);
            end = end < 0 ? lines.Count : end;
            if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") != "1")
            {
                Assert.True(
                    lines.GetRange(table, end - table).Contains(row),
                    $"docs/reliability.md does not have this row below \"{section}\"; UPDATE_GOLDEN=1 writes it: {row}");
                return;
            }

            int first = table + 2;
            lines.RemoveAll(line => line.StartsWith(row.Split(" | ")[0] + " | ", StringComparison.Ordinal));
            end = lines.FindIndex(first, line => line.Length == 0) is var blank and >= 0 ? blank : lines.Count;
            lines.Insert(end, row);
            lines.Sort(first, end + 1 - first, StringComparer.Ordinal);
            File.WriteAllLines(Path, lines);
        }
    }
}
