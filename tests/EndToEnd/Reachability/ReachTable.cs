using System.Net;

namespace Net.Tests.EndToEnd.Reachability;

/// <summary>Who can reach whom, as a text that people read too.</summary>
/// <remarks>
/// The first line names the places that try. Each other line has a protocol, an address and port, who answers there, and a word a place:
/// <c>own</c> reached, and the client's own address was seen; <c>nat</c> reached, and another was; <c>no</c> not reached; <c>.</c> not
/// tried. What follows a <c>#</c> is a remark.
/// </remarks>
internal sealed class ReachTable
{
    private readonly List<(string From, string Protocol, IPEndPoint Target, string Server, string Expected)> _cells = [];

    private ReachTable()
    {
    }

    /// <summary>How many cells are tried.</summary>
    public int Count => _cells.Count;

    /// <summary>Reads the text.</summary>
    public static ReachTable Parse(string text)
    {
        var table = new ReachTable();
        string[][] lines =
        [
            .. text.Split('\n')
            .Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 0),
        ];
        string[] places = lines[0];
        foreach (string[] words in lines.Skip(1))
        {
            Assert.True(words.Length == places.Length + 3, $"a line of the table has {words.Length} words: {string.Join(' ', words)}");
            for (int i = 0; i < places.Length; i++)
            {
                if (words[i + 3] != ".")
                {
                    table._cells.Add((places[i], words[0], IPEndPoint.Parse(words[1]), words[2], words[i + 3]));
                }
            }
        }

        return table;
    }

    /// <summary>Tries every cell, and gives a line for each that is not as the table says.</summary>
    public IReadOnlyList<string> Check(Town town)
    {
        IReadOnlyList<string?> answers =
            Probe.RunAll([.. _cells.Select(cell => new Probe(town.PlaceOf(cell.From), cell.Protocol, cell.Target))]);
        return
        [
            .. _cells.Zip(answers)
                .Select(pair => (Cell: pair.First, Seen: Word(town, pair.First.From, pair.First.Server, pair.Second), Answer: pair.Second))
                .Where(pair => pair.Seen != pair.Cell.Expected)
                .Select(pair =>
                    $"{pair.Cell.From} to {pair.Cell.Protocol} {pair.Cell.Target}: expected {pair.Cell.Expected}, got {pair.Seen} " +
                    $"({pair.Answer ?? "no answer"})"),
        ];
    }

    private static string Word(Town town, string from, string server, string? answer)
    {
        if (answer is null)
        {
            return "no";
        }

        string[] words = answer.Split(' ');
        return words[0] != server ? $"answered by {words[0]}" : town.AddressesOf(from).Contains(words[1]) ? "own" : "nat";
    }
}
