using Net.Labs.Pictures.Parts;

namespace Net.Labs.Pictures.Drawings;

/// <summary>The containers of one network as rows of a text: name, link, addresses, MAC address, and below it what else there is.</summary>
/// <param name="columns">The characters that a line may have.</param>
internal sealed class TextTable(int columns)
{
    private const int LongestName = 28; // of a longer one the row goes on below it
    private const int MacLength = 17;
    private const string Gap = "  ";

    /// <summary>The rows, one tree each.</summary>
    /// <param name="rows">Containers, and their place on this network where they have one.</param>
    /// <param name="notes">What is told of a container below its row.</param>
    public IEnumerable<TextTree> Of(
        IReadOnlyList<(PicturedContainer Container, PicturedEndpoint? Endpoint)> rows,
        Func<PicturedContainer, PicturedEndpoint?, IEnumerable<string>> notes)
    {
        PicturedEndpoint?[] shown = [.. rows.Select(row => PictureWords.Escaped(row.Endpoint))];
        int name = Math.Min(LongestName, Longest(rows.Select(row => PictureWords.Name(row.Container))));
        int link = Longest(shown.Select(endpoint => endpoint?.Interface ?? ""));
        int address = Longest(shown.Select(FirstOf)); // further ones are below
        int longest = Longest(shown.SelectMany(endpoint => endpoint?.Addresses ?? []));
        if (name + link + longest + (2 * Gap.Length) > columns)
        {
            name = 0; // on a line of its own
        }

        bool hasMac = name + link + address + MacLength + (3 * Gap.Length) <= columns;
        foreach ((PicturedContainer container, PicturedEndpoint? endpoint) in rows)
        {
            string mac = endpoint?.MacAddress ?? "";
            IEnumerable<string> further = notes(container, endpoint);
            PicturedEndpoint? escaped = PictureWords.Escaped(endpoint);
            List<string> lines = Cells(PictureWords.Name(container), escaped, name, link, address, hasMac ? mac : "");
            lines.AddRange(TextWrap.Join(hasMac || mac.Length == 0 ? further : [mac, .. further], columns - Gap.Length)
                .Select(line => Gap + line));
            yield return new TextTree(lines);
        }
    }

    private static List<string> Cells(string name, PicturedEndpoint? endpoint, int nameWidth, int linkWidth, int addressWidth, string mac)
    {
        List<string> lines = [];
        if (name.Length > nameWidth)
        {
            lines.Add(name);
            name = "";
        }

        if (endpoint is null)
        {
            return lines.Count > 0 ? lines : [name];
        }

        string indent = new(' ', nameWidth + linkWidth + (2 * Gap.Length));
        string first = name.PadRight(nameWidth) + Gap + endpoint.Interface.PadRight(linkWidth) + Gap;
        lines.Add(first + FirstOf(endpoint).PadRight(addressWidth) + Gap + mac);
        lines.AddRange(endpoint.Addresses.Skip(1).Select(address => indent + address));
        return lines;
    }

    private static string FirstOf(PicturedEndpoint? endpoint) => endpoint is { Addresses: [string first, ..] } ? first : "";

    private static int Longest(IEnumerable<string> texts) => texts.Select(text => text.Length).DefaultIfEmpty().Max();
}
