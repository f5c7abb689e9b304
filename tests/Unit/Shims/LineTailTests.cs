using Net.Cnm.Processes;
using Net.Shims.Logs;

namespace Net.Tests.Unit.Shims;

public sealed class LineTailTests
{
    [Theory]
    [InlineData(null, "a b c d")]
    [InlineData(0, "d")]
    [InlineData(1, "c d")]
    [InlineData(3, "a b c d")]
    [InlineData(9, "a b c d")]
    public void The_last_lines_up_to_the_present_end_pass_and_all_that_follow(int? count, string expected)
    {
        var tail = new LineTail(count);
        var passed = new List<LogLine>(new[] { Line('a'), Line('b'), Line('c') }.Where(tail.Passes));

        passed.AddRange(tail.Open());
        passed.AddRange(new[] { Line('d') }.Where(tail.Passes));
        passed.AddRange(tail.Open());

        Assert.Equal(expected, string.Join(' ', passed.Select(line => (char)line.Bytes.Span[0])));
    }

    [Theory]
    [InlineData(null, null, "0 1 2 3")]
    [InlineData(1, null, "1 2 3")]
    [InlineData(null, 2, "0 1 2")]
    [InlineData(1, 2, "1 2")]
    [InlineData(3, 1, "")]
    public void A_time_includes_its_two_ends(int? since, int? until, string expected)
    {
        var query = new LogQuery { Since = At(since), Until = At(until) };

        IEnumerable<int> included =
            Enumerable.Range(0, 4).Where(n => query.Includes(new LogLine(At(n)!.Value, StreamKind.StandardOutput, default)));
        Assert.Equal(expected, string.Join(' ', included));
    }

    private static DateTimeOffset? At(int? second) => second is { } number ? DateTimeOffset.UnixEpoch.AddSeconds(number) : null;

    private static LogLine Line(char letter) =>
        new(DateTimeOffset.UnixEpoch, StreamKind.StandardOutput, new[] { (byte)letter });
}
