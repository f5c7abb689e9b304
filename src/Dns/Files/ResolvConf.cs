using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace Net.Dns.Files;

/// <summary>The contents of a resolv.conf. Source: resolv.conf(5).</summary>
public sealed record ResolvConf
{
    private const string NdotsPrefix = "ndots:";

    /// <summary>The contents of an empty file.</summary>
    public static ResolvConf Empty { get; } = new();

    /// <summary>The addresses of the <c>nameserver</c> lines in their order. A line without a valid address is ignored, as libc
    /// does.</summary>
    public ImmutableArray<IPAddress> NameServers { get; init; } = [];

    /// <summary>The search list in its order: of several <c>search</c> and <c>domain</c> lines the last one counts. A list of only "." is
    /// empty.</summary>
    public ImmutableArray<string> Search { get; init; } = [];

    /// <summary>All words of all <c>options</c> lines in their order, such as "ndots:2" or "rotate".</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>Whether the options set ndots.</summary>
    public bool SetsNdots => Options.Any(static option => option.StartsWith(NdotsPrefix, StringComparison.Ordinal));

    /// <summary>Parses a file's text. Every text is valid: unknown lines are ignored, as libc does.</summary>
    public static ResolvConf Parse(string text)
    {
        ImmutableArray<IPAddress>.Builder servers = ImmutableArray.CreateBuilder<IPAddress>();
        ImmutableArray<string>.Builder options = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<string> search = [];
        foreach (string line in text.Split('\n'))
        {
            // A comment sign counts in the first column only. Some editors end lines with CR LF.
            string[] words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || line[0] is '#' or ';')
            {
                continue;
            }

            switch (words[0])
            {
                case "nameserver" when IPAddress.TryParse(words[1], out IPAddress? server):
                    servers.Add(server);
                    break;
                case "search":
                    search = WithoutRoot(words[1..]);
                    break;
                case "domain":
                    search = WithoutRoot(words[1..2]);
                    break;
                case "options":
                    options.AddRange(words[1..]);
                    break;
            }
        }

        return new ResolvConf { NameServers = servers.ToImmutable(), Search = search, Options = options.ToImmutable() };
    }

    /// <summary>The text of a file with these contents: nameserver lines, then search, then options. Empty lines are left out.</summary>
    public string Format()
    {
        var text = new StringBuilder();
        foreach (IPAddress server in NameServers)
        {
            text.Append("nameserver ").Append(server).Append('\n');
        }

        AppendLine(text, "search", Search);
        AppendLine(text, "options", Options);
        return text.ToString();
    }

    /// <summary>Whether both have the same contents in the same order.</summary>
    public bool Equals(ResolvConf? other) => other is not null && NameServers.SequenceEqual(other.NameServers)
        && Search.SequenceEqual(other.Search) && Options.SequenceEqual(other.Options);

    /// <inheritdoc/>
    public override int GetHashCode() => Format().GetHashCode(StringComparison.Ordinal);

    /// <summary>The search list that a user or a file gives: "." alone means an empty list.</summary>
    internal static ImmutableArray<string> WithoutRoot(IEnumerable<string> search)
    {
        ImmutableArray<string> list = [.. search];
        return list is ["."] ? [] : list;
    }

    private static void AppendLine(StringBuilder text, string keyword, ImmutableArray<string> words)
    {
        if (!words.IsEmpty)
        {
            text.Append(keyword).Append(' ').AppendJoin(' ', words).Append('\n');
        }
    }
}
