using Net.Cnm.Errors;
using Net.Daemon.Usage;
using Net.Linux.Processes;

namespace Net.Tests.Unit.Daemon;

/// <summary>The columns of <c>top</c>.</summary>
public sealed class ProcessColumnsTests
{
    private static readonly DateTimeOffset Boot = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    private static readonly ProcessUsage Process = new()
    {
        Id = 4711,
        Name = "sh",
        State = 'S',
        ParentId = 4710,
        SessionId = 4711,
        Terminal = (136 << 8) | 3,
        UserTicks = 6000,
        SystemTicks = 150,
        StartTicks = 60 * 100,
        Threads = 2,
        ResidentBytes = 2048 * 1024,
        VirtualBytes = 4096 * 1024,
        UserId = 1000,
        Command = ["sh", "-c", "echo\nx"],
    };

    [Theory]
    [InlineData(null, "UID PID PPID C STIME TTY TIME CMD", "somebod+|4711|4710|50|03:01|pts/3|00:01:01|sh -c echo?x")]
    [InlineData("-ef", "UID PID PPID C STIME TTY TIME CMD", "somebod+|4711|4710|50|03:01|pts/3|00:01:01|sh -c echo?x")]
    [InlineData(
        "aux", "USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND",
        "somebod+|4711|50.8|0.2|4096|2048|pts/3|Ssl|03:01|1:01|sh -c echo?x")]
    [InlineData("-e", "PID TTY TIME CMD", "4711|pts/3|00:01:01|sh")]
    [InlineData("-eo pid,comm,nlwp,etime", "PID COMMAND NLWP ELAPSED", "4711|sh|2|02:01")]
    public void Arguments_of_ps_choose_the_columns(string? arguments, string titles, string cells)
    {
        var columns = ProcessColumns.Parse(arguments);
        var host = new HostUsage(0, 1, Boot, 1UL << 30);
        var process = new ProcessCells(
            Process, host, new Dictionary<uint, string> { [1000] = "somebody-else" }, Boot + TimeSpan.FromSeconds(60 + 121));
        Assert.Equal(titles, string.Join(' ', columns.Titles));
        Assert.Equal(cells, string.Join('|', columns.CellsOf(process)));
    }

    [Theory]
    [InlineData("--forest", "ps option \"--forest\" is not known")]
    [InlineData("-o pid,color", "ps column \"color\" is not known")]
    [InlineData("-o comm", "Couldn't find PID field in ps output")]
    public void What_is_not_known_is_refused(string arguments, string message)
    {
        CnmException error = Assert.Throws<CnmException>(() => ProcessColumns.Parse(arguments));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
