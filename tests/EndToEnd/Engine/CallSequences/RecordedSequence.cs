using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.Engine.CallSequences;

/// <summary>Calls that Docker Engine has made one after the other.</summary>
/// <param name="Name">What happened.</param>
/// <param name="Before">The calls that made what was there before.</param>
/// <param name="Calls">The calls.</param>
internal sealed partial record RecordedSequence(string Name, IReadOnlyList<RecordedCall> Before, IReadOnlyList<RecordedCall> Calls)
{
    private const int IdLength = 64;

    private const string Place = "Engine/CallSequences/recorded-20.10.txt";

    /// <summary>All that were recorded.</summary>
    public static IReadOnlyList<RecordedSequence> All { get; } =
        [.. File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Place)).Split("\n== ")[1..].Select(Read)];

    /// <summary>The calls that undo all that the sequence may have made, and nothing of what was there before.</summary>
    public IReadOnlyList<RecordedCall> Ends { get; } =
    [
        .. Of(Calls, Before, "EndpointID", "NetworkDriver.CreateEndpoint").Select(call => End("NetworkDriver.DeleteEndpoint", call)),
        .. Of(Calls, Before, "NetworkID", "NetworkDriver.CreateNetwork").Select(call => End("NetworkDriver.DeleteNetwork", call)),
        .. Of(Calls, Before, "Address", "IpamDriver.RequestAddress").Select(call => End("IpamDriver.ReleaseAddress", call)),

        // A subnet is to be released as often as it was reserved: each call may have come twice.
        .. Enumerable.Repeat(
            Of(Calls, Before, "Pool", "IpamDriver.RequestPool")
                .Select(call => new RecordedCall("IpamDriver.ReleasePool", new JsonObject { ["PoolID"] = call.Text("Pool") })),
            2 * Calls.Count(IsReservation)).SelectMany(calls => calls),
    ];

    /// <summary>The calls that undo what was there before.</summary>
    public IReadOnlyList<RecordedCall> EndsOfBefore => new RecordedSequence("", [], Before).Ends;

    /// <summary>Whether a call reserves a subnet, perhaps once more.</summary>
    public static bool IsReservation(RecordedCall call) => call.Method == "IpamDriver.RequestPool";

    // The calls of a method whose object was not there before, one for each object.
    private static IEnumerable<RecordedCall> Of(
        IReadOnlyList<RecordedCall> calls, IReadOnlyList<RecordedCall> before, string field, string method) =>
        calls.Where(call => call.Method == method).DistinctBy(call => call.Text(field))
            .Where(call => !before.Any(other => other.Method == method && other.Text(field) == call.Text(field)));

    private static RecordedCall End(string method, RecordedCall call) => new(method, call.Request);

    private static RecordedSequence Read(string text)
    {
        string[] parts = text.Split("\n-- calls\n");
        string[] lines = parts[0].Split('\n');
        return new RecordedSequence(
            lines[0],
            [.. lines.SkipWhile(line => line != "-- before").Skip(1).Select(Call)],
            [.. parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Call)]);
    }

    private static RecordedCall Call(string line)
    {
        string[] words = line.Split(' ', 2);
        return words.Length == 1
            ? new RecordedCall(line, Request: null)
            : new RecordedCall(words[0], JsonNode.Parse(ShortId().Replace(words[1], Whole))!.AsObject());

        static string Whole(Match id) => id.Groups[1].Value.PadRight(IdLength, '0');
    }

    [GeneratedRegex("([0-9a-f]{6})~")]
    private static partial Regex ShortId();
}
