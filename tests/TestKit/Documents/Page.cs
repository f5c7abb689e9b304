namespace Net.Tests.TestKit.Documents;

/// <summary>A page of the documentation.</summary>
/// <param name="Path">Its path from the root of the repository.</param>
/// <param name="World">The hosts that its commands run on, as lines of YAML below <c>x-netlab</c> of a lab.</param>
/// <param name="Blocks">Its fenced blocks.</param>
public sealed record Page(string Path, IReadOnlyList<string> World, IReadOnlyList<PageBlock> Blocks)
{
    /// <summary>The names of its hosts, the first one first.</summary>
    public IReadOnlyList<string> Hosts { get; } = HostsOf(World);

    // "hosts:" has one name a line, two columns further in.
    private static string[] HostsOf(IReadOnlyList<string> world) =>
    [
        .. world.SkipWhile(line => line != "hosts:").Skip(1).TakeWhile(line => line.StartsWith(' '))
            .Where(line => line.Length > 2 && line[2] != ' ' && line.Contains(':', StringComparison.Ordinal))
            .Select(line => line[2..line.IndexOf(':', StringComparison.Ordinal)]),
    ];
}

/// <summary>A fenced block of a page.</summary>
/// <param name="Line">The number of the line that opens it.</param>
/// <param name="Language">The first word after the fence.</param>
/// <param name="Words">The other words, <c>NAME=VALUE</c> each.</param>
/// <param name="Lines">What is between the fences, without the fence's indentation.</param>
public sealed record PageBlock(int Line, string Language, IReadOnlyDictionary<string, string> Words, IReadOnlyList<string> Lines)
{
    /// <summary>Whether it has commands: <c>sh</c> for lines that are pasted as one, <c>console</c> for a session.</summary>
    public bool HasCommands => Language is "sh" or "console";

    /// <summary>The file that runs its commands; null when they run on the page's hosts.</summary>
    public string? RunBy => Words.GetValueOrDefault("run-by");

    /// <summary>The type of links without which its commands cannot run; null when any kernel will do.</summary>
    public string? Kernel => Words.GetValueOrDefault("kernel");

    /// <summary>Whether its commands run on the page's hosts.</summary>
    public bool IsRun => HasCommands && RunBy is null;
}

/// <summary>A command of a page.</summary>
/// <param name="Line">The number of its line.</param>
/// <param name="Host">The host that it runs on.</param>
/// <param name="Text">The input of the shell.</param>
/// <param name="Shown">The lines that the page shows after it.</param>
public sealed record PageCommand(int Line, string Host, string Text, IReadOnlyList<string> Shown);
