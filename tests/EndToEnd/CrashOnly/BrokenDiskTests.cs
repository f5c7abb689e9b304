using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>The disk does not take what an operation has written: fsync(2) fails, at each point where the daemon calls it. The operation
/// says so in one sentence and is not there, or it is there whole; containers go on, and the next operation works.</summary>
public sealed class BrokenDiskTests(ITestOutputHelper output)
{
    private static readonly string[] Ends = ["restart", "rm", "rm, with a restart policy", "reset"];

    // A mending stores nothing, and neither does a further command in a container.
    public static TheoryData<string> Operations => [.. Walked.All.Keys.Where(name => name is not ("doctor --fix" or "exec"))];

    [KernelTheory]
    [MemberData(nameof(Operations))]
    public void What_the_disk_does_not_take_is_said_and_not_half_there(string operation)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon(Walk.Flags);
        var walk = new Walk(host, Walked.All[operation]);
        walk.Learn();
        IReadOnlyList<CallPoint> all = walk.FindPoints(CallTracer.Syncing);
        int tried = 0;
        int refused = 0;
        foreach (CallPoint point in Walk.Choose(all, () => refused > 0))
        {
            tried++;
            refused += Fail(host, walk, $"{operation}, {point} fails", point) ? 1 : 0;
        }

        Assert.True(refused > 0, $"at none of {tried} points an error was told");
        ReliabilityPage.Tell(
            "The disk fails",
            $"`{operation}`, and fsync fails",
            "done, or one sentence says why; then it is there whole or not at all, and works when asked again");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{operation}: {all.Count} points, {tried} tried, refused at {refused}"));
    }

    // Whether the operation was refused.
    private static bool Fail(TestHost host, Walk walk, string where, CallPoint point)
    {
        walk.Set();
        Output answer;
        using (CallTracer tracer = CallTracer.Attach(host, point, CallTracer.BreakDisk))
        {
            answer = walk.Do();
            tracer.End();
        }

        // What is refused is there whole or not at all, and works when it is asked for again. Of an operation that ends a command, the end
        // may have come before the refusal.
        string told = walk.Tell();
        if (answer.ExitCode != 0 && told != walk.After)
        {
            Assert.True(walk.Allowed.Contains(told) || Ends.Contains(walk.Name), $"{where}: {answer}\n{told}\n{host.DaemonLog}");
            Output again = walk.DoAgain(answer);
            Assert.True(again.ExitCode == 0, $"{where}: {answer}\n{told}\nagain: {again}\n{host.DaemonLog}");
            told = walk.Tell();
        }

        Assert.True(told == walk.After, $"{where}: {answer}\n{told}\n{host.DaemonLog}");
        string said = answer.StandardError;
        bool isSentence = said.Contains(host.Root, StringComparison.Ordinal) && said.Count(c => c == '\n') == 1;
        Assert.True(answer.ExitCode == 0 || isSentence, $"{where}: {answer}");
        Output doctor = host.Netctl("doctor");
        Assert.True(doctor.ExitCode == 0, $"{where}: {doctor}\n{host.DaemonLog}");
        Assert.DoesNotContain("nobody expected", host.DaemonLog, StringComparison.Ordinal);
        walk.Clear();
        Assert.True(host.Shims() == 0, $"{where}: a shim is left");
        return answer.ExitCode != 0;
    }
}
