using System.Globalization;
using System.Text.Json.Nodes;
using Net.Tests.EndToEnd.CrashOnly;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine.CallSequences;

/// <summary>The daemon is killed at system calls of what Docker Engine calls it for. After a start in a new mount namespace the kernel has
/// what it had before the call or what it should have after it, and the Engine, which calls until it is answered, gets what it asks
/// for.</summary>
public sealed class CallWalkTests(ITestOutputHelper output)
{
    private const string TakesAddress = "IpamDriver.RequestAddress";
    private const string Unchanged = "the kernel is as it was; a call that was not answered is answered when it is repeated";

    private static readonly string[] DaemonArguments = [.. KernelPicture.DaemonArguments("nftables"), TestHost.MendsNothing];

    /// <summary>The first call of each method in the two shortest sequences: a container's, and that of networks with addresses of
    /// netctl. That for an address is for a container's: a gateway's may be asked for again.</summary>
    private static readonly IReadOnlyDictionary<string, (RecordedSequence Sequence, int Number)> All = RecordedSequence.All.Take(2)
        .SelectMany(sequence => Calls(sequence).Select((call, number) => (call.Method, Place: (sequence, number))))
        .Where(call => !IsForGateway(call.Place.sequence, call.Place.number))
        .DistinctBy(call => call.Method)
        .ToDictionary(call => call.Method, call => call.Place, StringComparer.Ordinal);

    public static TheoryData<string> Methods => [.. All.Keys];

    [KernelTheory]
    [MemberData(nameof(Methods))]
    public async Task Killed_anywhere_a_call_is_there_whole_or_not_at_all_and_is_answered_when_it_is_repeated(string method)
    {
        (RecordedSequence sequence, int number) = All[method];
        RecordedCall[] before = Calls(sequence)[..number];
        RecordedCall[] after = Calls(sequence)[..(number + 1)];
        using TestHost host = TestHost.Create();
        host.StartDaemon(DaemonArguments);
        using var engine = new SocketCalls(host);

        // What the first network changes for good is there before.
        foreach (RecordedCall call in (RecordedCall[])[.. sequence.Calls, .. sequence.Ends])
        {
            await engine.AskAsync(call);
        }

        var replay = new Replay(host, engine, sequence);
        await replay.BeginAsync();
        await replay.PlayAsync("before the call", before, isInOrder: true);
        IReadOnlyList<CallPoint> all = [];
        await replay.PlayAsync("the call", after, isInOrder: true, lastly: async call =>
        {
            using CallTracer tracer = CallTracer.Attach(host, CallTracer.Changing);
            string refusal = await engine.AskAsync(call);
            all = tracer.End();
            return refusal;
        });
        int tried = 0;
        int killed = 0;
        foreach (CallPoint point in Walk.Choose(all, () => killed > 0, usual: 4))
        {
            tried++;
            await replay.PlayAsync($"killed at {point}", after, isInOrder: true, lastly: async call =>
            {
                bool isAnswered = await KillAsync(host, engine, call, point);
                killed += Walk.IsAlive(host) ? 0 : 1;
                host.KillDaemon();
                host.StartDaemon(DaemonArguments);
                host.DoctorIsContent();
                string half = replay.DifferenceAfter(after);
                Assert.True(
                    half.Length == 0 || (!isAnswered && replay.DifferenceAfter(before).Length == 0),
                    $"{call}, killed at {point} ({(isAnswered ? "answered" : "not answered")})\n{half}\n{host.DaemonLog}");
                string refusal = await engine.AskAsync(call);
                bool isTaken = method == TakesAddress && refusal.Contains("is already in use", StringComparison.Ordinal);
                Assert.True(
                    isAnswered ? isTaken || method != TakesAddress : isTaken || refusal.Length == 0,
                    $"{call}, killed at {point} ({(isAnswered ? "answered" : "not answered")}), and asked again: {refusal}");
                return isAnswered ? "" : refusal;
            });
        }

        Assert.True(replay.Wrong.Count == 0, $"{string.Join('\n', replay.Wrong)}\n{host.DaemonLog}");
        Assert.True(killed > 0, $"at none of {tried} points the daemon was killed");
        ReliabilityPage.Tell("Killed in the middle", $"`{method}` of an Engine", OutcomeOf(method));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{method}: {all.Count} points, {tried} tried, killed at {killed}"));
    }

    private static bool IsForGateway(RecordedSequence sequence, int number) =>
        Calls(sequence)[number].Request?["Options"] is JsonObject options && options.ContainsKey("RequestAddressType");

    private static string OutcomeOf(string method) => method switch
    {
        TakesAddress => "the kernel is as it was; a call that was not answered is answered when it is repeated, or its address is "
            + "free 30 s after the start",
        "NetworkDriver.Join" or "NetworkDriver.Leave" => Unchanged,
        _ when !method.StartsWith("NetworkDriver.", StringComparison.Ordinal) => Unchanged,
        _ => "answered: there whole; not answered: there whole or not at all, and answered when it is repeated",
    };

    private static RecordedCall[] Calls(RecordedSequence sequence) => [.. sequence.Calls.Where(call => call.HasEffect)];

    // Whether the call was answered.
    private static async Task<bool> KillAsync(TestHost host, SocketCalls engine, RecordedCall call, CallPoint point)
    {
        using CallTracer tracer = CallTracer.Attach(host, point, CallTracer.Kill);
        try
        {
            await engine.AskAsync(call);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return false;
        }
        finally
        {
            tracer.End();
        }
    }
}
