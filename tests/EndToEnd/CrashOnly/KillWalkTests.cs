using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>The daemon is killed at system calls of an operation that change something. After a start in a new mount namespace an
/// operation that was answered is there whole, any other whole or not at all; the doctor is content, and when all is removed nothing is
/// left.</summary>
/// <remarks>The points are found by running the operation once. <c>NETCTL_KILL_POINTS</c> says how many of them are tried, 8 without it,
/// others on each day; <c>NETCTL_KILL_OPERATION</c> names the only operation that is walked through.</remarks>
public sealed class KillWalkTests(ITestOutputHelper output)
{
    public static TheoryData<string> Operations =>
        Environment.GetEnvironmentVariable("NETCTL_KILL_OPERATION") is { } only ? [only] : [.. Walked.All.Keys];

    [KernelTheory]
    [MemberData(nameof(Operations))]
    public void Killed_anywhere_it_is_there_whole_or_not_at_all(string operation)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon(Walk.Flags);
        var walk = new Walk(host, Walked.All[operation]);
        walk.Learn();
        string empty = walk.StateAfterReset();
        IReadOnlyList<CallPoint> all = walk.FindPoints(CallTracer.Changing);
        int tried = 0;
        int killed = 0;
        foreach (CallPoint point in Walk.Choose(all, () => killed > 0))
        {
            tried++;
            killed += walk.Kill($"{operation}, killed at {point}", point) ? 1 : 0;
        }

        Assert.True(killed > 0, $"at none of {tried} points the daemon was killed");
        Assert.Equal(empty, walk.StateAfterReset());
        ReliabilityPage.Tell(
            "Killed in the middle",
            $"`{operation}`",
            "answered: there whole; not answered: there whole or not at all; nothing is left when all is removed");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{operation}: {all.Count} points, {tried} tried, killed at {killed}"));
    }
}
