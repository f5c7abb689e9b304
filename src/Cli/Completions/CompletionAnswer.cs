using System.CommandLine;
using System.CommandLine.Completions;
using Net.Api.Clients;
using Net.Cli.CommandLines;

namespace Net.Cli.Completions;

/// <summary>The words that the last word of a command line may become: what the shells' scripts ask for with <c>netctl '[suggest]'
/// WORD...</c>, after System.CommandLine's directive of that name.</summary>
internal static class CompletionAnswer
{
    /// <summary>The first argument that asks for it; all that follow are the words of the line after the program's name.</summary>
    public const string Directive = "[suggest]";

    /// <summary>The line of an answer that says that the word is the name of a file or program, which the shell knows best.</summary>
    public const string Files = ":files";

    /// <summary>How long the daemon may take to answer. Who presses Tab does not wait for longer.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(2);

    /// <summary>Writes a line for each word: the word, and after a tab its description where it has one.</summary>
    /// <param name="tree">The commands.</param>
    /// <param name="words">The words after the program's name, the last being the one to complete.</param>
    /// <param name="output">Where to.</param>
    public static async Task WriteAsync(CommandTree tree, IReadOnlyList<string> words, TextWriter output)
    {
        var place = CompletionPlace.Of(tree, words);
        foreach (string line in await LinesAsync(place))
        {
            output.WriteLine(line);
        }
    }

    private static async Task<IEnumerable<string>> LinesAsync(CompletionPlace place)
    {
        if (place.IsNothing)
        {
            return [];
        }

        if (place.ValueOf is { } symbol)
        {
            await AddSourceAsync(symbol, place);
        }

        IEnumerable<CompletionItem> items = (place.ValueOf ?? place.Command).GetCompletions(CompletionContext.Empty);
        if (place.ValueOf is null)
        {
            items = items.Where(item => item.Label.StartsWith('-') == place.IsOptionName);
            items = place.IsOptionName ? items.Append(new CompletionItem("--help", detail: "Show this help")) : items;
        }

        return items.Where(item => item.Label == Files || item.Label.StartsWith(place.Typed, StringComparison.Ordinal))
            .DistinctBy(item => item.Label)
            .OrderBy(item => item.Label, StringComparer.Ordinal)
            .Select(item => item.Label == Files ? Files : $"{place.Lead}{item.Label}{Description(item)}");
    }

    private static string Description(CompletionItem item) => item.Detail is { Length: > 0 } text ? $"\t{text.Split('\n')[0]}" : "";

    private static async Task AddSourceAsync(Symbol symbol, CompletionPlace place)
    {
        using var limit = new CancellationTokenSource(TimeLimit);
        using var client = new ApiClient(AddressOf(place.Host));
        IReadOnlyList<string> names = await new CompletionValues(client, limit.Token).OfAsync(symbol, place.Command, place.Typed);
        (symbol is Option option ? option.CompletionSources : ((Argument)symbol).CompletionSources).Add([.. names]);
    }

    private static DaemonAddress AddressOf(string? given) =>
        (given ?? Environment.GetEnvironmentVariable("NETCTL_HOST")) is { Length: > 0 } text
            ? DaemonAddress.Parse(text) : DaemonAddress.Default;
}
