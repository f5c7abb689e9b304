using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Net.Daemon.Journals;

namespace Net.Tests.Unit.Daemon.Journals;

/// <summary>What journald gets, as its native protocol has it.</summary>
public sealed class JournalLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netctl-journal-").FullName;
    private readonly Socket _journald = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly JournalLogs _logs;

    public JournalLogTests()
    {
        string path = Path.Combine(_folder, "socket");
        _journald.Bind(new UnixDomainSocketEndPoint(path));
        _journald.ReceiveTimeout = 10_000;
        _logs = new JournalLogs(new JournalSocket(path));
    }

    [Theory]
    [InlineData(LogLevel.Debug, "7")]
    [InlineData(LogLevel.Information, "6")]
    [InlineData(LogLevel.Warning, "4")]
    [InlineData(LogLevel.Error, "3")]
    public void A_message_has_its_level_and_what_it_is_about_as_fields(LogLevel level, string priority)
    {
        ILogger log = _logs.CreateLogger("netctl");

        KeyValuePair<string, object?>[] about = [new("Networks", 3), new("Why", "a\nb"), new("{OriginalFormat}", "found {Networks}")];
        log.Log(level, new EventId(1, "LogFound"), about, null, static (_, _) => "found 3 \u001b[2J");

        Assert.Equal(
            $"MESSAGE=found 3 \\x1b[2J\nPRIORITY={priority}\nSYSLOG_IDENTIFIER=netctl\nNETCTL_CATEGORY=netctl\nNETCTL_EVENT=LogFound\n"
                + "NETCTL_NETWORKS=3\nNETCTL_WHY\n\u0003\0\0\0\0\0\0\0a\nb\n",
            Received());
    }

    [Fact]
    public void An_exception_is_in_the_message_by_its_text_and_whole_in_a_field()
    {
        _logs.CreateLogger("netctl").Log(
            LogLevel.Error, new EventId(0), "it failed", new InvalidOperationException("why"), static (state, _) => state);

        string received = Received();
        Assert.StartsWith("MESSAGE=it failed: why\n", received, StringComparison.Ordinal);
        Assert.Contains("NETCTL_ERROR=System.InvalidOperationException: why\n", received, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_that_is_not_there_or_takes_no_entry_of_this_size_is_told_to_the_caller()
    {
        using var nobody = new JournalSocket(Path.Combine(_folder, "nobody"));
        using var journal = new JournalSocket(Path.Combine(_folder, "socket"));

        Assert.False(nobody.Send(new JournalEntry().Add("MESSAGE", "x")));
        Assert.False(journal.Send(new JournalEntry().Add("MESSAGE", new string('x', 100_000_000))));
        Assert.True(journal.Send(new JournalEntry().Add("MESSAGE", "x")));
    }

    public void Dispose()
    {
        _logs.Dispose();
        _journald.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Received()
    {
        byte[] buffer = new byte[1 << 16];
        return Encoding.UTF8.GetString(buffer, 0, _journald.Receive(buffer));
    }
}
